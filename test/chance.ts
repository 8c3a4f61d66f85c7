/** Chance that repeats itself: the same seed draws the same things. */
export type Chance = {
  /** 0 to below `end`. */
  below(end: number): number
  oneIn(count: number): boolean
  pick<T>(from: readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  // mulberry32: 32 bits of state, even enough for drawing lots.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    oneIn: (count) => below(count) === 0,
    pick: <T>(from: readonly T[]) => {
      if (from.length === 0) throw new Error('There is nothing to pick from')
      return from[below(from.length)] as T
    },
  }
}

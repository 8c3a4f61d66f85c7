/**
 * What every figure has to be, written from DOMAIN.md's Arithmetic alone: fractions, recursion, no line shared with the
 * product. It reads a small world of plain texts and knows nothing of rows, marks or levels.
 */
export type Fraction = readonly [numerator: bigint, denominator: bigint]

export type Said = { measuredOn: string; value?: string; steps?: string[]; done?: boolean; takenBack?: boolean }
type Step = { id: string; weight: string }
export type Measured =
  | { kind: 'increase' | 'decrease'; start: string | null; target: string | null }
  | { kind: 'milestone'; steps: Step[] }
type State = 'draft' | 'published' | 'postponed' | 'closed' | 'cancelled' | 'discarded'

/** `said` in the order of recording, each with its correction already in its place. `frozen`: as it stood then. */
export type Known = {
  objective: string
  state: State
  weight: string
  measure: Measured | null
  said: Said[]
  frozen: Figures | null
}
export type Link = {
  from: string
  to: string
  rollUp: 'sum' | 'average' | 'shown'
  share: string | null
  weight: string
}
export type Purpose = { state: State; frozen: { progress: Fraction | null } | null }
/** Everything published conforms here; `links` are the accepted ones. */
export type World = { keyResults: Map<string, Known>; objectives: Map<string, Purpose>; links: Link[] }

/** `whole` is progress before it is rounded: what a share is multiplied with. */
export type Figures = { current: Fraction | null; whole: Fraction | null; progress: Fraction | null }

const NOTHING: Figures = { current: null, whole: null, progress: null }
const ZERO: Fraction = [0n, 1n]
const UNIT: Fraction = [1n, 1n]

export function figuresOf(world: World, id: string): Figures {
  const { state, measure, said, frozen } = world.keyResults.get(id) as Known
  if (state === 'postponed' || state === 'closed' || state === 'cancelled') return frozen as Figures
  if (measure === null) return NOTHING
  if (measure.kind === 'milestone') return standing(null, milestone(measure.steps, inOrder(said)))
  const value = inOrder(said).findLast((one) => one.value !== undefined)?.value
  if (measure.start === null) return { ...NOTHING, current: value === undefined ? null : fraction(value) }
  const start = fraction(measure.start)
  const into = world.links.filter((link) => link.to === id && link.rollUp !== 'shown')
  const target = measure.target === null ? null : fraction(measure.target)
  const current = into.some((link) => link.rollUp === 'average')
    ? plus(start, target === null ? ZERO : rounded(times(minus(target, start), average(world, into) ?? ZERO), 6))
    : into.reduce((total, link) => plus(total, added(world, link)), value === undefined ? start : fraction(value))
  return target === null
    ? { ...NOTHING, current }
    : standing(current, over(minus(current, start), minus(target, start)))
}

/** What an accepted summing link adds to its parent, in the parent's unit. */
export function added(world: World, { from, to, share }: Link): Fraction {
  const child = world.keyResults.get(from) as Known
  const { current, whole } = figuresOf(world, from)
  if (whole === null || child.state === 'draft' || child.state === 'discarded') return ZERO
  const sign = (world.keyResults.get(to) as Known).measure?.kind === 'decrease' ? -1n : 1n
  if (share !== null) return times([sign, 1n], rounded(times(fraction(share), whole), 6))
  const measure = child.measure as { start?: string }
  return current === null || measure.start === undefined ? ZERO : minus(current, fraction(measure.start))
}

export function progressOf(world: World, objective: string): Fraction | null {
  const { state, frozen } = world.objectives.get(objective) as Purpose
  if (state === 'postponed' || state === 'closed' || state === 'cancelled') return frozen?.progress ?? null
  const own = [...world.keyResults.entries()].filter(([, known]) => known.objective === objective)
  const standing = new Set(
    own
      .filter(
        ([id, { state }]) => (state === 'published' || state === 'closed') && figuresOf(world, id).progress !== null,
      )
      .map(([id]) => id),
  )
  const through = (id: string) =>
    world.links.some((link) => link.from === id && link.rollUp !== 'shown' && standing.has(link.to))
  const mean = weightedMean(
    own
      .filter(([id]) => standing.has(id) && !through(id))
      .map(([id, { weight }]) => [fraction(weight), clamped(figuresOf(world, id).progress as Fraction)]),
  )
  return mean && rounded(mean, 12)
}

/** The shortest decimal text of a fraction that has one. */
export function text([n, d]: Fraction): string {
  const [whole = '', places = ''] =
    (((n < 0n ? -n : n) * 10n ** 12n) / d)
      .toString()
      .padStart(13, '0')
      .match(/^(\d+)(\d{12})$/)
      ?.slice(1) ?? []
  return `${n < 0n ? '-' : ''}${whole}${places.replace(/0+$/, '') && `.${places.replace(/0+$/, '')}`}`
}

export function fraction(text: string): Fraction {
  const [whole = '', places = ''] = text.split('.')
  return [BigInt(whole + places), 10n ** BigInt(places.length)]
}

/** By the day measured, then by the time recorded; what was taken back was never made. */
function inOrder(said: Said[]): Said[] {
  return said
    .filter((one) => !one.takenBack)
    .toSorted((a, b) => (a.measuredOn < b.measuredOn ? -1 : a.measuredOn > b.measuredOn ? 1 : 0))
}

function milestone(steps: Step[], said: Said[]): Fraction {
  if (said.findLast((one) => one.done !== undefined || one.steps !== undefined)?.done) return UNIT
  const done = said.findLast((one) => one.steps !== undefined)?.steps ?? []
  const mean = weightedMean(steps.map(({ id, weight }) => [fraction(weight), done.includes(id) ? UNIT : ZERO])) ?? ZERO
  return less([99n, 100n], mean) ? [99n, 100n] : mean
}

function average(world: World, into: Link[]): Fraction | null {
  const counted = into.filter(
    ({ from }) => !['draft', 'discarded', 'cancelled'].includes((world.keyResults.get(from) as Known).state),
  )
  const known = counted.flatMap(({ from, weight }): [Fraction, Fraction][] => {
    const { progress } = figuresOf(world, from)
    return progress === null ? [] : [[fraction(weight), clamped(progress)]]
  })
  return weightedMean(known)
}

/** Pairs of weight and value; all weights zero means that each counts the same. */
function weightedMean(pairs: [Fraction, Fraction][]): Fraction | null {
  if (pairs.length === 0) return null
  const plain = pairs.every(([weight]) => weight[0] === 0n)
  const weighed = pairs.map(([weight, value]): [Fraction, Fraction] => [plain ? UNIT : weight, value])
  return over(
    weighed.reduce((sum, [weight, value]) => plus(sum, times(weight, value)), ZERO),
    weighed.reduce((sum, [weight]) => plus(sum, weight), ZERO),
  )
}

const standing = (current: Fraction | null, whole: Fraction): Figures => ({
  current,
  whole,
  progress: rounded(whole, 12),
})
const plus = ([a, b]: Fraction, [c, d]: Fraction) => reduced(a * d + c * b, b * d)
const minus = (a: Fraction, [c, d]: Fraction) => plus(a, [-c, d])
const times = ([a, b]: Fraction, [c, d]: Fraction) => reduced(a * c, b * d)
const over = (a: Fraction, [c, d]: Fraction) => times(a, c < 0n ? [-d, -c] : [d, c])
const less = ([a, b]: Fraction, [c, d]: Fraction) => a * d < c * b
const clamped = (value: Fraction) => (less(value, ZERO) ? ZERO : less(UNIT, value) ? UNIT : value)

function reduced(n: bigint, d: bigint): Fraction {
  let [a, b] = [n < 0n ? -n : n, d]
  while (b > 0n) [a, b] = [b, a % b]
  return a === 0n ? ZERO : [n / a, d / a]
}

/** To so many places; exactly between two, the even one. */
function rounded([n, d]: Fraction, places: number): Fraction {
  const scale = 10n ** BigInt(places)
  const scaled = n * scale
  const floor = scaled >= 0n ? scaled / d : -((-scaled + d - 1n) / d)
  const rest = 2n * (scaled - floor * d)
  return reduced(rest > d || (rest === d && floor % 2n !== 0n) ? floor + 1n : floor, scale)
}

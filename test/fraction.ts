/** Exact fractions, for the oracle: nothing of it is the product's. */
export type Fraction = readonly [numerator: bigint, denominator: bigint]

export const ZERO: Fraction = [0n, 1n]
export const UNIT: Fraction = [1n, 1n]

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

export const plus = ([a, b]: Fraction, [c, d]: Fraction) => reduced(a * d + c * b, b * d)
export const minus = (a: Fraction, [c, d]: Fraction) => plus(a, [-c, d])
export const times = ([a, b]: Fraction, [c, d]: Fraction) => reduced(a * c, b * d)
export const over = (a: Fraction, [c, d]: Fraction) => times(a, c < 0n ? [-d, -c] : [d, c])
export const less = ([a, b]: Fraction, [c, d]: Fraction) => a * d < c * b
export const clamped = (value: Fraction) => (less(value, ZERO) ? ZERO : less(UNIT, value) ? UNIT : value)

function reduced(n: bigint, d: bigint): Fraction {
  let [a, b] = [n < 0n ? -n : n, d]
  while (b > 0n) [a, b] = [b, a % b]
  return a === 0n ? ZERO : [n / a, d / a]
}

/** To so many places; exactly between two, the even one. */
export function rounded([n, d]: Fraction, places: number): Fraction {
  const scale = 10n ** BigInt(places)
  const scaled = n * scale
  const floor = scaled >= 0n ? scaled / d : -((-scaled + d - 1n) / d)
  const rest = 2n * (scaled - floor * d)
  return reduced(rest > d || (rest === d && floor % 2n !== 0n) ? floor + 1n : floor, scale)
}

/** What is not said is not known. */
export function maybe(text: string | null | undefined): Fraction | null {
  return text === null || text === undefined ? null : fraction(text)
}

/** Pairs of weight and value; all weights zero means that each counts the same. */
export function mean(pairs: [Fraction, Fraction][]): Fraction | null {
  if (pairs.length === 0) return null
  const plain = pairs.every(([weight]) => weight[0] === 0n)
  const weighed = pairs.map(([weight, value]): [Fraction, Fraction] => [plain ? UNIT : weight, value])
  return over(
    weighed.reduce((sum, [weight, value]) => plus(sum, times(weight, value)), ZERO),
    weighed.reduce((sum, [weight]) => plus(sum, weight), ZERO),
  )
}

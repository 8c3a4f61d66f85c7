/**
 * Exact decimals. A value is a decimal string with up to 6 places; inside a calculation it is a whole number of
 * millionths (bigint). A ratio is a whole number of 10⁻¹². The drainer's SQL rounds by the same rule (`half_even`).
 */
declare const exact: unique symbol
export type Decimal = string & { readonly [exact]: true }

const PLACES = 6
const RATIO_PLACES = 12
export const ONE = 10n ** BigInt(PLACES)
export const WHOLE = 10n ** BigInt(RATIO_PLACES)

/** Up to 18 digits before and 6 after the point: what a person may enter. Derived values may have more before it. */
export const ENTERED = /^-?\d{1,18}(\.\d{1,6})?$/

/** Millionths of a decimal string. Throws on what is no decimal: the border has refused that already. */
export function units(text: string): bigint {
  return scaled(text, PLACES)
}

/** The shortest decimal string of so many millionths: 60000.000000 is "60000". */
export function decimal(millionths: bigint): Decimal {
  return written(millionths, PLACES)
}

/** Any decimal text (numeric columns pad with zeros) in its shortest form. */
export function shortest(text: string): Decimal {
  const places = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0
  return written(scaled(text, places), places)
}

/** 10⁻¹² parts of a ratio's text. */
export function ratioUnits(text: string): bigint {
  return scaled(text, RATIO_PLACES)
}

export function ratioText(parts: bigint): Decimal {
  return written(parts, RATIO_PLACES)
}

/** numerator ÷ denominator in 10⁻¹² parts, half to even, rounded once. */
export function ratio(numerator: bigint, denominator: bigint): bigint {
  return halfEven(numerator * WHOLE, denominator)
}

/** The whole number nearest to numerator ÷ denominator; exactly between two, the even one. */
export function halfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator < 0n) return halfEven(-numerator, -denominator)
  const quotient = numerator / denominator
  const twice = 2n * magnitude(numerator % denominator)
  const away = numerator < 0n ? -1n : 1n
  if (twice > denominator) return quotient + away
  return twice === denominator && quotient % 2n !== 0n ? quotient + away : quotient
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}

export function clamp(parts: bigint): bigint {
  return parts < 0n ? 0n : parts > WHOLE ? WHOLE : parts
}

function scaled(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  const negative = whole.startsWith('-')
  const digits = BigInt((negative ? whole.slice(1) : whole) + fraction.slice(0, places).padEnd(places, '0'))
  return negative ? -digits : digits
}

function written(value: bigint, places: number): Decimal {
  const digits = magnitude(value)
    .toString()
    .padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '')
  const text = fraction === '' ? whole : `${whole}.${fraction}`
  return (value < 0n ? `-${text}` : text) as Decimal
}

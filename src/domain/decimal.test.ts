import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clamp, decimal, ENTERED, halfEven, ratio, ratioText, ratioUnits, shortest, units, WHOLE } from './decimal.ts'

const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
const divisor = whole.filter((value) => value !== 0n)
const small = fc.bigInt({ min: -40n, max: 40n })

describe('A rounded quotient', () => {
  test('is the nearest whole number, and between two the even one', () => {
    fc.assert(fc.property(whole, divisor, isNearest), { numRuns: 5000 })
    fc.assert(
      fc.property(
        small,
        small.filter((value) => value !== 0n),
        isNearest,
      ),
      { numRuns: 5000 },
    )
  })

  test('goes to the even neighbour on both sides of zero', () => {
    const halves = [-7n, -5n, -3n, -1n, 1n, 3n, 5n, 7n]
    expect(halves.map((half) => halfEven(half, 2n))).toEqual([-4n, -2n, -2n, 0n, 0n, 2n, 2n, 4n])
  })

  test('does not care which of the two carries the sign', () => {
    fc.assert(fc.property(whole, divisor, (a, b) => halfEven(a, b) === halfEven(-a, -b)))
    fc.assert(fc.property(whole, divisor, (a, b) => halfEven(-a, b) === -halfEven(a, b)))
  })

  // Written without division: q is the answer when |2a − 2qb| ≤ |b|, and when it is equal only an even q is.
  function isNearest(a: bigint, b: bigint): void {
    const q = halfEven(a, b)
    const off = 2n * (a - q * b)
    const distance = off < 0n ? -off : off
    const size = b < 0n ? -b : b
    expect(distance <= size).toBe(true)
    if (distance === size) expect(q % 2n).toBe(0n)
  }
})

describe('A ratio', () => {
  test('has twelve places: two of three are 0.666666666667', () => {
    expect(ratioText(ratio(2n, 3n))).toBe('0.666666666667')
    expect(ratioText(ratio(1n, 3n))).toBe('0.333333333333')
  })

  test('is rounded half to even at its last place', () => {
    expect(ratioText(ratio(1n, 2n * WHOLE))).toBe('0')
    expect(ratioText(ratio(3n, 2n * WHOLE))).toBe('0.000000000002')
    expect(ratioText(ratio(-1n, 2n * WHOLE))).toBe('0')
  })

  test('can be read from its text again', () => {
    fc.assert(fc.property(whole, (parts) => ratioUnits(ratioText(parts)) === parts))
  })

  test('counts as 0 below 0 and as 1 above 1', () => {
    expect([-1n, 0n, 1n, WHOLE, WHOLE + 1n].map(clamp)).toEqual([0n, 0n, 1n, WHOLE, WHOLE])
  })
})

describe('A decimal', () => {
  const digits = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n })
  const places = fc
    .integer({ min: 0, max: 6 })
    .chain((count) => fc.array(fc.nat(9), { minLength: count, maxLength: count }))
  const entered = fc
    .tuple(fc.boolean(), digits, places)
    .map(
      ([negative, before, after]) => `${negative ? '-' : ''}${before}${after.length > 0 ? '.' : ''}${after.join('')}`,
    )

  test('of up to 18 digits before and 6 after the point may be entered, and is kept exactly', () => {
    fc.assert(
      fc.property(entered, (text) => {
        expect(ENTERED.test(text)).toBe(true)
        const [before = '', after = ''] = text.replace('-', '').split('.')
        const millionths = BigInt(before + after.padEnd(6, '0')) * (text.startsWith('-') ? -1n : 1n)
        expect(units(text)).toBe(millionths)
        expect(units(decimal(millionths))).toBe(millionths)
        expect(decimal(units(text))).toBe(shortest(text))
      }),
    )
  })

  test.each(['', '.', '1.', '.5', '1e3', '1,5', '+1', '--1', ' 1', '1234567890123456789', '0.1234567', 'NaN', '٣'])(
    'is not %j',
    (text) => expect(ENTERED.test(text)).toBe(false),
  )

  test('is written in its shortest form, and zero has no sign', () => {
    const written = ['60000.000000', '-0.500000', '-0', '-0.000', '007', '0.000001', '100'].map(shortest)
    expect(written).toEqual(['60000', '-0.5', '0', '0', '7', '0.000001', '100'])
  })

  test('that was derived may have more digits before the point than one that was entered', () => {
    const sum = units('999999999999999999.999999') * 3n
    expect(decimal(sum)).toBe('2999999999999999999.999997')
    expect(units(decimal(sum))).toBe(sum)
  })
})

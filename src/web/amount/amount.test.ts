import { expect, test } from 'vitest'
import { emptyValues, type KeyResultValues, sent, valuesOf } from '#web/key-result/key-result-values.ts'
import type { Words } from '#web/words.tsx'
import { number } from '#words/figure.ts'
import { typedNumber, writtenNumber } from '#words/typed-number.ts'
import { words } from '#words/words.ts'
import { faultOf, faultsOf, readingOf } from './amount.ts'

const reader = (locale: string) =>
  ({
    say: words('en'),
    number: (value) => number(value, locale),
    typedNumber: (text) => typedNumber(text, locale),
    writtenNumber: (value) => writtenNumber(value, locale),
  }) as Words
const american = reader('en-US')
const german = reader('de-DE')

test('what is refused says how to write it', () => {
  expect(faultOf('55,5', american)).toMatch(/“55,5” .*12\.5 .*12,500 /)
  expect(faultOf('55.5', german)).toMatch(/“55\.5” .*12,5 .*12\.500 /)
  expect([faultOf('55.5', american), faultOf('55,5', german), faultOf(' ', german)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('one group of three is taken as the reader writes, and said again in full', () => {
  expect(readingOf('1,000', american)).toContain('whole number 1000.')
  expect(readingOf('1.000', american)).toContain('whole number 1.')
  expect(readingOf('1.000', german)).toContain('whole number 1000.')
  expect(readingOf('1,234', german)).toContain('1,234: a number with 3 decimal places')
  expect(readingOf('1000', american)).toBe(undefined)
})

test('a Key Result’s amounts are sent as they were meant, and come back as they were typed', () => {
  const typed: KeyResultValues = { ...emptyValues(null, undefined), weight: '1,5' }
  typed.measure = { ...typed.measure, start: '12,5', target: '1.000', unit: 'USD' }
  const { measure, weight } = sent(typed, german) as { measure: object; weight: string }
  expect(measure).toMatchObject({ start: '12.5', target: '1000' })
  expect(weight).toBe('1.5')
  const kept = { measure: { kind: 'increase', start: '12.5', target: '1.125', unit: 'USD', phases: [] }, weight: '1.5' }
  const shown = valuesOf(kept as never, german)
  expect(shown.measure).toMatchObject({ start: '12,5', target: '1,125' })
  expect(sent(shown, german)).toMatchObject({ measure: { start: '12.5', target: '1.125' }, weight: '1.5' })
  expect(Object.keys(faultsOf({ 'measure.start': '12,5', weight: '1' }, american))).toEqual(['measure.start'])
})

import { describe, expect, test } from 'vitest'
import { dayText } from './calendar.ts'
import { figure, number, percent, rounded, short } from './figure.ts'

describe('a value in its unit', () => {
  test.each([
    ['60000', 'USD', 'en-US', '$60,000'],
    ['1.5', 'USD', 'en-US', '$1.50'],
    ['0.125', 'USD', 'en-US', '$0.125'],
    ['1000', 'JPY', 'en-US', '¥1,000'],
    ['58', '%', 'en-US', '58%'],
    ['22', 'days', 'en-US', '22 days'],
    ['1', 'weeks', 'en-US', '1 week'],
    ['2', 'quarters', 'en-US', '2\u00a0quarters'],
    ['3', 'customers', 'en-US', '3\u00a0customers'],
    ['7', 'ABC', 'en-US', '7\u00a0ABC'],
    ['123456789012345678.123456', null, 'en-US', '123,456,789,012,345,678.123456'],
    ['60000.5', 'EUR', 'de-DE', '60.000,50\u00a0€'],
  ])('%s %s in %s is %s', (value, unit, locale, text) => {
    expect(figure(value, unit, locale)).toBe(text)
  })

  test('beside its unit a number keeps the sign of a currency only', () => {
    expect(number('1', 'en-US', 'customers')).toBe('1')
    expect(number('1', 'en-US', 'USD')).toBe('$1')
  })
})

test('where there is little room a value is rounded', () => {
  expect(short('300000', 'USD', 'en-US')).toBe('$300K')
  expect(short('9', 'customers', 'en-US')).toBe('9')
})

test('a ratio is whole percent, and short of the whole is not 100%', () => {
  expect(percent('0.666666666667', 'en-US')).toBe('67%')
  expect(percent('1.18', 'en-US')).toBe('118%')
  expect(percent('0.999', 'en-US')).toBe('99%')
  expect(percent('1', 'en-US')).toBe('100%')
})

test.each([
  ['64.227273', '%', '64.23%'],
  ['0.666667', '%', '0.667%'],
  ['133.333333', 'points', '133.3\u00a0points'],
  ['60000.333333', 'USD', '$60,000'],
  ['1.666667', 'USD', '$1.67'],
  ['-2.999999', 'days', '-3 days'],
  ['1234.56', 'USD', '$1,234.56'],
  ['0.125', null, '0.125'],
  ['123456789012345678', 'customers', '123,456,789,012,345,678\u00a0customers'],
])('at a glance %s %s is %s', (value, unit, text) => {
  expect(rounded(value, unit, 'en-US')).toBe(text)
})

test('words stay in their language, and numbers bear the marks that the reader is used to', () => {
  const german = { language: 'en-US', numbers: 'de-DE' }
  expect(figure('60000.5', 'EUR', german)).toBe('€60.000,50')
  expect(figure('1234.5', 'days', german)).toBe('1.234,5 days')
  expect(figure('12500', 'customers', german)).toBe('12.500\u00a0customers')
  expect(figure('12500', null, { language: 'en-US', numbers: 'en-US' })).toBe('12,500')
})

test('a day names its year only when it is another', () => {
  expect(dayText('2026-12-31', 'en-GB', 'short', '2026-11-23')).toBe('31 Dec')
  expect(dayText('2027-01-31', 'en-GB', 'short', '2026-11-23')).toBe('31 Jan 2027')
})

import { describe, expect, test } from 'vitest'
import { readsTwoWays, typedNumber, writtenNumber } from './typed-number.ts'

describe('a typed number is read as the reader’s language writes it', () => {
  test.each([
    ['en-US', '55.5', '55.5'],
    ['en-US', '60,000.5', '60000.5'],
    ['en-US', '12,500', '12500'],
    ['en-US', '1,000', '1000'],
    ['en-US', '1.000', '1.000'],
    ['en-US', ' −12 500 ', '-12500'],
    ['en-US', '+7', '7'],
    ['en-US', '.5', '0.5'],
    ['en-IN', '12,34,567', '1234567'],
    ['en-IN', '1,234,567', '1234567'],
    ['de-DE', '12,5', '12.5'],
    ['de-DE', '1.000', '1000'],
    ['de-DE', '1.234.567,25', '1234567.25'],
    ['de-DE', '1,000', '1.000'],
    ['fr-FR', '60 000,5', '60000.5'],
    ['fr-FR', '60\u202f000,5', '60000.5'],
    ['de-CH', '60’000.5', '60000.5'],
    ['de-CH', "60'000.5", '60000.5'],
    ['pl-PL', '1234,5', '1234.5'],
    ['ar-EG', '12.5', '12.5'],
  ])('%s: %s is %s', (locale, text, value) => {
    expect(typedNumber(text, locale)).toBe(value)
  })

  test.each([
    ['en-US', '55,5'],
    ['en-US', '12,50'],
    ['en-US', '1,0000'],
    ['en-US', '1000,000'],
    ['en-US', '0,500'],
    ['en-US', '1,000,00'],
    ['en-US', '1.000.000'],
    ['en-US', '1,000 000'],
    ['en-US', '1.000,5'],
    ['en-US', '12,34,567'],
    ['en-US', '12.'],
    ['en-US', '.'],
    ['en-US', '-'],
    ['en-US', 'about 3'],
    ['en-US', '1e3'],
    ['en-US', '5 %'],
    ['de-DE', '55.5'],
    ['de-DE', '0.500'],
    ['de-DE', '1,000.5'],
    ['fr-FR', '12.5'],
    ['de-CH', '12,5'],
  ])('%s: %s is not guessed', (locale, text) => {
    expect(typedNumber(text, locale)).toBe(null)
  })
})

test('what is there already is shown as one would type it', () => {
  expect(writtenNumber('-1234.125', 'de-DE')).toBe('-1234,125')
  expect(writtenNumber('1234.125', 'en-US')).toBe('1234.125')
  for (const locale of ['en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'ar-EG'])
    for (const value of ['0', '1000', '1.125', '-60000.5', '123456789012345678.123456'])
      expect(typedNumber(writtenNumber(value, locale), locale)).toBe(value)
})

test('one group of three is a thousand to some and one to others', () => {
  expect(['1.000', '12,345', '-1,234', ' 999.999 '].map(readsTwoWays)).toEqual([true, true, true, true])
  expect(['0.500', '1000', '1,5', '1,000.5', '1,000,000'].map(readsTwoWays)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
})

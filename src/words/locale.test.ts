import { expect, test } from 'vitest'
import { localeOf, numbersOf } from './locale.ts'

test('texts and days are in the reader’s English', () => {
  expect(localeOf(null, 'de-DE', 'en-GB', 'en')).toBe('en-GB')
  expect(localeOf('en-AU', 'en-GB')).toBe('en-AU')
  expect(localeOf(undefined, 'de-DE')).toBe('en')
})

test('numbers are as the reader writes them', () => {
  expect(numbersOf(null, 'de-DE', 'en-GB')).toBe('de-DE')
  expect(numbersOf('fr-FR', 'de-DE')).toBe('fr-FR')
})

test.each(['en-US@posix', 'en_US.UTF-8', 'en_US'])('%s is a name for American English', (odd) => {
  expect(localeOf(null, odd)).toBe('en-US')
  expect(numbersOf(null, odd)).toBe('en-US')
})

test.each(['C', 'C.UTF-8', 'POSIX', 'c', '', '-', 'x', '*', 'en--US', '@'])(
  '%o is no language, and breaks nothing',
  (odd) => {
    expect(localeOf(odd, odd)).toBe('en')
    expect(numbersOf(odd, odd)).toBe('en')
  },
)

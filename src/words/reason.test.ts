import { expect, test } from 'vitest'
import { reasonText } from './reason.ts'
import { words } from './words.ts'

test('A status says why in words, in numbers as one reads them', () => {
  const values = { progress: '0.0616', pace: '0.586956521739', points: '24.96', confidence: '6.5', day: '2026-11-23' }
  const text = (word: string) => reasonText({ key: `status.reason.${word}`, values }, words(), 'en')
  expect(text('behind')).toBe('24.9 points under pace: 6% of the way, 59% expected by Nov 23.')
  expect(text('low-confidence')).toBe('Confidence is at 6.5 of 10.')
  expect(reasonText({ key: 'status.reason.cancelled' }, words(), 'en')).toBe('It was cancelled.')
})

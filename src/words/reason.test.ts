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

test('A hint about a target tells the scores before it as one reads them', () => {
  const scores = { latest: '0.3', secondLatest: '0', thirdLatest: '0.25' }
  const values = { owner: 'Maya Lindqvist', ambition: 'committed', keyResult: 'New customers', ...scores }
  expect(reasonText({ key: 'rule.sandbagged-or-impossible.impossible', values }, words(), 'en')).toBe(
    'Maya Lindqvist’s last three committed Key Results scored 30%, 0% and 25%: is “New customers” within reach?',
  )
})

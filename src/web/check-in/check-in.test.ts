import { describe, expect, test } from 'vitest'
import type { KeyResult } from '#web/key-result/key-result.ts'
import { type CheckIn, latest, told } from './check-in.ts'
import { childrenOf, withEntry } from './predicted.ts'

const customers = {
  measure: { kind: 'increase', start: '0', target: '3', unit: 'customers' },
  start: '0',
  target: '3',
  own: '0',
  current: '0',
  progress: '0',
  confidence: 6,
  measuredOn: '2026-11-16',
  rollsUpBy: null,
} as unknown as KeyResult

const region = {
  ...customers,
  measure: { kind: 'increase', start: '0', target: '300000', unit: 'USD' },
  target: '300000',
  own: '20000',
  current: '80000',
  rollsUpBy: 'sum',
} as unknown as KeyResult

const pilot = {
  ...customers,
  measure: {
    kind: 'milestone',
    evidence: 'a letter',
    steps: ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id, weight: '1', deadline: null })),
  },
} as unknown as KeyResult

describe('what a check-in will show, before it is saved', () => {
  test('two of three customers', () => {
    expect(withEntry(customers, { value: '2', measuredOn: '2026-11-23' })).toMatchObject({
      current: '2',
      progress: '0.666666666667',
      confidence: 6,
    })
  })

  test('what contributes stays: one’s own part and theirs', () => {
    expect(childrenOf(region)).toBe('60000')
    expect(withEntry(region, { value: '30000' })).toMatchObject({ own: '30000', current: '90000', progress: '0.3' })
  })

  test('steps move a milestone, and only its evidence ends it', () => {
    expect(withEntry(pilot, { steps: ['a', 'b', 'c'] }).progress).toBe('0.75')
    expect(withEntry(pilot, { steps: ['a', 'b', 'c', 'd'] }).progress).toBe('0.99')
    expect(withEntry(pilot, { steps: [], done: true, evidence: 'here' }).progress).toBe('1')
  })

  test('a report of an older day, a correction or no number move nothing', () => {
    expect(withEntry(customers, { value: '2', measuredOn: '2026-11-01' })).toBe(customers)
    expect(withEntry(customers, { value: '2', corrects: 'x' as never })).toBe(customers)
    expect(withEntry(customers, { value: 'two' }).current).toBe('0')
  })
})

describe('what was reported', () => {
  const checkIn = (id: string, more: Partial<CheckIn> = {}) =>
    ({ id, corrects: null, takesBack: false, ...more }) as CheckIn

  test('a corrected one stays, with what took its place', () => {
    const [correction, corrected] = told([checkIn('2', { corrects: '1' as never }), checkIn('1')])
    expect(correction?.correctedBy).toBe(null)
    expect(corrected?.correctedBy?.id).toBe('2')
  })

  test('the latest is the one that holds', () => {
    const reports = [checkIn('3', { corrects: '2' as never, takesBack: true }), checkIn('2'), checkIn('1')]
    expect(latest(reports)?.id).toBe('1')
    expect(latest([])).toBe(null)
  })
})

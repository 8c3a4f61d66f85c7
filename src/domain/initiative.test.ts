import { describe, expect, test } from 'vitest'
import type { Decimal } from './decimal.ts'
import type { PersonId } from './id.ts'
import { asInitiative, type InitiativeState, type InitiativeVerb, initiativeAfter } from './initiative.ts'
import type { Measure } from './measure.ts'

const STATES: InitiativeState[] = ['planned', 'started', 'finished', 'dropped']
const VERBS: InitiativeVerb[] = ['start', 'finish', 'drop', 'reopen']

test('An Initiative is started, finished or dropped, and gone on with', () => {
  const steps = STATES.flatMap((state) =>
    VERBS.flatMap((verb) => {
      try {
        return [`${verb} ${state} → ${initiativeAfter(verb, state)}`]
      } catch {
        return []
      }
    }),
  )
  expect(steps).toEqual([
    'start planned → started',
    'finish planned → finished',
    'drop planned → dropped',
    'finish started → finished',
    'drop started → dropped',
    'reopen finished → started',
    'reopen dropped → started',
  ])
})

describe('What was written as a Key Result and is work for another', () => {
  const said = (measure: Measure | null, title = 'Sirens') =>
    asInitiative({ title, ownerId: 'noor' as PersonId, deadline: '2026-12-31', measure })
  const metric = (start: string | null, target: string | null, unit: string | null): Measure => ({
    kind: 'increase',
    start: start as Decimal | null,
    baseline: false,
    target: target as Decimal | null,
    by: null,
    unit,
    phases: [],
  })

  test('keeps its words, its owner and its day', () => {
    expect(said(null)).toEqual({ title: 'Sirens', note: null, leadId: 'noor', dueOn: '2026-12-31' })
  })

  test('keeps in its note what its measure said, as far as it said anything', () => {
    expect(said(metric('3', '12.5', 'towns'))?.note).toBe('3 → 12.5 towns')
    expect(said(metric(null, '12', null))?.note).toBe('… → 12')
    expect(said(metric(null, null, 'towns'))?.note).toBe('towns')
    expect(said(metric(null, null, null))?.note).toBeNull()
    const decrease = { kind: 'decrease' as const, start: null, baseline: true, target: null, unit: 'days' }
    const phases = [{ on: '2026-11-30', value: '60' as Decimal }]
    expect(said({ ...decrease, by: { percent: '25' as Decimal }, phases })?.note).toBe(
      '… → −25 % days\n– 60 (2026-11-30)',
    )
    expect(said({ ...decrease, by: { amount: '5' as Decimal }, phases: [] })?.note).toBe('… → −5 days')
    const maintain = { kind: 'maintain' as const, atLeast: '95' as Decimal, atMost: null, unit: '%' }
    expect(said(maintain)?.note).toBe('≥ 95 %')
    expect(said({ ...maintain, atMost: '99' as Decimal })?.note).toBe('≥ 95, ≤ 99 %')
    expect(said({ ...maintain, atLeast: null, unit: null })?.note).toBeNull()
    const steps = [{ id: 'a', title: 'Borrow one', weight: '2' as Decimal, deadline: '2026-11-01' }]
    expect(said({ kind: 'milestone', evidence: null, steps })?.note).toBe('– Borrow one (× 2, 2026-11-01)')
  })

  test('without a title is called by what it said; without anything it is nothing', () => {
    expect(said(metric('3', '12', 'towns'), '')?.title).toBe('3 → 12 towns')
    expect(said(metric(null, null, null), '')).toBeNull()
    expect(said(null, '')).toBeNull()
  })
})

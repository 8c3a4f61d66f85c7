import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { type CheckIn, checkIn, type Entry, type Reportable } from './check-in.ts'
import type { Decimal } from './decimal.ts'
import type { CheckInId, KeyResultId, OrganizationId, PersonId } from './id.ts'
import type { Measure } from './measure.ts'
import { Problem } from './problem.ts'
import type { State } from './roll-up.ts'

const MAYA = 'maya' as PersonId
const TODAY = '2026-10-12'
const NOW = '2026-10-12T08:00:00.000Z'
const actor: Actor = {
  kind: 'person',
  personId: MAYA,
  organizationId: 'marram' as OrganizationId,
  role: 'member',
  scopes: ['write'],
  apiKeyId: null,
}
const CUSTOMERS: Measure = {
  kind: 'increase',
  start: '0' as Decimal,
  baseline: false,
  target: '3' as Decimal,
  by: null,
  unit: 'customers',
  phases: [],
}
const step = (id: string) => ({ id, title: id, weight: '1' as Decimal, deadline: null })
const PILOT: Measure = { kind: 'milestone', evidence: 'A signed contract', steps: [step('draft'), step('signed')] }
const DONE_OR_NOT: Measure = { kind: 'milestone', evidence: 'A signed contract', steps: [] }

const keyResult = (measure: Measure, more: Partial<Reportable> = {}): Reportable => ({
  id: 'customers' as KeyResultId,
  ownerId: MAYA,
  state: 'published',
  measure,
  rollUp: null,
  ...more,
})
const value = (text: string) => ({ value: text as Decimal })
const report = (on: Reportable, entry: Entry, corrected: CheckIn | null = null) =>
  checkIn(on, entry, { actor, id: 'new' as CheckInId, now: NOW, today: TODAY, corrected })

/** Where it went wrong, and why: the field, or the rule where no field is to blame. */
function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    const { rule, reason, errors } = (error as Problem).facts
    expect(error).toBeInstanceOf(Problem)
    return errors?.map(({ pointer, reason: { key } }) => `${pointer} ${key}`).join() ?? `${rule} ${reason?.key}`
  }
  return 'it was taken'
}

const corrected: CheckIn = {
  ...report(keyResult(CUSTOMERS), { ...value('1'), confidence: 8, measuredOn: '2026-10-05' }),
  id: 'first' as CheckInId,
  countedAt: '2026-10-05T09:00:00.000Z',
}

describe('A check-in', () => {
  test('is the owner’s report of a value, measured today unless it says when', () => {
    expect(report(keyResult(CUSTOMERS), { ...value('2'), confidence: 7 })).toMatchObject({
      keyResultId: 'customers',
      ownerId: MAYA,
      reportedById: MAYA,
      value: '2',
      confidence: 7,
      measuredOn: TODAY,
      recordedAt: NOW,
      countedAt: NOW,
      correctsId: null,
      takesBack: false,
    })
    expect(report(keyResult(CUSTOMERS), { ...value('2'), measuredOn: '2026-10-01' }).measuredOn).toBe('2026-10-01')
  })

  test('measured on a future day is refused', () => {
    const future = { ...value('2'), measuredOn: '2026-10-13' }
    expect(refusal(() => report(keyResult(CUSTOMERS), future))).toBe('/measuredOn check-in.measured-on.future')
  })

  test.each([
    ['draft', 'not-published'],
    ['discarded', 'not-published'],
    ['postponed', 'frozen'],
    ['closed', 'frozen'],
    ['cancelled', 'frozen'],
  ] as [State, string][])('on a Key Result that is %s is refused', (state, why) => {
    expect(refusal(() => report(keyResult(CUSTOMERS, { state }), value('2')))).toBe(`life rule.life.${why}`)
  })

  test('on an increase or a decrease says a value, and nothing of steps or evidence', () => {
    const on = keyResult(CUSTOMERS)
    expect(refusal(() => report(on, { confidence: 7 }))).toBe('/value check-in.value.missing')
    expect(refusal(() => report(on, { ...value('2'), steps: [] }))).toBe('/steps check-in.steps.no-milestone')
    expect(refusal(() => report(on, { ...value('2'), done: true }))).toBe('/done check-in.done.no-milestone')
    expect(refusal(() => report(on, { ...value('2'), evidence: 'e' }))).toBe('/evidence check-in.evidence.no-milestone')
  })

  test('on a summing parent may leave its own part alone', () => {
    expect(report(keyResult(CUSTOMERS, { rollUp: 'sum' }), { confidence: 4 })).toMatchObject({
      value: null,
      confidence: 4,
    })
  })

  test('on an average says no value; confidence and words stay', () => {
    const average = keyResult(CUSTOMERS, { rollUp: 'average' })
    expect(refusal(() => report(average, value('2')))).toBe('/value check-in.value.average')
    expect(report(average, { confidence: 4, note: 'Slow' })).toMatchObject({ value: null, note: 'Slow' })
  })

  test('on a milestone says which steps are done, or that it is done with its evidence', () => {
    expect(report(keyResult(PILOT), { steps: ['draft'] })).toMatchObject({
      stepsDone: ['draft'],
      value: null,
      done: null,
    })
    expect(report(keyResult(PILOT), { done: true, evidence: 'Signed on Monday' }).done).toBe(true)
    expect(report(keyResult(DONE_OR_NOT), { done: false }).done).toBe(false)
  })

  test('on a milestone without that is refused, field by field', () => {
    expect(refusal(() => report(keyResult(PILOT), value('2')))).toBe('/value check-in.value.milestone')
    expect(refusal(() => report(keyResult(PILOT), { steps: ['draft', 'sung'] }))).toBe(
      '/steps/1 check-in.steps.unknown',
    )
    expect(refusal(() => report(keyResult(PILOT), { done: true }))).toBe('/evidence check-in.evidence.missing')
    expect(refusal(() => report(keyResult(PILOT), { done: true, evidence: '' }))).toBe(
      '/evidence check-in.evidence.missing',
    )
    expect(refusal(() => report(keyResult(PILOT), { confidence: 3 }))).toBe('/steps check-in.milestone.missing')
    expect(refusal(() => report(keyResult(DONE_OR_NOT), { confidence: 3 }))).toBe('/done check-in.milestone.missing')
  })
})

describe('A correcting check-in', () => {
  test('stands in the place of the one it corrects, on its day unless it says another', () => {
    expect(report(keyResult(CUSTOMERS), value('2'), corrected)).toMatchObject({
      value: '2',
      measuredOn: '2026-10-05',
      recordedAt: NOW,
      countedAt: '2026-10-05T09:00:00.000Z',
      correctsId: 'first',
      takesBack: false,
    })
    expect(report(keyResult(CUSTOMERS), { ...value('2'), measuredOn: '2026-10-06' }, corrected).measuredOn).toBe(
      '2026-10-06',
    )
  })

  test('without a value takes the corrected one back', () => {
    expect(report(keyResult(CUSTOMERS), { note: 'Counted twice' }, corrected)).toMatchObject({
      value: null,
      takesBack: true,
      correctsId: 'first',
    })
  })

  test('is refused where any check-in is', () => {
    expect(refusal(() => report(keyResult(CUSTOMERS, { state: 'closed' }), {}, corrected))).toBe(
      'life rule.life.frozen',
    )
  })
})

test('A check-in that somebody else makes says for whom', () => {
  const ingrid: Actor = { ...actor, personId: 'ingrid' as PersonId, role: 'administrator' } as Actor
  const made = checkIn(keyResult(CUSTOMERS), value('2'), {
    actor: ingrid,
    id: 'new' as CheckInId,
    now: NOW,
    today: TODAY,
    corrected: null,
  })
  expect([made.ownerId, made.reportedById]).toEqual([MAYA, 'ingrid'])
})

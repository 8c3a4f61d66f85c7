import { describe, expect, test } from 'vitest'
import type { CycleId, ObjectiveId, PersonId } from './id.ts'
import { isOpen, type Level, placeUnder, whyNotAlign, whyNotFit } from './objective.ts'
import type { State } from './roll-up.ts'

const INGRID = 'ingrid' as PersonId
const DANIEL = 'daniel' as PersonId
const QUARTER = { startsOn: '2026-10-01', endsOn: '2026-12-31' }

const objective = (
  id: string,
  level: Level,
  more: { state?: State; leadId?: PersonId; authorId?: PersonId | null; cycle?: typeof QUARTER } = {},
) => ({
  id: id as ObjectiveId,
  level,
  state: 'published' as State,
  leadId: INGRID,
  authorId: null as PersonId | null,
  cycle: QUARTER,
  ...more,
})

describe('An Objective', () => {
  const LEVELS: Level[] = ['company', 'group', 'individual']

  test('aligns to one of the same or a higher level', () => {
    const answers = LEVELS.map((below) =>
      LEVELS.map((above) => whyNotAlign(objective('a', below), objective('b', above), DANIEL)),
    )
    expect(answers).toEqual([
      [null, 'lower-level', 'lower-level'],
      [null, null, 'lower-level'],
      [null, null, null],
    ])
  })

  test('does not align to itself', () => {
    expect(whyNotAlign(objective('a', 'group'), objective('a', 'group'), DANIEL)).toBe('itself')
  })

  test.each([
    ['postponed', 'not-open'],
    ['closed', 'not-open'],
    ['cancelled', 'not-open'],
    ['discarded', 'not-open'],
    ['draft', 'draft'],
  ] as [State, string][])('does not align to one that is %s', (state, why) => {
    expect(whyNotAlign(objective('a', 'group'), objective('b', 'company', { state }), DANIEL)).toBe(why)
  })

  test('may align to a draft of one’s own', () => {
    const draft = { state: 'draft' as const }
    expect(whyNotAlign(objective('a', 'group'), objective('b', 'company', draft), INGRID)).toBeNull()
    expect(
      whyNotAlign(objective('a', 'group'), objective('b', 'company', { ...draft, authorId: DANIEL }), DANIEL),
    ).toBeNull()
    expect(whyNotAlign(objective('a', 'group'), objective('b', 'company', draft), null)).toBe('draft')
  })

  test('aligns to one whose cycle shares a day with its own', () => {
    const year = { startsOn: '2026-01-01', endsOn: '2026-12-31' }
    const next = { startsOn: '2027-01-01', endsOn: '2027-03-31' }
    expect(whyNotAlign(objective('a', 'group'), objective('b', 'company', { cycle: year }), DANIEL)).toBeNull()
    expect(whyNotAlign(objective('a', 'group'), objective('b', 'company', { cycle: next }), DANIEL)).toBe('other-time')
  })

  test('fits what it is aligned to by level and time alone, whatever has become of that', () => {
    const over = objective('b', 'group', { state: 'closed' })
    expect(whyNotFit(objective('a', 'group'), over)).toBeNull()
    expect(whyNotFit(objective('a', 'company'), over)).toBe('lower-level')
    const past = objective('b', 'group', { cycle: { startsOn: '2026-01-01', endsOn: '2026-09-30' } })
    expect(whyNotFit(objective('a', 'group'), past)).toBe('other-time')
  })

  test('can be changed as a draft and while it is published, and not any more once it is frozen', () => {
    const states: State[] = ['draft', 'published', 'postponed', 'closed', 'cancelled', 'discarded']
    expect(states.filter((state) => isOpen({ state }))).toEqual(['draft', 'published'])
  })
})

test('What serves an Objective stands no higher than it, and in a time that they share', () => {
  const at = (level: Level, id: string, startsOn: string, endsOn: string) => ({
    level,
    cycle: { id: id as CycleId, startsOn, endsOn },
  })
  const quarter = at('group', 'quarter', '2026-10-01', '2026-12-31')
  const year = at('company', 'year', '2026-01-01', '2026-12-31')
  const later = at('individual', 'later', '2027-01-01', '2027-03-31')
  expect(placeUnder(quarter, year)).toEqual({ level: 'group', cycleId: 'quarter' })
  expect(placeUnder(year, quarter)).toEqual({ level: 'group', cycleId: 'year' })
  expect(placeUnder(quarter, later)).toEqual({ level: 'individual', cycleId: 'later' })
})

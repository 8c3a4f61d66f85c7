import { describe, expect, test } from 'vitest'
import type { Decimal } from './decimal.ts'
import { FACTS } from './examiners.ts'
import { type Examined, type ExaminedKeyResult, examine, examineGroup } from './finding.ts'
import type { GroupId, KeyResultId, ObjectiveId, PersonId } from './id.ts'
import type { Metric } from './measure.ts'
import { DEFAULTS, merged, type Settings } from './settings.ts'

const SALES: Metric = {
  kind: 'increase',
  start: '0' as Decimal,
  target: '1000000' as Decimal,
  unit: 'USD',
  baseline: false,
  by: null,
  phases: [],
}
let last = 0
const keyResult = (more: Partial<ExaminedKeyResult> = {}): ExaminedKeyResult => {
  last += 1
  return {
    id: `key-result-${last}` as KeyResultId,
    title: 'New sales',
    measure: SALES,
    startsOn: '2026-10-01',
    deadline: '2026-12-31',
    ambition: 'committed',
    state: 'published',
    ownerName: 'Hanna Vogel',
    ownerIsActive: true,
    lastScores: [],
    baselineSince: null,
    offTheLine: null,
    ...more,
  }
}
const several = (count: number) => Array.from({ length: count }, () => keyResult())
const growth = (more: Partial<Examined> = {}): Examined => ({
  id: 'growth' as ObjectiveId,
  title: 'Grow in the north',
  why: 'Nobody there knows us',
  lead: { id: 'hanna' as PersonId, isActive: true },
  cycle: { startsOn: '2026-10-01', endsOn: '2026-12-31' },
  inGroup: null,
  below: null,
  keyResults: several(2),
  today: '2026-11-23',
  ...more,
})
const found = (more: Partial<Examined>, settings: Settings = DEFAULTS) =>
  examine(growth(more), settings, FACTS).map(({ rule, severity, pointer, reason }) =>
    [severity, pointer, reason.key.replace('rule.', '')].concat(reason.key.includes(rule) ? [] : [rule]).join(' '),
  )

test('Against an Objective that says why, with a few Key Results that hold, there is nothing to say', () => {
  expect(found({})).toEqual([])
})

describe('What stands against a Key Result', () => {
  test('is a wall for each gap, whoever owns it and whenever it is due', () => {
    const bare = keyResult({ measure: null, deadline: null, ownerIsActive: false })
    expect(found({ keyResults: [keyResult(), bare] })).toEqual([
      'wall /ownerId one-owner.inactive',
      'wall /measure measurable.measure',
      'wall /deadline time-bound.no-deadline',
    ])
  })

  test('is about that Key Result, and names it', () => {
    const bare = keyResult({ title: 'Be better known', measure: null })
    expect(examine(growth({ keyResults: [keyResult(), bare] }), DEFAULTS, FACTS)).toEqual([
      {
        rule: 'measurable',
        severity: 'wall',
        about: { noun: 'key-result', id: bare.id },
        reason: { key: 'rule.measurable.measure', values: { keyResult: 'Be better known' } },
        pointer: '/measure',
        repairs: [],
      },
    ])
  })

  test('is a warning where its rule was turned into one, and its owner stays a wall', () => {
    const settings = merged(DEFAULTS, { rules: { measurable: 'warning', 'time-bound': 'warning' } })
    const bare = keyResult({ measure: null, deadline: null, ownerIsActive: false })
    expect(found({ keyResults: [keyResult(), bare] }, settings)).toEqual([
      'wall /ownerId one-owner.inactive',
      'warning /measure measurable.measure',
      'warning /deadline time-bound.no-deadline',
    ])
  })

  test('is a baseline that is owing for 14 days: not on the day before', () => {
    const owing = { ...SALES, start: null, baseline: true }
    const since = (baselineSince: string | null, measure: ExaminedKeyResult['measure'] = owing) =>
      found({ keyResults: [keyResult(), keyResult({ measure, baselineSince })] })
    expect(since('2026-11-10')).toEqual([])
    expect(since('2026-11-09')).toEqual(['warning /measure/start no-baseline-yet.missing'])
    expect([since(null), since('2026-10-01', SALES)]).toEqual([[], []])
  })

  test('is a contribution that has lost its line', () => {
    expect(
      found({ keyResults: [keyResult(), keyResult({ offTheLine: { title: 'Sales', reported: false } })] }),
    ).toEqual(['wall /contributesToId contribution-follows-alignment.off-the-line'])
  })
})

describe('What is to be said of an Objective', () => {
  test('is a warning that it says no why', () => {
    expect([found({ why: null }), found({ why: '  ' })]).toEqual([
      ['warning /why no-why.missing'],
      ['warning /why no-why.missing'],
    ])
  })

  test('is a warning from the sixth Key Result on, a hint where there is only one, nothing while there is none', () => {
    expect([0, 1, 2, 5, 6].map((count) => found({ keyResults: several(count) }))).toEqual([
      [],
      ['hint /keyResults few.one-key-result'],
      [],
      [],
      ['warning /keyResults few.key-results'],
    ])
  })

  test('is a warning that it is its group’s sixth in this cycle', () => {
    const nth = (count: number) => found({ inGroup: { name: 'Sales', count } })
    expect([nth(5), nth(6)]).toEqual([[], ['warning /groupId few.objectives']])
  })

  test('is a warning, and never more, that it serves a group below its own', () => {
    const below = { title: 'Sell to hospitals', group: 'Hospitals' }
    expect(found({ below })).toEqual(['warning /alignedToId objective-aligns-to-objective.group-below'])
  })
})

describe('A rule', () => {
  test('weighs what the organization has made of it, or says nothing', () => {
    const set = (few: Settings['rules']['few']) => merged(DEFAULTS, { rules: { few } })
    const six = { keyResults: several(6) }
    expect([found(six, set('wall')), found(six, set('off'))]).toEqual([['wall /keyResults few.key-results'], []])
    const one = { keyResults: several(1) }
    expect([found(one, set('wall')), found(one, set('off'))]).toEqual([['hint /keyResults few.one-key-result'], []])
  })

  test('counts what is few as the organization does', () => {
    const settings = merged(DEFAULTS, { few: { objectives: 1, keyResults: 2 } })
    expect(found({ keyResults: several(3), inGroup: { name: 'Sales', count: 2 } }, settings)).toEqual([
      'warning /groupId few.objectives',
      'warning /keyResults few.key-results',
    ])
    expect(found({ keyResults: several(2), inGroup: { name: 'Sales', count: 1 } }, settings)).toEqual([])
  })

  test('that judges wording joins in the same place, in the order of the table', () => {
    const echo = {
      about: { noun: 'objective', id: 'growth' as ObjectiveId },
      reason: { key: 'rule.copies-parent.echo' },
      pointer: '/title',
    } as const
    const said = examine(growth({ why: null }), DEFAULTS, {
      'copies-parent': () => [echo],
      'no-why': () => [{ ...echo, pointer: '/why' }],
    })
    expect(said.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['warning no-why', 'warning copies-parent'])
  })
})

describe('Targets against what their owner has scored before', () => {
  const scored = (lastScores: readonly string[], more: Partial<ExaminedKeyResult> = {}) =>
    found({ keyResults: [keyResult(), keyResult({ lastScores: lastScores as Decimal[], ...more })] })
  const easy = ['hint /measure/target sandbagged-or-impossible.easy']
  const impossible = ['hint /measure/target sandbagged-or-impossible.impossible']

  test('are easy where what is aspirational was reached in full three times; what is committed should be', () => {
    const aspirational = { ambition: 'aspirational' } as const
    expect(scored(['1', '1', '1'], aspirational)).toEqual(easy)
    expect(scored(['1', '1', '0.999999999999'], aspirational)).toEqual([])
    expect(scored(['1', '1', '1'])).toEqual([])
  })

  test('are out of reach where no score was above 0.3, whatever the ambition', () => {
    const low = ['0.3', '0', '0.12']
    expect([scored(low), scored(low, { ambition: 'aspirational' })]).toEqual([impossible, impossible])
    expect(scored(['0.300000000001', '0', '0'])).toEqual([])
  })

  test('say nothing after two scores, nor of what is no longer open, nor while there is no target', () => {
    const low = ['0.1', '0.1', '0.1']
    expect(scored(low.slice(1))).toEqual([])
    expect([scored(low, { state: 'closed' }), scored(low, { state: 'postponed' })]).toEqual([[], []])
    expect(scored(low, { state: 'draft' })).toEqual(impossible)
    expect(scored(low, { measure: { ...SALES, target: null } })).toEqual(['wall /measure/target measurable.target'])
  })

  test('are about the whole measure where that has no target of its own', () => {
    const measure = { kind: 'milestone', evidence: 'Signed', steps: [] } as const
    expect(scored(['0', '0', '0'], { measure })).toEqual(['hint /measure sandbagged-or-impossible.impossible'])
  })

  test('tell the scores, the latest first, and whose they are', () => {
    const keyResults = [keyResult(), keyResult({ lastScores: ['0.1', '0.2', '0.3'] as Decimal[] })]
    const [only] = examine(growth({ keyResults }), DEFAULTS, FACTS)
    expect(only?.reason.values).toEqual({
      keyResult: 'New sales',
      owner: 'Hanna Vogel',
      ambition: 'committed',
      latest: '0.1',
      secondLatest: '0.2',
      thirdLatest: '0.3',
    })
  })
})

describe('A group', () => {
  const sales = { id: 'sales' as GroupId, name: 'Sales', count: 0, belowGrade: null }

  test('of six Objectives in a cycle is told once', () => {
    const settings = merged(DEFAULTS, { rules: { few: 'off' } })
    expect(examineGroup({ ...sales, count: 5 }, DEFAULTS)).toEqual([])
    expect(examineGroup({ ...sales, count: 6 }, DEFAULTS)).toMatchObject([
      {
        rule: 'few',
        severity: 'warning',
        about: { noun: 'group', id: 'sales' },
        reason: { values: { count: 6, limit: 5 } },
      },
    ])
    expect(examineGroup({ ...sales, count: 6 }, settings)).toEqual([])
  })

  test('is told where nobody below the grade that is set owns something, and somebody could', () => {
    const settings = merged(DEFAULTS, { ownershipGrade: 'Director' })
    const told = (people: number, ownSomething: boolean) =>
      examineGroup({ ...sales, belowGrade: { people, ownSomething } }, settings)
    expect([told(0, false), told(3, true)]).toEqual([[], []])
    expect(told(3, false)).toEqual([
      {
        rule: 'owned-only-at-the-top',
        severity: 'hint',
        about: { noun: 'group', id: 'sales' },
        reason: {
          key: 'rule.owned-only-at-the-top.nobody-below',
          values: { group: 'Sales', grade: 'Director', people: 3 },
        },
        pointer: '',
        repairs: [],
      },
    ])
  })
})

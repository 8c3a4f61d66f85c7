import { describe, expect, test } from 'vitest'
import type { KeyResult } from './key-result.ts'
import { wallsAgainst } from './key-result.ts'
import type { Metric } from './measure.ts'

const QUARTER = { startsOn: '2026-10-01', endsOn: '2026-12-31' }
const WAY = { start: '0', baseline: false, target: '1000000', by: null, unit: 'USD', phases: [] }
const SALES = { kind: 'increase', ...WAY } as unknown as Metric

const walls = (more: Partial<Pick<KeyResult, 'measure' | 'startsOn' | 'deadline'>>, ownerIsActive = true) =>
  wallsAgainst(
    { measure: SALES, startsOn: QUARTER.startsOn, deadline: QUARTER.endsOn, ...more },
    QUARTER,
    ownerIsActive,
  ).map(({ key, pointer }) => `${pointer} ${key.replace('rule.', '')}`)

describe('A Key Result', () => {
  test('with a measure, an active owner and a deadline in its cycle can be published', () => {
    expect(walls({})).toEqual([])
    expect(walls({ startsOn: null })).toEqual([])
    expect(walls({ measure: { kind: 'milestone', evidence: 'A signed contract', steps: [] } })).toEqual([])
  })

  test('names everything that is missing, in the order of a form', () => {
    const open = { start: null, baseline: false, target: null, by: null, unit: null }
    const nothing = { kind: 'increase' as const, ...open, phases: [] }
    expect(walls({ measure: nothing, deadline: null }, false)).toEqual([
      '/measure/start measurable.start',
      '/measure/target measurable.target',
      '/measure/unit measurable.unit',
      '/ownerId one-owner.inactive',
      '/deadline time-bound.no-deadline',
    ])
  })

  test('is measurable or it is none', () => {
    expect(walls({ measure: null })).toEqual(['/measure measurable.measure'])
    expect(walls({ measure: { kind: 'milestone', evidence: null, steps: [] } })).toEqual([
      '/measure/evidence measurable.evidence',
    ])
  })

  test('is due in its cycle, on its last day at the latest', () => {
    expect(walls({ deadline: '2027-01-01' })).toEqual(['/deadline time-bound.outside'])
    expect(walls({ deadline: '2026-09-30' })).toEqual(['/deadline time-bound.outside'])
    expect(walls({ deadline: '2026-10-01' })).toEqual([])
  })

  test('starts in its cycle, and not after its deadline', () => {
    expect(walls({ startsOn: '2026-09-30' })).toEqual(['/startsOn time-bound.start-outside'])
    expect(walls({ startsOn: '2026-12-02', deadline: '2026-12-01' })).toEqual([
      '/deadline time-bound.ends-before-start',
    ])
    expect(walls({ startsOn: '2026-12-01', deadline: '2026-12-01' })).toEqual([])
  })

  test('has its walls under the rule that each belongs to', () => {
    const rules = wallsAgainst({ measure: null, startsOn: null, deadline: null }, QUARTER, false).map(
      ({ rule }) => rule,
    )
    expect(rules).toEqual(['measurable', 'one-owner', 'time-bound'])
  })
})

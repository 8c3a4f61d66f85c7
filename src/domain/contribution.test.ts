import { describe, expect, test } from 'vitest'
import { mayDecide, stateWhenMade } from './alignment.ts'
import { whyNotRollUp } from './contribution.ts'
import type { Decimal } from './decimal.ts'
import type { Measure, Metric, Milestone } from './measure.ts'
import type { RollUp } from './roll-up.ts'
import { isAdditive, isCurrency } from './unit.ts'

const metric = (unit: string | null, kind: Metric['kind'] = 'increase', start: string | null = '0') =>
  ({ kind, start, baseline: false, target: '100', by: null, unit, phases: [] }) as unknown as Metric
const evidence: Milestone = { kind: 'milestone', evidence: 'A signed contract', steps: [] }

const why = (
  rollUp: RollUp,
  child: Measure | null,
  parent: Measure | null,
  { share = null, rollsUpBy = null }: { share?: string | null; rollsUpBy?: RollUp | null } = {},
) => {
  const found = whyNotRollUp(
    { measure: child },
    { measure: parent, rollsUpBy },
    { rollUp, share: share as Decimal | null },
    { seats: false },
  )
  return found && `${found.rule} ${found.why}`
}

describe('A sum', () => {
  test('takes a child of the same additive unit and the same direction', () => {
    expect(why('sum', metric('USD'), metric('USD'))).toBeNull()
    expect(why('sum', metric('customers'), metric('customers'))).toBeNull()
    expect(why('sum', metric('USD', 'decrease'), metric('USD', 'decrease'))).toBeNull()
  })

  test.each([
    ['another currency', metric('EUR'), metric('USD')],
    ['another direction', metric('USD', 'decrease'), metric('USD')],
    ['per cent', metric('%'), metric('%')],
    ['points', metric('points'), metric('points')],
    ['a duration', metric('weeks'), metric('weeks')],
    ['no unit yet', metric(null), metric(null)],
    ['a milestone', evidence, metric('USD')],
    ['nothing measured yet', null, metric('USD')],
  ])('does not take a child of %s without a share', (_, child, parent) => {
    expect(why('sum', child, parent)).toBe('like-sums-with-like unlike')
    expect(why('sum', child, parent, { share: '10' })).toBeNull()
  })
})

describe('All counting links into one Key Result', () => {
  test('roll up the same way', () => {
    expect(why('sum', metric('USD'), metric('USD'), { rollsUpBy: 'average' })).toBe('one-roll-up mixed')
    expect(why('average', metric('USD'), metric('USD'), { rollsUpBy: 'sum' })).toBe('one-roll-up mixed')
    expect(why('average', metric('USD'), metric('USD'), { rollsUpBy: 'average' })).toBeNull()
  })

  test('leave room for one that is only shown, whatever it measures', () => {
    expect(why('shown', evidence, metric('USD'), { rollsUpBy: 'average' })).toBeNull()
    expect(why('shown', null, evidence)).toBeNull()
  })

  test('lead to an increase or a decrease, never to a milestone', () => {
    expect(why('sum', metric('USD'), evidence, { share: '1' })).toBe('one-roll-up no-parent')
    expect(why('average', metric('USD'), evidence)).toBe('one-roll-up no-parent')
    expect(why('average', metric('USD'), null)).toBe('one-roll-up no-parent')
  })

  test('average whatever they measure, into a parent that knows its start', () => {
    expect(why('average', evidence, metric('%'))).toBeNull()
    expect(why('average', metric('weeks', 'decrease'), metric('%'))).toBeNull()
    expect(why('average', evidence, metric('%', 'increase', null))).toBe('one-roll-up average-start')
  })
})

describe('A unit', () => {
  test('can be added when it is a currency or a name of the organization’s', () => {
    expect(['USD', 'customers', 'pieces'].map((unit) => isAdditive(unit, {}))).toEqual([true, true, true])
  })

  test('cannot be added when it is a name of which the organization says so; a currency always can', () => {
    const names = { seats: false, customers: true, USD: false }
    expect(['seats', 'customers', 'pieces', 'USD'].map((unit) => isAdditive(unit, names))).toEqual([
      false,
      true,
      true,
      true,
    ])
    expect(why('sum', metric('seats'), metric('seats'))).toBe('like-sums-with-like unlike')
    expect(why('sum', metric('seats'), metric('seats'), { share: '10' })).toBeNull()
  })

  test('cannot be added when it is %, points or a duration', () => {
    const apart = ['%', 'points', 'minutes', 'hours', 'days', 'weeks', 'months', 'quarters', 'years']
    expect(apart.filter((unit) => isAdditive(unit, {}))).toEqual([])
  })

  test('is a currency when ISO 4217 says so', () => {
    expect(['USD', 'NOK', 'customers', 'usd'].map(isCurrency)).toEqual([true, true, false, false])
  })
})

describe('A link', () => {
  test('is accepted by making it where one speaks for both ends, and offered otherwise', () => {
    expect(stateWhenMade({ below: true, above: true })).toBe('accepted')
    expect(stateWhenMade({ below: true, above: false })).toBe('offered')
    expect(stateWhenMade({ below: false, above: true })).toBe('offered')
  })

  test('is decided on by the end that did not offer it', () => {
    expect(mayDecide({ offeredBy: 'below' }, { below: true, above: false })).toBe(false)
    expect(mayDecide({ offeredBy: 'below' }, { below: false, above: true })).toBe(true)
    expect(mayDecide({ offeredBy: 'above' }, { below: true, above: false })).toBe(true)
    expect(mayDecide({ offeredBy: 'above' }, { below: false, above: true })).toBe(false)
  })
})

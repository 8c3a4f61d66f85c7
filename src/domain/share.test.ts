import { describe, expect, test } from 'vitest'
import { decimal, ONE, units } from './decimal.ts'
import type { Measure, Metric, Milestone } from './measure.ts'
import { figures } from './roll-up.ts'
import { type Sharer, sharesOf } from './share.ts'

const metric = (kind: Metric['kind'], start: string | null, target: string | null, unit = 'USD') =>
  ({ kind, start, baseline: false, target, by: null, unit, phases: [] }) as Metric
const evidence: Milestone = { kind: 'milestone', evidence: 'A signed contract', steps: [] }
const SALES = metric('increase', '0', '1000000')

function sharer(measure: Measure, more: Partial<Sharer> = {}, value: string | null = null): Sharer {
  const said = value === null ? null : units(value)
  const reported = { value: said, first: said, byDay: [], stepsDone: [], done: false }
  const terms = {
    rollUp: 'sum',
    share: null,
    weight: ONE,
    state: 'published',
    conforms: true,
    link: 'accepted',
  } as const
  return { ...figures(measure, reported, []), measure, ...terms, ...more }
}

const shares = (parent: Metric, kept: string, ...sharers: Sharer[]) => {
  const found = sharesOf(parent, units(kept), sharers)
  return found && Object.fromEntries(Object.entries(found).map(([name, value]) => [name, decimal(value)]))
}

describe('A target that is shared', () => {
  test('of 1,000,000 of which 300,000, 350,000 and 250,000 are taken has a gap of 100,000', () => {
    const regions = ['300000', '350000', '250000'].map((target) => sharer(metric('increase', '0', target)))
    expect(shares(SALES, '0', ...regions)).toEqual({
      need: '1000000',
      kept: '0',
      taken: '900000',
      offered: '0',
      gap: '100000',
    })
  })

  test('of 300,000 of which a share of 90,000 is taken has 210,000 open', () => {
    const maya = sharer(metric('increase', '0', '3', 'customers'), { share: units('90000') })
    expect(shares(metric('increase', '0', '300000'), '0', maya)?.gap).toBe('210000')
  })

  test('counts what is kept, taken and offered, each apart', () => {
    const taken = sharer(metric('increase', '0', '300000'))
    const offered = sharer(metric('increase', '0', '350000'), { link: 'offered' })
    expect(shares(SALES, '50000', taken, offered)).toEqual({
      need: '1000000',
      kept: '50000',
      taken: '350000',
      offered: '350000',
      gap: '300000',
    })
  })

  test('can be oversubscribed: the gap is negative', () => {
    expect(shares(metric('increase', '0', '100'), '30', sharer(metric('increase', '0', '90')))?.gap).toBe('-20')
  })

  test('that decreases needs the way down, and its children take theirs', () => {
    const costs = metric('decrease', '500000', '400000')
    expect(shares(costs, '0', sharer(metric('decrease', '90000', '60000')))).toMatchObject({
      need: '100000',
      taken: '30000',
      gap: '70000',
    })
  })

  test('gives nothing to averages and to what is only shown', () => {
    const apart = [sharer(SALES, { rollUp: 'average' }), sharer(SALES, { rollUp: 'shown' })]
    expect(shares(SALES, '0', ...apart)?.taken).toBe('0')
  })

  test('gives a child without a start nothing until its baseline', () => {
    expect(shares(SALES, '0', sharer(metric('increase', null, '300000')))?.taken).toBe('0')
  })

  test('gives a milestone its share', () => {
    expect(shares(SALES, '0', sharer(evidence, { share: units('50000') }), sharer(evidence))?.taken).toBe('50000')
  })

  test('gives a closed or cancelled child what it has added, a postponed one what it has promised', () => {
    const stopped = (state: 'closed' | 'cancelled' | 'postponed') =>
      shares(SALES, '0', sharer(metric('increase', '0', '300000'), { state }, '60000'))?.taken
    expect([stopped('closed'), stopped('cancelled'), stopped('postponed')]).toEqual(['60000', '60000', '300000'])
    const customers = sharer(metric('increase', '0', '3', 'customers'), { state: 'closed', share: units('90000') }, '2')
    expect(shares(SALES, '0', customers)?.taken).toBe('60000')
  })

  test('is not known while start or target is open', () => {
    expect(shares(metric('increase', null, '5'), '0')).toBeNull()
    expect(shares(metric('increase', '0', null), '0')).toBeNull()
  })
})

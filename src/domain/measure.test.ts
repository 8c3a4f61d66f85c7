import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decimal, ratioText, units } from './decimal.ts'
import {
  gapsIn,
  type Metric,
  type Milestone,
  metricFraction,
  milestoneFraction,
  pointsTheRightWay,
  progressOf,
  targetBy,
} from './measure.ts'

const metric = (kind: Metric['kind'], start: string | null, target: string | null, unit: string | null = 'USD') =>
  ({ kind, start, baseline: false, target, by: null, unit, phases: [] }) as Metric
const milestone = (...weights: string[]): Milestone => ({
  kind: 'milestone',
  evidence: 'A signed contract',
  steps: weights.map((weight, index) => ({
    id: `step-${index}`,
    title: `Step ${index}`,
    weight: weight as Decimal,
    deadline: null,
  })),
})
const at = (measure: Metric, current: string) => {
  const progress = progressOf(metricFraction(measure, units(current)))
  return progress === null ? null : ratioText(progress)
}
const stands = (measure: Milestone, stepsDone: string[], done = false) =>
  ratioText(progressOf(milestoneFraction(measure, { stepsDone, done })) as bigint)

describe('A measure', () => {
  test('of an increase or a decrease lacks its start, its target or its unit', () => {
    expect(gapsIn(metric('increase', null, null, null))).toEqual(['start', 'target', 'unit'])
    expect(gapsIn(metric('decrease', '90', null, 'days'))).toEqual(['target'])
    expect(gapsIn(metric('increase', '0', '100', 'customers'))).toEqual([])
  })

  test('of a milestone lacks what will count as evidence, never its steps', () => {
    expect(gapsIn(milestone())).toEqual([])
    expect(gapsIn({ ...milestone('1'), evidence: null })).toEqual(['evidence'])
    expect(gapsIn({ ...milestone('1'), evidence: '' })).toEqual(['evidence'])
  })

  test('may be missing as a whole', () => {
    expect(gapsIn(null)).toEqual(['measure'])
  })
})

describe('An increase', () => {
  test('has its target above its start', () => {
    expect(pointsTheRightWay(metric('increase', '0', '100'))).toBe(true)
    expect(pointsTheRightWay(metric('increase', '100', '100'))).toBe(false)
    expect(pointsTheRightWay(metric('increase', '100', '99.999999'))).toBe(false)
    expect(pointsTheRightWay(metric('increase', '-5', '-4'))).toBe(true)
    expect(pointsTheRightWay(metric('increase', null, '100'))).toBeNull()
  })

  test('by 25 % from 200 is 250, and by 50 is 250', () => {
    expect(targetBy('increase', '200' as Decimal, { percent: '25' as Decimal })).toBe('250')
    expect(targetBy('increase', '200' as Decimal, { amount: '50' as Decimal })).toBe('250')
  })

  test('stands where it stands, also above its target and below its start', () => {
    const sales = metric('increase', '0', '1000000')
    expect(['0', '60000', '1180000', '-50000'].map((value) => at(sales, value))).toEqual(['0', '0.06', '1.18', '-0.05'])
  })
})

describe('A decrease', () => {
  test('has its target below its start', () => {
    expect(pointsTheRightWay(metric('decrease', '90', '60'))).toBe(true)
    expect(pointsTheRightWay(metric('decrease', '60', '90'))).toBe(false)
    expect(pointsTheRightWay(metric('decrease', '60', '60'))).toBe(false)
    expect(pointsTheRightWay(metric('decrease', '60', null))).toBeNull()
  })

  test('by 25 % from 200 is 150, and by 50 is 150', () => {
    expect(targetBy('decrease', '200' as Decimal, { percent: '25' as Decimal })).toBe('150')
    expect(targetBy('decrease', '200' as Decimal, { amount: '50' as Decimal })).toBe('150')
  })

  test('from 90 days to 60 stands at two thirds with 70', () => {
    expect(at(metric('decrease', '90', '60', 'days'), '70')).toBe('0.666666666667')
    expect(at(metric('decrease', '4', '2', 'weeks'), '2.8')).toBe('0.6')
  })
})

describe('A distance in per cent', () => {
  test('is rounded once, half to even, to six places', () => {
    expect(targetBy('increase', '0.000001' as Decimal, { percent: '50' as Decimal })).toBe('0.000001')
    expect(targetBy('increase', '0.000003' as Decimal, { percent: '50' as Decimal })).toBe('0.000005')
  })

  test('of a start below zero goes the way the measure goes', () => {
    expect(targetBy('increase', '-200' as Decimal, { percent: '25' as Decimal })).toBe('-150')
    expect(targetBy('decrease', '-200' as Decimal, { percent: '25' as Decimal })).toBe('-250')
  })
})

describe('A milestone', () => {
  test('without steps is 0 until it is said to be done, then 1', () => {
    expect(stands(milestone(), [])).toBe('0')
    expect(stands(milestone(), [], true)).toBe('1')
  })

  test('with steps stands at the weight of the steps done', () => {
    expect(stands(milestone('1', '3'), ['step-0'])).toBe('0.25')
    expect(stands(milestone('1', '3'), ['step-1'])).toBe('0.75')
    expect(stands(milestone('1', '1', '1'), ['step-2', 'step-0'])).toBe('0.666666666667')
  })

  test('with all its steps done stays at 0.99 until it is said to be done', () => {
    expect(stands(milestone('1', '3'), ['step-0', 'step-1'])).toBe('0.99')
    expect(stands(milestone('1', '3'), ['step-0', 'step-1'], true)).toBe('1')
    expect(stands(milestone('99', '1'), ['step-0'])).toBe('0.99')
    expect(stands(milestone('995', '5'), ['step-0'])).toBe('0.99')
    expect(stands(milestone('98', '2'), ['step-0'])).toBe('0.98')
  })

  test('counts each step the same where all weigh nothing', () => {
    expect(stands(milestone('0', '0'), ['step-0'])).toBe('0.5')
    expect(stands(milestone('0', '2'), ['step-0'])).toBe('0')
  })

  test('does not count a step twice, nor one it does not have', () => {
    expect(stands(milestone('1', '1'), ['step-0', 'step-0', 'elsewhere'])).toBe('0.5')
  })

  test('is said to be done without its steps too', () => {
    expect(stands(milestone('1', '1'), ['step-0'], true)).toBe('1')
  })
})

test('Progress is the way gone over the whole way, whatever the numbers', () => {
  const millionths = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
  fc.assert(
    fc.property(millionths, millionths, millionths, (start, target, current) => {
      fc.pre(start !== target)
      const text = (value: bigint) =>
        `${value < 0n ? '-' : ''}${(value < 0n ? -value : value) / 1000000n}.${String((value < 0n ? -value : value) % 1000000n).padStart(6, '0')}`
      const measure = metric(target > start ? 'increase' : 'decrease', text(start), text(target))
      const progress = progressOf(metricFraction(measure, current)) as bigint
      // Off by at most half of the last place: |2·(p·way − gone·10¹²)| ≤ |way|.
      const off = 2n * (progress * (target - start) - (current - start) * 10n ** 12n)
      const way = target - start
      expect((off < 0n ? -off : off) <= (way < 0n ? -way : way)).toBe(true)
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day, daysBetween } from './day.ts'
import { type Decimal, ratioText, WHOLE } from './decimal.ts'
import type { Measure, Metric, Milestone } from './measure.ts'
import { paceOf } from './pace.ts'

const QUARTER = { startsOn: '2026-10-01', deadline: '2026-12-31' as Day | null }
const metric = (more: Partial<Metric> = {}) =>
  ({
    kind: 'increase',
    start: '0',
    target: '100',
    unit: 'USD',
    baseline: false,
    by: null,
    phases: [],
    ...more,
  }) as Metric
const phases = (...points: [Day, string][]) => points.map(([on, value]) => ({ on, value: value as Decimal }))
const milestone = (...steps: [weight: string, deadline: Day | null][]): Milestone => ({
  kind: 'milestone',
  evidence: 'A signed contract',
  steps: steps.map(([weight, deadline], index) => ({
    id: `step-${index}`,
    title: `Step ${index}`,
    weight: weight as Decimal,
    deadline,
  })),
})
const on = (measure: Measure | null, day: Day, span = QUARTER) => {
  const pace = paceOf({ measure, ...span }, day, 5)
  return pace === null ? null : ratioText(pace)
}

describe('An increase or a decrease', () => {
  test('is expected to move by the same part every day, at the end of each', () => {
    const december = { startsOn: '2026-12-01', deadline: '2026-12-10' }
    const days = ['2026-11-30', '2026-12-01', '2026-12-05', '2026-12-09', '2026-12-10', '2026-12-11']
    expect(days.map((day) => on(metric(), day, december))).toEqual(['0', '0.1', '0.5', '0.9', '1', '1'])
  })

  test('is divided once, to twelve places: on 23 November 54 of 92 days are over', () => {
    expect(on(metric(), '2026-11-23')).toBe('0.586956521739')
  })

  test('that starts and ends on one day is expected whole on it', () => {
    const oneDay = { startsOn: '2026-12-24', deadline: '2026-12-24' }
    expect(['2026-12-23', '2026-12-24'].map((day) => on(metric(), day, oneDay))).toEqual(['0', '1'])
  })

  test('needs no start for it, and no target: a baseline’s pace is known before the baseline is', () => {
    expect(on(metric({ start: null, target: null, baseline: true }), '2026-12-31')).toBe('1')
  })

  test('has none without a deadline, with one before its start, and without a measure', () => {
    const spans = [null, '2026-09-30'].map((deadline) => on(metric(), '2026-11-23', { ...QUARTER, deadline }))
    expect([...spans, on(null, '2026-11-23')]).toEqual([null, null, null])
  })
})

describe('With phases', () => {
  const december = { startsOn: '2026-12-01', deadline: '2026-12-20' }
  const slow = metric({ phases: phases(['2026-12-10', '20']) })

  test('what a phase says is expected at the end of its day, and a straight line leads there and on', () => {
    const days = ['2026-11-30', '2026-12-01', '2026-12-05', '2026-12-10', '2026-12-15', '2026-12-20', '2026-12-21']
    expect(days.map((day) => on(slow, day, december))).toEqual(['0', '0.02', '0.1', '0.2', '0.6', '1', '1'])
  })

  test('a decrease is expected to fall from phase to phase, in whatever order they were written', () => {
    const falls = metric({ kind: 'decrease', start: '90' as Decimal, target: '60' as Decimal })
    const steps = phases(['2026-12-15', '63'], ['2026-12-10', '84'])
    const days = ['2026-12-05', '2026-12-10', '2026-12-15']
    expect(days.map((day) => on({ ...falls, phases: steps }, day, december))).toEqual(['0.1', '0.2', '0.9'])
  })

  test('nothing is expected of them while start or target is open', () => {
    const open = metric({ start: null, target: null, baseline: true, phases: phases(['2026-12-10', '20']) })
    expect(on(open, '2026-12-10', december)).toBeNull()
  })

  test('a phase on the last day gives way to the target', () => {
    expect(on(metric({ phases: phases(['2026-12-20', '50']) }), '2026-12-20', december)).toBe('1')
  })
})

describe('What is maintained', () => {
  test('is expected always, less what it may miss', () => {
    const maintain: Measure = { kind: 'maintain', atLeast: '99' as Decimal, atMost: null, unit: '%' }
    expect(['2026-10-01', '2026-12-31'].map((day) => on(maintain, day))).toEqual(['0.95', '0.95'])
    expect(paceOf({ measure: maintain, ...QUARTER }, '2026-10-01', 0)).toBe(WHOLE)
  })
})

describe('A milestone', () => {
  test('is expected once its deadline is over: not on the day, on the day after', () => {
    const days = ['2026-10-01', '2026-12-31', '2027-01-01']
    expect(days.map((day) => on(milestone(), day))).toEqual(['0', '0', '1'])
  })

  test('has its steps expected by their own deadlines, by weight; one without by the whole’s', () => {
    const steps = milestone(['1', '2026-10-31'], ['2', '2026-11-30'], ['1', null])
    const days = ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01']
    expect(days.map((day) => on(steps, day))).toEqual(['0', '0.25', '0.25', '0.75', '0.75', '1'])
  })

  test('of steps alone is expected no further than it can be before it is said to be done', () => {
    expect(on(milestone(['1', '2026-10-31']), '2026-12-01')).toBe('0.99')
  })

  test('counts its steps alike where none weighs anything', () => {
    expect(on(milestone(['0', '2026-10-31'], ['0', null]), '2026-12-01')).toBe('0.5')
  })

  test('without a deadline is never overdue, its steps are', () => {
    const open = { ...QUARTER, deadline: null }
    expect([
      on(milestone(), '2030-01-01', open),
      on(milestone(['1', '2026-10-31'], ['1', null]), '2030-01-01', open),
    ]).toEqual(['0', '0.5'])
  })
})

/** What is expected after each day, found by walking through the days one after the other, in plain numbers. */
function walked(span: { startsOn: Day; deadline: Day }, points: { on: Day; value: number }[], day: Day): number {
  const anchors = [{ on: addDays(span.startsOn, -1), value: 0 }, ...points, { on: span.deadline, value: 100 }]
  if (day < span.startsOn) return 0
  if (day >= span.deadline) return 1
  const index = anchors.findIndex(({ on }) => on >= day)
  const [from, to] = [anchors[index - 1], anchors[index]] as [(typeof anchors)[0], (typeof anchors)[0]]
  const daily = (to.value - from.value) / daysBetween(from.on, to.on)
  let value = from.value
  for (let at = from.on; at < day; at = addDays(at, 1)) value += daily
  return value / 100
}

test('Whatever the days and the phases, pace is where a walk from day to day arrives', () => {
  const drawn = fc.record({
    length: fc.integer({ min: 1, max: 120 }),
    offset: fc.integer({ min: -5, max: 130 }),
    phases: fc.array(fc.tuple(fc.nat(119), fc.integer({ min: 0, max: 100 })), { maxLength: 4 }),
  })
  fc.assert(
    fc.property(drawn, ({ length, offset, phases: drawnPhases }) => {
      const startsOn = '2026-10-01'
      const span = { startsOn, deadline: addDays(startsOn, length - 1) }
      const points = [...new Map(drawnPhases)]
        .map(([after, value]) => ({ on: addDays(startsOn, after), value }))
        .filter((point) => point.on < span.deadline)
        .sort((a, b) => (a.on < b.on ? -1 : 1))
      const day = addDays(startsOn, offset)
      const measure = metric({ phases: points.map((point) => ({ ...point, value: `${point.value}` as Decimal })) })
      const pace = paceOf({ measure, ...span }, day, 5) as bigint
      expect(Number(pace) / 1e12).toBeCloseTo(walked(span, points, day), 9)
    }),
    { numRuns: 1000 },
  )
})

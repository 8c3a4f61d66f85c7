import { describe, expect, test } from 'vitest'
import { decimal, ONE, ratioText, units, WHOLE } from './decimal.ts'
import type { Measure, Metric, Milestone, Reported } from './measure.ts'
import { type Contributor, figures, objectiveProgress, type Weighed } from './roll-up.ts'

const metric = (kind: Metric['kind'], start: string | null, target: string | null, unit = 'USD') =>
  ({ kind, start, baseline: false, target, by: null, unit, phases: [] }) as Metric
const said = (value: string | null): Reported => ({
  value: value === null ? null : units(value),
  first: value === null ? null : units(value),
  byDay: [],
  stepsDone: [],
  done: false,
})
const UNSAID = said(null)

/** A child that is published and conforms, unless said otherwise, with its own report. */
function child(measure: Measure, value: string | null, link: Partial<Contributor> = {}): Contributor {
  const terms = { rollUp: 'sum', share: null, weight: ONE, state: 'published', conforms: true } as const
  return { ...figures(measure, said(value), []), measure, ...terms, ...link }
}

const stands = (measure: Measure, value: string | null, children: Contributor[] = []) => {
  const { current, progress } = figures(measure, said(value), children)
  return [current === null ? null : decimal(current), progress === null ? null : ratioText(progress)]
}

const SALES = metric('increase', '0', '1000000')
const REGION = metric('increase', '0', '300000')
const CUSTOMERS = metric('increase', '0', '3', 'customers')
const evidence: Milestone = { kind: 'milestone', evidence: 'A signed contract', steps: [] }

describe('A sum', () => {
  test('adds what its children have moved from their starts to what its owner reports on top', () => {
    const regions = [child(REGION, '60000'), child(metric('increase', '50000', '350000'), '70000')]
    expect(stands(SALES, null, regions)).toEqual(['80000', '0.08'])
    expect(stands(SALES, '100000', regions)).toEqual(['180000', '0.18'])
  })

  test('begins its own part at its start', () => {
    expect(stands(metric('increase', '200', '300'), null, [child(REGION, '10')])).toEqual(['210', '0.1'])
  })

  test('adds a share times the child’s progress: two of three customers are 60,000 of 90,000', () => {
    const maya = child(CUSTOMERS, '2', { share: units('90000') })
    expect(stands(REGION, null, [maya])).toEqual(['60000', '0.2'])
  })

  test('multiplies a share before it divides: 3,000,000 at two of three adds exactly 2,000,000', () => {
    const exact = child(CUSTOMERS, '2', { share: units('3000000') })
    expect(stands(metric('increase', '0', '5000000'), null, [exact])[0]).toBe('2000000')
  })

  test('rounds a share once, half to even, to six places', () => {
    const third = (share: string) => stands(SALES, null, [child(CUSTOMERS, '1', { share: units(share) })])[0]
    expect([third('0.000001'), third('0.000002'), third('100')]).toEqual(['0', '0.000001', '33.333333'])
    const half = child(metric('increase', '0', '2'), '1', { share: units('0.000003') })
    expect(stands(SALES, null, [half])[0]).toBe('0.000002')
  })

  test('counts a share unclamped, above its promise and below its start', () => {
    const promised = { share: units('90000') }
    expect(stands(REGION, null, [child(CUSTOMERS, '6', promised)])[0]).toBe('180000')
    expect(stands(REGION, null, [child(CUSTOMERS, '-1', promised)])[0]).toBe('-30000')
  })

  test('that decreases is lowered by a share', () => {
    const costs = metric('decrease', '500000', '400000')
    expect(stands(costs, null, [child(CUSTOMERS, '2', { share: units('30000') })])).toEqual(['480000', '0.2'])
  })

  test('that decreases adds a child of the same unit as it has moved', () => {
    const costs = metric('decrease', '500000', '400000')
    expect(stands(costs, null, [child(metric('decrease', '90000', '60000'), '70000')])).toEqual(['480000', '0.2'])
  })

  test('counts a child of the same unit by its share where it states one', () => {
    expect(stands(SALES, null, [child(REGION, '60000', { share: units('30000') })])[0]).toBe('6000')
  })

  test('takes a milestone by its share', () => {
    const done = (value: boolean) => ({
      ...child(evidence, null, { share: units('50000') }),
      ...figures(evidence, { ...UNSAID, done: value }, []),
    })
    expect([done(false), done(true)].map((one) => stands(SALES, null, [one])[0])).toEqual(['0', '50000'])
  })

  test('gets 0 from a child without progress, with a share and without', () => {
    const open = metric('increase', null, '300000')
    expect(stands(SALES, '7', [child(open, '90000'), child(open, '90000', { share: units('10') })])[0]).toBe('7')
  })

  test('keeps what closed, cancelled and postponed children have added', () => {
    const kept = (['closed', 'cancelled', 'postponed'] as const).map((state) => child(REGION, '10', { state }))
    expect(stands(SALES, null, kept)[0]).toBe('30')
  })

  test('gets nothing from drafts, from what does not conform, and from what is only shown', () => {
    const silent = [
      child(REGION, '10', { state: 'draft' }),
      child(REGION, '10', { state: 'discarded' }),
      child(REGION, '10', { conforms: false }),
      child(REGION, '10', { rollUp: 'shown' }),
    ]
    expect(stands(SALES, '5', silent)[0]).toBe('5')
  })
})

describe('An average', () => {
  const half = child(metric('increase', '0', '2'), '1', { rollUp: 'average' })
  const full = child(metric('increase', '0', '2'), '2', { rollUp: 'average' })
  const nps = metric('increase', '40', '60', 'points')

  test('stands as far on its way as its children do in the mean', () => {
    expect(stands(nps, null, [half, full])).toEqual(['55', '0.75'])
  })

  test('weighs its children by their links, and counts each the same where all weigh nothing', () => {
    expect(stands(nps, null, [{ ...half, weight: 3n * ONE }, full])[0]).toBe('52.5')
    expect(stands(nps, null, [{ ...half, weight: 0n }, full])[0]).toBe('60')
    const weightless = [half, full].map((one) => ({ ...one, weight: 0n }))
    expect(stands(nps, null, weightless)[0]).toBe('55')
  })

  test('takes its children’s progress clamped', () => {
    const beyond = child(metric('increase', '0', '2'), '9', { rollUp: 'average' })
    const below = child(metric('increase', '0', '2'), '-9', { rollUp: 'average' })
    expect(stands(nps, null, [beyond, below])[0]).toBe('50')
  })

  test('is rounded once, to six places', () => {
    const thirds = child(metric('increase', '0', '3'), '1', { rollUp: 'average' })
    expect(stands(metric('increase', '0', '1', '%'), null, [thirds])).toEqual(['0.333333', '0.333333'])
  })

  test('leaves out cancelled children and those without progress, and keeps closed and postponed ones', () => {
    const gone = { ...full, state: 'cancelled' as const }
    const open = child(metric('increase', null, '2'), '1', { rollUp: 'average' })
    expect(stands(nps, null, [half, gone, open])[0]).toBe('50')
    expect(stands(nps, null, [half, { ...full, state: 'closed' }])[0]).toBe('55')
    expect(stands(nps, null, [half, { ...full, state: 'postponed' }])[0]).toBe('55')
  })

  test('of children of which none has progress stands at its start', () => {
    const open = child(metric('increase', null, '2'), '1', { rollUp: 'average' })
    expect(stands(nps, '58', [open])).toEqual(['40', '0'])
    expect(stands(nps, '58', [{ ...full, state: 'cancelled' }])).toEqual(['40', '0'])
  })

  test('of children that are not published yet stands at its start too: the link is there', () => {
    expect(stands(nps, '58', [{ ...full, state: 'draft' }])).toEqual(['40', '0'])
    expect(stands(nps, '58', [{ ...full, conforms: false }])).toEqual(['40', '0'])
  })

  test('stands at its own last value again when no such link is left', () => {
    expect(stands(nps, '58', [])).toEqual(['58', '0.9'])
    expect(stands(nps, '58', [{ ...full, rollUp: 'shown' }])).toEqual(['58', '0.9'])
  })
})

describe('A Key Result', () => {
  test('without a measure, or without a start, has no progress', () => {
    expect(figures(null, said('5'), [])).toEqual({ current: null, progress: null, fraction: null })
    expect(stands(metric('increase', null, '100'), '5')).toEqual(['5', null])
    expect(stands(metric('increase', '0', null), '5')).toEqual(['5', null])
  })

  test('that nobody has reported on stands at its start', () => {
    expect(stands(metric('decrease', '90', '60', 'days'), null)).toEqual(['90', '0'])
  })
})

describe('An Objective', () => {
  const weighed = (progress: string | null, weight: string, more: Partial<Weighed> = {}): Weighed => ({
    progress: progress === null ? null : (units(progress) * WHOLE) / ONE,
    weight: units(weight),
    state: 'published',
    conforms: true,
    countedThrough: false,
    ...more,
  })
  const progress = (...keyResults: Weighed[]) => {
    const found = objectiveProgress(keyResults)
    return found === null ? null : ratioText(found)
  }

  test('is the weighted mean of its Key Results: 0.2 at weight 1 and 0.6 at weight 3 are 0.5', () => {
    expect(progress(weighed('0.2', '1'), weighed('0.6', '3'))).toBe('0.5')
  })

  test('takes the plain mean where all weights are 0', () => {
    expect(progress(weighed('0.2', '0'), weighed('0.6', '0'))).toBe('0.4')
    expect(progress(weighed('0.2', '0'), weighed('0.6', '1'))).toBe('0.6')
  })

  test('clamps each: 118 % and −50 % are half the way', () => {
    expect(progress(weighed('1.18', '1'), weighed('-0.5', '1'))).toBe('0.5')
  })

  test('leaves out drafts, postponed, cancelled, not conforming ones, those without progress and those counted through another', () => {
    const left = [
      weighed('1', '1', { state: 'draft' }),
      weighed('1', '1', { state: 'discarded' }),
      weighed('1', '1', { state: 'postponed' }),
      weighed('1', '1', { state: 'cancelled' }),
      weighed('1', '1', { conforms: false }),
      weighed(null, '1'),
      weighed('1', '1', { countedThrough: true }),
    ]
    expect(progress(weighed('0.2', '1'), ...left)).toBe('0.2')
    expect(progress(...left)).toBeNull()
  })

  test('keeps closed ones', () => {
    expect(progress(weighed('0.2', '1'), weighed('0.6', '1', { state: 'closed' }))).toBe('0.4')
  })

  test('without a Key Result has no progress, which is not 0', () => {
    expect(progress()).toBeNull()
  })

  test('is divided once, to twelve places', () => {
    expect(progress(weighed('1', '1'), weighed('0', '1'), weighed('0', '1'))).toBe('0.333333333333')
  })
})

describe('Growth, cascaded', () => {
  test('two customers of three are 20 % of the region, 6 % of sales and 6 % of the Objective', () => {
    const maya = child(CUSTOMERS, '2', { share: units('90000') })
    expect(ratioText(maya.progress as bigint)).toBe('0.666666666667')
    const priya = { ...child(REGION, null), ...figures(REGION, UNSAID, [maya]) }
    expect([priya.current, priya.progress].map(String)).toEqual(['60000000000', '200000000000'])
    const daniel = figures(SALES, UNSAID, [
      priya,
      child(metric('increase', '0', '350000'), null),
      child(metric('increase', '0', '250000'), null),
    ])
    expect(decimal(daniel.current as bigint)).toBe('60000')
    const objective = objectiveProgress([
      { progress: daniel.progress, weight: ONE, state: 'published', conforms: true, countedThrough: false },
    ])
    expect(ratioText(objective as bigint)).toBe('0.06')
  })
})

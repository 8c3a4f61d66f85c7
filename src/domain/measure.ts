import type { Day } from './day.ts'
import { type Decimal, decimal, halfEven, magnitude, ratio, units } from './decimal.ts'
import type { Unit } from './unit.ts'

/** A weighted part of a milestone. `id` is what a check-in names when the step is done. */
export type Step = { id: string; title: string; weight: Decimal; deadline: Day | null }

/** What is to be reached by the end of a day, on the way to the target. */
export type Phase = { on: Day; value: Decimal }

/** So far from a start that may not be known yet. */
export type By = { percent: Decimal } | { amount: Decimal }

export type Metric = {
  kind: 'increase' | 'decrease'
  start: Decimal | null
  /** The start is not known yet: the first value reported is. */
  baseline: boolean
  target: Decimal | null
  /** Instead of a target, while the start is not known. */
  by: By | null
  unit: Unit | null
  phases: readonly Phase[]
}

/** A value that is to stay within its bounds: at least, at most, or both. */
export type Maintain = { kind: 'maintain'; atLeast: Decimal | null; atMost: Decimal | null; unit: Unit | null }

export type Milestone = { kind: 'milestone'; evidence: string | null; steps: readonly Step[] }

/** How one will know. A draft's may have gaps; `gapsIn` names them. */
export type Measure = Metric | Maintain | Milestone

export type MeasureGap = 'measure' | 'start' | 'target' | 'unit' | 'bound' | 'evidence'

/** What the rule `measurable` finds missing; empty when the measure is complete. */
export function gapsIn(measure: Measure | null): MeasureGap[] {
  if (measure === null) return ['measure']
  if (measure.kind === 'milestone') return measure.evidence ? [] : ['evidence']
  const gaps: MeasureGap[] = []
  if (measure.kind === 'maintain') {
    if (measure.atLeast === null && measure.atMost === null) gaps.push('bound')
  } else {
    if (measure.start === null && !measure.baseline) gaps.push('start')
    if (measure.target === null && measure.by === null) gaps.push('target')
  }
  if (measure.unit === null) gaps.push('unit')
  return gaps
}

/** Something that moves from a start to a target: what others may add to. */
export function isMetric(measure: Measure | null): measure is Metric {
  return measure?.kind === 'increase' || measure?.kind === 'decrease'
}

/** An increase has its target above its start, a decrease below; null while either is open. */
export function pointsTheRightWay(measure: Pick<Metric, 'kind' | 'start' | 'target'>): boolean | null {
  if (measure.start === null || measure.target === null) return null
  const way = units(measure.target) - units(measure.start)
  return measure.kind === 'increase' ? way > 0n : way < 0n
}

/** "By 25 %" from 200 is 250 increasing, 150 decreasing; "by 50" is 250 and 150. Rounded once, to 6 places. */
export function targetBy(kind: Metric['kind'], start: Decimal, by: By): Decimal {
  const from = units(start)
  const distance = 'percent' in by ? halfEven(magnitude(from) * units(by.percent), 100n * units('1')) : units(by.amount)
  return decimal(kind === 'increase' ? from + distance : from - distance)
}

/**
 * The measure as it holds: a baseline's start is the first value that was reported (in millionths; null while there is
 * none), and what is said "by 25 %" follows from it.
 */
export function effective<M extends Measure | null>(measure: M, first: bigint | null): M {
  if (!isMetric(measure) || !measure.baseline) return measure
  const start = first === null ? null : decimal(first)
  const target = measure.by === null ? measure.target : start && targetBy(measure.kind, start, measure.by)
  return { ...measure, start, target }
}

/** What the check-ins say, as far as progress depends on it. Values in millionths. */
export type Reported = {
  /** The one that holds: measured last. */
  value: bigint | null
  /** The one that was reported first. */
  first: bigint | null
  stepsDone: readonly string[]
  done: boolean
  /** The last value measured on each day, by day. */
  byDay: readonly { day: Day; value: bigint }[]
}

/** Progress as a fraction that is not yet divided: shares multiply before they divide. */
export type Fraction = { numerator: bigint; denominator: bigint }

/** How far a metric stands between start and target; null while one of them is open. */
export function metricFraction(measure: Pick<Metric, 'start' | 'target'>, current: bigint): Fraction | null {
  if (measure.start === null || measure.target === null) return null
  const denominator = units(measure.target) - units(measure.start)
  return denominator === 0n ? null : { numerator: current - units(measure.start), denominator }
}

/** 0, then the weight of the steps done over all, at most 0.99, and 1 once it is said to be done. */
export function milestoneFraction(measure: Milestone, reported: Pick<Reported, 'stepsDone' | 'done'>): Fraction {
  if (reported.done) return { numerator: 1n, denominator: 1n }
  const weightless = measure.steps.every((step) => units(step.weight) === 0n)
  const weigh = (step: Step) => (weightless ? 1n : units(step.weight))
  const all = measure.steps.reduce((sum, step) => sum + weigh(step), 0n)
  const done = measure.steps.filter((step) => reported.stepsDone.includes(step.id))
  const numerator = done.reduce((sum, step) => sum + weigh(step), 0n)
  if (all === 0n) return { numerator: 0n, denominator: 1n }
  return numerator * 100n > all * 99n ? { numerator: 99n, denominator: 100n } : { numerator, denominator: all }
}

/** Whether a value lies within the bounds, the bounds included. */
export function isInside({ atLeast, atMost }: Pick<Maintain, 'atLeast' | 'atMost'>, value: bigint): boolean {
  return (atLeast === null || value >= units(atLeast)) && (atMost === null || value <= units(atMost))
}

/** Progress in 10⁻¹² parts, as it is: below 0 and above 1 are possible. */
export function progressOf(fraction: Fraction | null): bigint | null {
  return fraction === null ? null : ratio(fraction.numerator, fraction.denominator)
}

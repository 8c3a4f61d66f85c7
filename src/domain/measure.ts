import { type Decimal, decimal, halfEven, magnitude, ratio, units } from './decimal.ts'
import type { Unit } from './unit.ts'

/** A weighted part of a milestone. `id` is what a check-in names when the step is done. */
export type Step = { id: string; title: string; weight: Decimal; deadline: string | null }

export type Metric = {
  kind: 'increase' | 'decrease'
  start: Decimal | null
  target: Decimal | null
  unit: Unit | null
}

export type Milestone = { kind: 'milestone'; evidence: string | null; steps: Step[] }

/** How one will know. A draft's may have gaps; `gapsIn` names them. */
export type Measure = Metric | Milestone

export type MeasureGap = 'measure' | 'start' | 'target' | 'unit' | 'evidence'

/** What the rule `measurable` finds missing; empty when the measure is complete. */
export function gapsIn(measure: Measure | null): MeasureGap[] {
  if (measure === null) return ['measure']
  if (measure.kind === 'milestone') return measure.evidence ? [] : ['evidence']
  const gaps: MeasureGap[] = []
  if (measure.start === null) gaps.push('start')
  if (measure.target === null) gaps.push('target')
  if (measure.unit === null) gaps.push('unit')
  return gaps
}

/** An increase has its target above its start, a decrease below; null while either is open. */
export function pointsTheRightWay(measure: Metric): boolean | null {
  if (measure.start === null || measure.target === null) return null
  const way = units(measure.target) - units(measure.start)
  return measure.kind === 'increase' ? way > 0n : way < 0n
}

/** "By 25 %" from 200 is 250 increasing, 150 decreasing; "by 50" is 250 and 150. Rounded once, to 6 places. */
export function targetBy(
  kind: Metric['kind'],
  start: Decimal,
  by: { percent: Decimal } | { amount: Decimal },
): Decimal {
  const from = units(start)
  const distance = 'percent' in by ? halfEven(magnitude(from) * units(by.percent), 100n * units('1')) : units(by.amount)
  return decimal(kind === 'increase' ? from + distance : from - distance)
}

/** What a check-in said last, as far as progress depends on it. Values in millionths. */
export type Reported = { value: bigint | null; stepsDone: readonly string[]; done: boolean }

/** Progress as a fraction that is not yet divided: shares multiply before they divide. */
export type Fraction = { numerator: bigint; denominator: bigint }

/** How far a metric stands between start and target; null while one of them is open. */
export function metricFraction(measure: Metric, current: bigint): Fraction | null {
  if (measure.start === null || measure.target === null) return null
  const denominator = units(measure.target) - units(measure.start)
  return denominator === 0n ? null : { numerator: current - units(measure.start), denominator }
}

/** 0, then the weight of the steps done over all, at most 0.99, and 1 once it is said to be done. */
export function milestoneFraction(measure: Milestone, reported: Reported): Fraction {
  if (reported.done) return { numerator: 1n, denominator: 1n }
  const weightless = measure.steps.every((step) => units(step.weight) === 0n)
  const weigh = (step: Step) => (weightless ? 1n : units(step.weight))
  const all = measure.steps.reduce((sum, step) => sum + weigh(step), 0n)
  const done = measure.steps.filter((step) => reported.stepsDone.includes(step.id))
  const numerator = done.reduce((sum, step) => sum + weigh(step), 0n)
  if (all === 0n) return { numerator: 0n, denominator: 1n }
  return numerator * 100n > all * 99n ? { numerator: 99n, denominator: 100n } : { numerator, denominator: all }
}

/** Progress in 10⁻¹² parts, as it is: below 0 and above 1 are possible. */
export function progressOf(fraction: Fraction | null): bigint | null {
  return fraction === null ? null : ratio(fraction.numerator, fraction.denominator)
}

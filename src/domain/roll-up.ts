import { type Day, daysBetween, later } from './day.ts'
import { clamp, halfEven, ONE, ratio, units, WHOLE } from './decimal.ts'
import {
  effective,
  type Fraction,
  isInside,
  isMetric,
  type Maintain,
  type Measure,
  type Metric,
  metricFraction,
  milestoneFraction,
  progressOf,
  type Reported,
} from './measure.ts'

export type RollUp = 'sum' | 'average' | 'shown'

/** draft, then published; closed, cancelled and postponed are frozen: the value and what it adds stay. */
export type State = 'draft' | 'published' | 'postponed' | 'closed' | 'cancelled' | 'discarded'

/** A Key Result's derived figures: value in millionths, progress in 10⁻¹² parts. */
export type Figures = { current: bigint | null; progress: bigint | null; fraction: Fraction | null }

/** A child that contributes, its measure as it holds, with the accepted link's terms. `share` and `weight` in millionths. */
export type Contributor = Figures & {
  measure: Measure | null
  state: State
  conforms: boolean
  rollUp: RollUp
  share: bigint | null
  weight: bigint
}

/** The days that a maintained value is judged on: from its start day to today, or to its deadline once that is over. */
export type Span = { from: Day; to: Day }

/** What a Key Result stands at, from its own reports and those that contribute to it. Source: DOMAIN.md, Arithmetic. */
export function figures(
  entered: Measure | null,
  reported: Reported,
  children: readonly Contributor[],
  span: Span | null = null,
): Figures {
  const measure = effective(entered, reported.first)
  if (measure === null) return NOTHING
  if (measure.kind === 'milestone') {
    const fraction = milestoneFraction(measure, reported)
    return { current: null, fraction, progress: progressOf(fraction) }
  }
  if (measure.kind === 'maintain') {
    const fraction = span && maintainedFraction(measure, reported, span)
    return { current: reported.value, fraction, progress: progressOf(fraction) }
  }
  if (measure.start === null) return { ...NOTHING, current: reported.value }
  const start = units(measure.start)
  const counting = children.filter((child) => child.rollUp !== 'shown' && countsAtAll(child))
  // The link decides, not whether its child counts yet: own holds again when the last such link ends.
  const current = children.some((child) => child.rollUp === 'average')
    ? averaged(measure, start, counting)
    : (reported.value ?? start) + counting.reduce((sum, child) => sum + adds(measure, child), 0n)
  const fraction = metricFraction(measure, current)
  return { current, fraction, progress: progressOf(fraction) }
}

/**
 * Of the days from the first report (not before the start day) the share at whose end the value was within its bounds;
 * without a new one the last holds. Null before there is a day to judge.
 */
export function maintainedFraction(measure: Maintain, { byDay }: Pick<Reported, 'byDay'>, span: Span): Fraction | null {
  let inside = 0n
  let all = 0n
  byDay.forEach(({ day, value }, index) => {
    const next = byDay[index + 1]?.day
    const from = later(day, span.from)
    const days = BigInt(
      Math.max(0, next !== undefined && next <= span.to ? daysBetween(from, next) : daysBetween(from, span.to) + 1),
    )
    all += days
    if (isInside(measure, value)) inside += days
  })
  return all === 0n ? null : { numerator: inside, denominator: all }
}

/** What one child adds to a summing parent, in the parent's unit; 0 while it has no progress. */
export function adds(parent: Metric, child: Contributor): bigint {
  if (child.fraction === null || child.progress === null) return 0n
  if (child.share !== null) {
    const size = halfEven(child.share * child.fraction.numerator, child.fraction.denominator)
    return parent.kind === 'increase' ? size : -size
  }
  if (!isMetric(child.measure)) return 0n
  return (child.current ?? 0n) - units(child.measure.start ?? '0')
}

/** A Key Result as its Objective's mean sees it. `countedThrough`: it already counts in another of the same Objective. */
export type Weighed = {
  progress: bigint | null
  weight: bigint
  state: State
  conforms: boolean
  countedThrough: boolean
}

/** The Objective's progress: the weighted mean of its Key Results' clamped progress, or null when none counts. */
export function objectiveProgress(keyResults: readonly Weighed[]): bigint | null {
  return objectiveMean(keyResults, ({ progress }) => progress && clamp(progress))
}

/** The same mean over the same Key Results of something else that each has; where it has none, it is left out of that. */
export function objectiveMean<KeyResult extends Weighed>(
  keyResults: readonly KeyResult[],
  of: (keyResult: KeyResult) => bigint | null,
): bigint | null {
  const parts = weighed(keyResults.filter(countsInMean).map((one) => ({ value: of(one), weight: one.weight })))
  return parts === null ? null : ratio(parts.sum, parts.weight * WHOLE)
}

/** Whether it is one of those that an Objective's progress is the mean of. */
export function countsInMean(keyResult: Weighed): boolean {
  return standsInMean(keyResult) && !keyResult.countedThrough
}

/** Whether a Key Result has a place in its Objective's mean, leaving aside that it may count through another. */
export function standsInMean(keyResult: Omit<Weighed, 'countedThrough' | 'weight'>): boolean {
  const counted = keyResult.state === 'published' || keyResult.state === 'closed'
  return counted && keyResult.conforms && keyResult.progress !== null
}

/** The mean progress of what contributes to an average, cancelled ones left out; null while none has progress. */
export function meanProgress(children: readonly Contributor[]): bigint | null {
  const parts = averages(children)
  return parts === null ? null : ratio(parts.sum, parts.weight * WHOLE)
}

function averaged(measure: Metric, start: bigint, children: readonly Contributor[]): bigint {
  const parts = averages(children)
  if (parts === null || measure.target === null) return start
  return start + halfEven((units(measure.target) - start) * parts.sum, parts.weight * WHOLE)
}

function averages(children: readonly Contributor[]) {
  const standing = children.filter((child) => child.state !== 'cancelled')
  return weighed(standing.map(({ progress, weight }) => ({ value: progress && clamp(progress), weight })))
}

/** Σ weight × value and Σ weight of those that have a value; all weights zero means each counts the same. */
function weighed(items: readonly { value: bigint | null; weight: bigint }[]) {
  const known = items.filter((item) => item.value !== null)
  if (known.length === 0) return null
  const weightless = known.every((item) => item.weight === 0n)
  const weightOf = (item: { weight: bigint }) => (weightless ? ONE : item.weight)
  return {
    sum: known.reduce((sum, item) => sum + weightOf(item) * (item.value as bigint), 0n),
    weight: known.reduce((sum, item) => sum + weightOf(item), 0n),
  }
}

function countsAtAll(child: Contributor): boolean {
  return child.state !== 'draft' && child.state !== 'discarded' && child.conforms
}

const NOTHING: Figures = { current: null, progress: null, fraction: null }

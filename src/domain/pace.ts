import { addDays, type Day, daysBetween } from './day.ts'
import { clamp, ratio, units, WHOLE } from './decimal.ts'
import { type Measure, type Metric, type Milestone, milestoneFraction, progressOf } from './measure.ts'

/** What is expected of a Key Result, its measure as it holds. `deadline` is null while it has none. */
export type Paced = { measure: Measure | null; startsOn: Day; deadline: Day | null }

/**
 * The progress that is expected at the end of a day, in 10⁻¹² parts; null where nothing says what to expect.
 * `tolerance` in points: what a maintained value may miss. Source: DOMAIN.md, Pace.
 */
export function paceOf({ measure, startsOn, deadline }: Paced, day: Day, tolerance: number): bigint | null {
  if (measure === null) return null
  if (measure.kind === 'maintain') return WHOLE - points(tolerance)
  if (measure.kind === 'milestone') return pastDeadlines(measure, deadline, day)
  if (deadline === null || deadline < startsOn) return null
  return measure.phases.length === 0
    ? straight(startsOn, deadline, day)
    : fromPhaseToPhase(measure, startsOn, deadline, day)
}

/** So many points of a hundred as 10⁻¹² parts. */
export function points(count: number): bigint {
  return (BigInt(count) * WHOLE) / 100n
}

function straight(startsOn: Day, deadline: Day, day: Day): bigint {
  return clamp(ratio(BigInt(daysBetween(startsOn, day) + 1), BigInt(daysBetween(startsOn, deadline) + 1)))
}

/** Nothing until the deadline is over, which it is on the day after; its steps by their own, or else with the whole. */
function pastDeadlines(measure: Milestone, deadline: Day | null, day: Day): bigint | null {
  const isOver = (due: Day | null) => due !== null && due < day
  const stepsDone = measure.steps.filter((step) => isOver(step.deadline)).map((step) => step.id)
  return progressOf(milestoneFraction(measure, { stepsDone, done: isOver(deadline) }))
}

/** Along the line through what each phase expects at the end of its day, from the start to the target. */
function fromPhaseToPhase(measure: Metric, startsOn: Day, deadline: Day, day: Day): bigint | null {
  if (measure.start === null || measure.target === null) return null
  if (day < startsOn) return 0n
  if (day >= deadline) return WHOLE
  const start = units(measure.start)
  const target = { on: deadline, value: units(measure.target) }
  const phases = measure.phases
    .filter(({ on }) => startsOn <= on && on < deadline)
    .map(({ on, value }) => ({ on, value: units(value) }))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
  // The start is what there was when the start day began: at the end of the day before it.
  const from = phases.findLast(({ on }) => on < day) ?? { on: addDays(startsOn, -1), value: start }
  const to = phases.find(({ on }) => day <= on) ?? target
  const [gone, length] = [BigInt(daysBetween(from.on, day)), BigInt(daysBetween(from.on, to.on))]
  return ratio((from.value - start) * length + (to.value - from.value) * gone, (target.value - start) * length)
}

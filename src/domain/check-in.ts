import { type Actor, actorId } from './actor.ts'
import type { Day } from './day.ts'
import { type Decimal, units } from './decimal.ts'
import type { CheckInId, KeyResultId, PersonId } from './id.ts'
import { isFrozen } from './life.ts'
import { effective, isMetric, type Measure, pointsTheRightWay, type Reported } from './measure.ts'
import { breaks, invalid, type Repair } from './problem.ts'
import type { RollUp, State } from './roll-up.ts'

/** The owner's report. Append-only: a mistake is corrected by a check-in that names it. */
export type CheckIn = {
  id: CheckInId
  keyResultId: KeyResultId
  /** Whose report it is: the owner at that time. */
  ownerId: PersonId
  /** Who said it: a person or a service. Differs from the owner when reported on their behalf. */
  reportedById: string
  value: Decimal | null
  stepsDone: readonly string[] | null
  done: boolean | null
  evidence: string | null
  confidence: number | null
  note: string | null
  blockers: string | null
  measuredOn: Day
  recordedAt: string
  /** Where it stands in time among those of one day: its own instant, or that of the one it corrects. */
  countedAt: string
  correctsId: CheckInId | null
  /** It takes back what it corrects, as if never made. */
  takesBack: boolean
}

/** What comes in. */
export type Entry = {
  value?: Decimal | undefined
  steps?: readonly string[] | undefined
  done?: boolean | undefined
  evidence?: string | undefined
  confidence?: number | undefined
  note?: string | undefined
  blockers?: string | undefined
  measuredOn?: Day | undefined
  corrects?: CheckInId | undefined
}

/** What a check-in is decided on: the Key Result, how it rolls up, and the check-in it corrects, if any. */
export type Reportable = {
  id: KeyResultId
  ownerId: PersonId
  state: State
  measure: Measure | null
  rollUp: RollUp | null
}

/** Decides a report: returns the new check-in, or refuses it with the field and the reason. */
export function checkIn(
  keyResult: Reportable,
  entry: Entry,
  by: { actor: Actor; id: CheckInId; now: string; today: Day; corrected: CheckIn | null },
): CheckIn {
  if (keyResult.state !== 'published')
    breaks('life', isFrozen(keyResult.state) ? 'frozen' : 'not-published', { state: keyResult.state })
  const measuredOn = entry.measuredOn ?? by.corrected?.measuredOn ?? by.today
  if (measuredOn > by.today) invalid('/measuredOn', 'check-in.measured-on.future', { today: by.today })
  const takesBack = by.corrected !== null && reportsNothing(entry)
  if (!takesBack) assertFits(keyResult, entry)
  return {
    id: by.id,
    keyResultId: keyResult.id,
    ownerId: keyResult.ownerId,
    reportedById: actorId(by.actor),
    value: entry.value ?? null,
    stepsDone: entry.steps ?? null,
    done: entry.done ?? null,
    evidence: entry.evidence ?? null,
    confidence: entry.confidence ?? null,
    note: entry.note ?? null,
    blockers: entry.blockers ?? null,
    measuredOn,
    recordedAt: by.now,
    countedAt: by.corrected?.countedAt ?? by.now,
    correctsId: by.corrected?.id ?? null,
    takesBack,
  }
}

/** What some check-ins that stand say together. They come as they were measured: by day, then by time. */
export function said(
  checkIns: readonly Pick<CheckIn, 'id' | 'value' | 'stepsDone' | 'done' | 'measuredOn' | 'countedAt'>[],
): Reported {
  const values = checkIns.filter((one) => one.value !== null)
  const byDay = new Map(values.map((one) => [one.measuredOn, units(one.value as Decimal)]))
  const [first] = values.toSorted(asCounted)
  return {
    value: [...byDay.values()].at(-1) ?? null,
    first: first === undefined ? null : units(first.value as Decimal),
    byDay: [...byDay].map(([day, value]) => ({ day, value })),
    stepsDone: checkIns.findLast((one) => one.stepsDone !== null)?.stepsDone ?? [],
    done: checkIns.findLast((one) => one.done !== null || one.stepsDone !== null)?.done ?? false,
  }
}

function asCounted(a: Pick<CheckIn, 'id' | 'countedAt'>, b: Pick<CheckIn, 'id' | 'countedAt'>): number {
  return a.countedAt < b.countedAt || (a.countedAt === b.countedAt && a.id < b.id) ? -1 : 1
}

/** A value that was reported and stands, as far as a baseline depends on it. */
export type Standing = Pick<CheckIn, 'id' | 'countedAt'> & { value: Decimal }

/**
 * A baseline is the first value reported. Refuses a check-in after which it would leave nothing to do. `earliest`: the
 * first two values that stand now, whichever it corrects.
 */
export function assertBaselineLeavesWork(
  keyResult: Pick<Reportable, 'id' | 'measure'>,
  earliest: readonly Standing[],
  made: Pick<CheckIn, 'id' | 'countedAt' | 'value' | 'correctsId' | 'takesBack'>,
): void {
  const { measure } = keyResult
  if (!isMetric(measure) || !measure.baseline) return
  const left = earliest.filter((one) => one.id !== made.correctsId)
  const after = made.value === null || made.takesBack ? left : [...left, made as Standing]
  const [first] = after.toSorted(asCounted)
  if (!first) return
  const { start, target } = effective(measure, units(first.value))
  if (pointsTheRightWay({ ...measure, start, target }) !== false) return
  const values = { start, target, unit: measure.unit }
  breaks('measurable', 'baseline-leaves-nothing', values, {
    errors: [{ pointer: '/value', reason: { key: 'rule.measurable.baseline-leaves-nothing', values } }],
    repairs: target === null ? [] : [maintainInstead(keyResult.id, measure.kind, target, measure.unit)],
  })
}

function maintainInstead(id: KeyResultId, kind: 'increase' | 'decrease', bound: Decimal, unit: string | null): Repair {
  const bounds = kind === 'increase' ? { atLeast: bound } : { atMost: bound }
  return {
    method: 'PATCH',
    path: `/v1/key-results/${id}`,
    headers: { 'if-match': '*' },
    body: { measure: { kind: 'maintain', ...bounds, unit }, reason: 'measurable: baseline-leaves-nothing' },
    reason: { key: 'repair.maintain-instead', values: { bound, unit } },
  }
}

function reportsNothing(entry: Entry): boolean {
  return entry.value === undefined && entry.steps === undefined && entry.done === undefined
}

function assertFits(keyResult: Reportable, entry: Entry): void {
  if (keyResult.measure?.kind === 'milestone') {
    assertFitsMilestone(
      keyResult.measure.steps.map((step) => step.id),
      entry,
    )
    return
  }
  if (entry.steps !== undefined) invalid('/steps', 'check-in.steps.no-milestone')
  if (entry.done !== undefined) invalid('/done', 'check-in.done.no-milestone')
  if (entry.evidence !== undefined) invalid('/evidence', 'check-in.evidence.no-milestone')
  if (keyResult.rollUp === 'average' && entry.value !== undefined) invalid('/value', 'check-in.value.average')
  if (keyResult.rollUp === null && entry.value === undefined) invalid('/value', 'check-in.value.missing')
}

function assertFitsMilestone(stepIds: readonly string[], entry: Entry): void {
  if (entry.value !== undefined) invalid('/value', 'check-in.value.milestone')
  const unknown = entry.steps?.findIndex((id) => !stepIds.includes(id)) ?? -1
  if (unknown >= 0) invalid(`/steps/${unknown}`, 'check-in.steps.unknown', { step: entry.steps?.[unknown] ?? '' })
  if (entry.done === true && !entry.evidence) invalid('/evidence', 'check-in.evidence.missing')
  if (reportsNothing(entry)) invalid(stepIds.length > 0 ? '/steps' : '/done', 'check-in.milestone.missing')
}

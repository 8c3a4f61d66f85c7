import { type Actor, actorId } from './actor.ts'
import type { Day } from './day.ts'
import type { Decimal } from './decimal.ts'
import type { CheckInId, KeyResultId, PersonId } from './id.ts'
import { isFrozen } from './life.ts'
import type { Measure } from './measure.ts'
import { breaks, invalid } from './problem.ts'
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

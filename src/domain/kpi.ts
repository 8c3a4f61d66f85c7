import { type Actor, actorId } from './actor.ts'
import type { Day } from './day.ts'
import { type Decimal, units } from './decimal.ts'
import type { KpiId, KpiValueId, PersonId } from './id.ts'
import { breaks, invalid } from './problem.ts'

/** The range in which a KPI is healthy, bounds included: at least, at most, or both. */
export type Range = { atLeast: Decimal | null; atMost: Decimal | null }

export type Health = 'within' | 'above' | 'below' | 'unknown'

/** Unknown without a value, and without a range. */
export function healthOf({ atLeast, atMost }: Range, value: Decimal | null): Health {
  if (value === null || (atLeast === null && atMost === null)) return 'unknown'
  if (atLeast !== null && units(value) < units(atLeast)) return 'below'
  return atMost !== null && units(value) > units(atMost) ? 'above' : 'within'
}

export function assertRange({ atLeast, atMost }: Range): void {
  if (atLeast !== null && atMost !== null && units(atLeast) > units(atMost))
    invalid('/atMost', 'kpi.range.empty', { atLeast, atMost })
}

/** What was measured of a KPI on a day. Append-only, as check-ins are: a mistake is corrected by a value that names it. */
export type KpiValue = {
  id: KpiValueId
  kpiId: KpiId
  /** Whose report it is: the owner at that time. */
  ownerId: PersonId
  /** Differs from the owner where it was reported on their behalf. */
  reportedById: string
  /** Null where it takes back what it corrects, as if never made. */
  value: Decimal | null
  note: string | null
  measuredOn: Day
  recordedAt: string
  /** Where it stands in time among those of one day: its own instant, or that of the one it corrects. */
  countedAt: string
  correctsId: KpiValueId | null
  takesBack: boolean
}

type Measured = { value?: Decimal | undefined; measuredOn?: Day | undefined; note?: string | null | undefined }

/** Decides a report: returns the new value, or refuses it with the field and the reason. */
export function kpiValue(
  kpi: { id: KpiId; ownerId: PersonId; archivedAt: string | null },
  { value = undefined, measuredOn = undefined, note = null }: Measured,
  by: { actor: Actor; id: KpiValueId; now: string; today: Day; corrected: KpiValue | null },
): KpiValue {
  assertNotArchived(kpi)
  const day = measuredOn ?? by.corrected?.measuredOn ?? by.today
  if (day > by.today) invalid('/measuredOn', 'check-in.measured-on.future', { today: by.today })
  if (value === undefined && by.corrected === null) invalid('/value', 'check-in.value.missing')
  return {
    id: by.id,
    kpiId: kpi.id,
    ownerId: kpi.ownerId,
    reportedById: actorId(by.actor),
    value: value ?? null,
    note,
    measuredOn: day,
    recordedAt: by.now,
    countedAt: by.corrected?.countedAt ?? by.now,
    correctsId: by.corrected?.id ?? null,
    takesBack: value === undefined,
  }
}

/** Archived: it stays as it is until it is restored. */
export function assertNotArchived({ archivedAt }: { archivedAt: string | null }): void {
  if (archivedAt !== null) breaks('life', 'archived')
}

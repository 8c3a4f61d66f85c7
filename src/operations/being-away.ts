import { before } from '#domain/absence.ts'
import type { Day } from '#domain/day.ts'
import type { AbsenceId, PersonId } from '#domain/id.ts'
import { type Absence, absencesWithin } from '#store/absences.ts'
import { insert, remove, update } from '#store/rows.ts'
import type { WriteTx } from '#store/store.ts'

type Announced = Pick<Absence, 'startsOn' | 'endsOn' | 'delegateId'>

/** Puts an absence in the place of those that it shares a day with. Of one that had begun, the days that are over stay. */
export async function announce(
  tx: WriteTx,
  personId: PersonId,
  next: Announced,
  { id, today }: { id: AbsenceId; today: Day },
): Promise<void> {
  const others = await absencesWithin(tx, personId, next)
  const [same] = others.filter(({ startsOn }) => startsOn === next.startsOn)
  for (const other of others) {
    if (other === same) await update(tx, 'absences', other, next)
    else await endAbsence(tx, other, next.startsOn < today ? next.startsOn : today)
  }
  if (!same) await insert(tx, 'absences', { ...next, id, personId })
}

/** It is over before a day; where that leaves nothing of it, it has not been. */
export async function endAbsence(tx: WriteTx, absence: Absence, day: Day): Promise<void> {
  const left = before(absence, day)
  if (left === null) await remove(tx, 'absences', absence)
  else await update(tx, 'absences', absence, { endsOn: left.endsOn })
}

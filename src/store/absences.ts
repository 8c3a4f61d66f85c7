import type { Selectable } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { PersonId } from '#domain/id.ts'
import type { AbsenceRow } from './database.ts'
import { anyOf } from './named.ts'
import type { Tx } from './store.ts'

export type Absence = Selectable<AbsenceRow>

/** A person's absences that are not over on a day, in their order. */
export async function absencesOf(tx: Tx, personId: PersonId, today: Day): Promise<Absence[]> {
  return await tx.db
    .selectFrom('absences')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('personId', '=', personId)
    .where('endsOn', '>=', today)
    .orderBy('startsOn')
    .execute()
}

/** All absences of these people, by person. */
export async function absencesAmong(tx: Tx, personIds: readonly PersonId[]): Promise<Map<PersonId, Absence[]>> {
  if (personIds.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('absences')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('personId', '=', anyOf(personIds))
    .execute()
  return Map.groupBy(rows, (row) => row.personId)
}

/** Those of others in which a person stands in and that are not over, in their order. */
export async function stoodInBy(tx: Tx, delegateId: PersonId, today: Day): Promise<Absence[]> {
  return await tx.db
    .selectFrom('absences')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('delegateId', '=', delegateId)
    .where('endsOn', '>=', today)
    .orderBy('startsOn')
    .orderBy('id')
    .execute()
}

/** Who stands in for somebody who is away on a day. */
export async function standInFor(tx: Tx, personId: PersonId, day: Day): Promise<PersonId | null> {
  const [absence] = await absencesWithin(tx, personId, { startsOn: day, endsOn: day })
  return absence?.delegateId ?? null
}

/** A person's absences that share a day with a span, whenever that was. */
export async function absencesWithin(
  tx: Tx,
  personId: PersonId,
  { startsOn, endsOn }: { startsOn: Day; endsOn: Day },
): Promise<Absence[]> {
  return await tx.db
    .selectFrom('absences')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('personId', '=', personId)
    .where('startsOn', '<=', endsOn)
    .where('endsOn', '>=', startsOn)
    .orderBy('startsOn')
    .execute()
}

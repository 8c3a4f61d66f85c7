import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { PersonId } from '#domain/id.ts'
import type { Person } from './people.ts'
import type { Tx } from './store.ts'

/** Who is here on a day: the twin of `isActive`. */
export function here(today: Day): RawBuilder<boolean> {
  return sql<boolean>`(left_on is null or left_on > ${today}::date)`
}

/** The managers above somebody who are here, the nearest first; over those who have left the line goes on. */
export async function managersAbove(tx: Tx, id: PersonId, today: Day): Promise<Person[]> {
  const line = sql<{ id: PersonId; distance: number }>`(
    with recursive line(id, distance) as (
      select manager_id, 1 from people where organization_id = ${tx.organizationId} and id = ${id}
      union all
      select p.manager_id, line.distance + 1 from line join people p on p.organization_id = ${tx.organizationId} and p.id = line.id
    ) cycle id set returned using path
    select id, distance from line where id is not null and not returned)`
  return await tx.db
    .selectFrom('people')
    .innerJoin(line.as('line'), 'line.id', 'people.id')
    .selectAll('people')
    .where('people.organizationId', '=', tx.organizationId)
    .where(here(today))
    .orderBy('line.distance')
    .execute()
}

/** Who is here and reports to somebody. */
export async function reportsTo(tx: Tx, id: PersonId, today: Day): Promise<Person[]> {
  return await tx.db
    .selectFrom('people')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('managerId', '=', id)
    .where(here(today))
    .orderBy('id')
    .execute()
}

/** The administrator who is here and has been so longest. */
export async function firstAdministrator(tx: Tx, today: Day): Promise<Person | undefined> {
  return await tx.db
    .selectFrom('people')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('role', '=', 'administrator')
    .where(here(today))
    .orderBy('joinedOn', (joined) => joined.asc().nullsLast())
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** Whether some administrator has no last day, beside one. */
export async function anAdministratorStays(tx: Tx, beside: PersonId | null): Promise<boolean> {
  const found = await tx.db
    .selectFrom('people')
    .select('id')
    .where('organizationId', '=', tx.organizationId)
    .where('role', '=', 'administrator')
    .where('leftOn', 'is', null)
    .$if(beside !== null, (query) => query.where('id', '<>', beside as PersonId))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Those whose last day is over and who still hold what they held, in the order in which they go. */
export async function dueToLeave(tx: Tx, today: Day): Promise<Person[]> {
  return await tx.db
    .selectFrom('people')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where(sql<boolean>`left_on is not null and not has_left`)
    .where('leftOn', '<=', today)
    .orderBy('leftOn')
    .orderBy('id')
    .execute()
}

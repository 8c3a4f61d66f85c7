import { type Selectable, sql } from 'kysely'
import type { CycleId, GroupId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import type { CycleRow, GroupRow, PersonRow } from './database.ts'
import { anyOf } from './named.ts'
import type { Page, Tx } from './store.ts'

export type Person = Selectable<PersonRow>
export type Group = Selectable<GroupRow>
export type Cycle = Selectable<CycleRow>

export async function listPeople(
  tx: Tx,
  filter: { groupId?: GroupId | undefined; managerId?: PersonId | undefined; name?: string | undefined },
  page: Page,
): Promise<Person[]> {
  let query = tx.db
    .selectFrom('people')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .orderBy('id')
    .limit(page.limit)
  if (page.after) query = query.where('id', '>', page.after as PersonId)
  if (filter.groupId) query = query.where(sql<boolean>`group_ids @> array[${filter.groupId}::uuid]`)
  if (filter.managerId) query = query.where('managerId', '=', filter.managerId)
  if (filter.name) query = query.where(sql<boolean>`position(lower(${filter.name}) in lower(name)) > 0`)
  return await query.execute()
}

export async function listGroups(tx: Tx, filter: { parentId?: GroupId | undefined }, page: Page): Promise<Group[]> {
  let query = tx.db
    .selectFrom('groups')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .orderBy('id')
    .limit(page.limit)
  if (page.after) query = query.where('id', '>', page.after as GroupId)
  if (filter.parentId) query = query.where('parentId', '=', filter.parentId)
  return await query.execute()
}

export async function listCycles(tx: Tx, filter: { on?: string | undefined }, page: Page): Promise<Cycle[]> {
  let query = tx.db
    .selectFrom('cycles')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .orderBy('id')
    .limit(page.limit)
  if (page.after) query = query.where('id', '>', page.after as CycleId)
  if (filter.on) query = query.where('startsOn', '<=', filter.on).where('endsOn', '>=', filter.on)
  return await query.execute()
}

/** Who has this e-mail address, in whichever case it is written. */
export async function personByEmail(tx: Tx, email: string): Promise<Person | undefined> {
  return await tx.db
    .selectFrom('people')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .executeTakeFirst()
}

/** Of these ids, those that name somebody. */
export async function peopleAmong(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('people')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', anyOf(ids))
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function groupsAmong(tx: Tx, ids: readonly GroupId[]): Promise<Map<GroupId, Group>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('groups')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', anyOf(ids))
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function cyclesAmong(tx: Tx, ids: readonly CycleId[]): Promise<Map<CycleId, Cycle>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('cycles')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', anyOf(ids))
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The cycle that each of these Objectives lies in. */
export async function cyclesOf(tx: Tx, objectiveIds: readonly ObjectiveId[]): Promise<Map<ObjectiveId, Cycle>> {
  if (objectiveIds.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('objectives as o')
    .innerJoin('cycles as c', (join) =>
      join.onRef('c.organizationId', '=', 'o.organizationId').onRef('c.id', '=', 'o.cycleId'),
    )
    .selectAll('c')
    .select('o.id as objectiveId')
    .where('o.organizationId', '=', tx.organizationId)
    .where('o.id', '=', anyOf(objectiveIds))
    .execute()
  return new Map(rows.map(({ objectiveId, ...cycle }) => [objectiveId, cycle]))
}

/** Whether `above` stands above `below` in the reporting line. */
export async function manages(tx: Tx, above: PersonId, below: PersonId): Promise<boolean> {
  const found = await sql<{ yes: boolean }>`select manages(${tx.organizationId}, ${above}, ${below}) as yes`.execute(
    tx.db,
  )
  return found.rows[0]?.yes ?? false
}

/** Whether a group is another, or lies above it in the tree. */
export async function liesAbove(tx: Tx, above: GroupId, below: GroupId): Promise<boolean> {
  const found = await sql<{ yes: boolean }>`
    with recursive line(id) as (
      select ${below}::uuid
      union
      select g.parent_id from groups g join line on g.organization_id = ${tx.organizationId} and g.id = line.id
    )
    select exists (select from line where id = ${above}) as yes`.execute(tx.db)
  return found.rows[0]?.yes ?? false
}

/** What a person owns and leads that is not discarded: where their lines of sight begin. */
export async function holdings(
  tx: Tx,
  personId: PersonId,
): Promise<{ keyResultIds: KeyResultId[]; objectiveIds: ObjectiveId[] }> {
  const keyResults = await tx.db
    .selectFrom('keyResults')
    .select('id')
    .where('organizationId', '=', tx.organizationId)
    .where('ownerId', '=', personId)
    .where('state', '<>', 'discarded')
    .orderBy('id')
    .limit(200)
    .execute()
  const objectives = await tx.db
    .selectFrom('objectives')
    .select('id')
    .where('organizationId', '=', tx.organizationId)
    .where('leadId', '=', personId)
    .where('state', '<>', 'discarded')
    .orderBy('id')
    .limit(200)
    .execute()
  return { keyResultIds: keyResults.map((row) => row.id), objectiveIds: objectives.map((row) => row.id) }
}

import { type Selectable, sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { CycleId, GroupId, KpiId, ObjectiveId, PersonId } from '#domain/id.ts'
import type { Level } from '#domain/objective.ts'
import type { State } from '#domain/roll-up.ts'
import type { ObjectiveRow } from './database.ts'
import { anyOf } from './named.ts'
import { pageStillSeen, stillSeen } from './past.ts'
import type { Page, Tx } from './store.ts'
import { isLetIn, sees, seesKeyResult } from './visible.ts'

export type Objective = Selectable<ObjectiveRow>

/** An Objective with the figures that follow from what stands under it. */
export type ObjectiveWithFigures = Objective & { progress: string | null; keyResultCount: number; alignedCount: number }

export type ObjectiveFilter = {
  cycleId?: CycleId | undefined
  groupId?: GroupId | undefined
  leadId?: PersonId | undefined
  leadInterim?: boolean | undefined
  level?: Level | undefined
  state?: State | undefined
  alignedToId?: ObjectiveId | undefined
  aligned?: boolean | undefined
  kpiId?: KpiId | undefined
  externalRef?: string | undefined
  ids?: readonly ObjectiveId[] | undefined
}

/** One that the actor sees, or undefined: absent and out of sight are the same. */
export async function findObjective(
  tx: Tx,
  actor: Actor | null,
  id: ObjectiveId,
): Promise<ObjectiveWithFigures | undefined> {
  return (await listObjectives(tx, actor, { ids: [id] }, { limit: 1 }))[0]
}

/** A page of those that the actor sees, by id (the order in which they were made). */
export async function listObjectives(
  tx: Tx,
  actor: Actor | null,
  filter: ObjectiveFilter,
  page: Page,
): Promise<ObjectiveWithFigures[]> {
  let query = tx.db
    .selectFrom('objectives as o')
    .leftJoin('objectiveValues as v', (join) =>
      join.onRef('v.organizationId', '=', 'o.organizationId').onRef('v.objectiveId', '=', 'o.id'),
    )
    .selectAll('o')
    .select('v.progress')
    .select(
      sql<number>`(select count(*) from key_results k where k.organization_id = o.organization_id and k.objective_id = o.id
        and k.state <> 'discarded' and ${seesKeyResult(actor)})`.as('keyResultCount'),
    )
    .select(
      sql<number>`(select count(*) from alignments l join objectives b on b.organization_id = l.organization_id and b.id = l.from_id
        where l.organization_id = o.organization_id and l.to_id = o.id and l.state = 'accepted' and ${sees(actor, 'b')})`.as(
        'alignedCount',
      ),
    )
    .where('o.organizationId', '=', tx.organizationId)
    .where(sees(actor))
    .orderBy('o.id')
  if (filter.ids) query = query.where('o.id', '=', anyOf(filter.ids))
  if (filter.cycleId) query = query.where('o.cycleId', '=', filter.cycleId)
  if (filter.groupId) query = query.where('o.groupId', '=', filter.groupId)
  if (filter.leadId) query = query.where('o.leadId', '=', filter.leadId)
  if (filter.leadInterim !== undefined)
    query = query.where(filter.leadInterim ? sql<boolean>`o.lead_interim` : sql<boolean>`not o.lead_interim`)
  if (filter.level) query = query.where('o.level', '=', filter.level)
  if (filter.state) query = query.where('o.state', '=', filter.state)
  if (filter.kpiId) query = query.where('o.kpiId', '=', filter.kpiId)
  if (filter.externalRef) query = query.where('o.externalRef', '=', filter.externalRef)
  if (filter.alignedToId)
    query = query.where(sql<boolean>`exists (select from alignments l
    join objectives t on t.organization_id = l.organization_id and t.id = l.to_id and ${sees(actor, 't')}
    where l.organization_id = o.organization_id and l.from_id = o.id and l.to_id = ${filter.alignedToId} and l.state = 'accepted')`)
  if (filter.aligned !== undefined)
    query = query.where(sql<boolean>`exists (select from alignments l where l.organization_id = o.organization_id
    and l.from_id = o.id and l.state = 'accepted') = ${filter.aligned}`)
  const read = ({ after, limit }: Page) =>
    (after ? query.where('o.id', '>', after as ObjectiveId) : query).limit(limit).execute()
  if (actor === null) return await read(page)
  return await pageStillSeen(
    tx,
    page,
    read,
    ({ id }) => id,
    (now, ids) => seenAmong(now, actor, ids),
  )
}

/** An Objective is taken back whole: its figure goes with it. */
export async function forgetProgress(tx: Tx, id: ObjectiveId): Promise<void> {
  await tx.db
    .deleteFrom('objectiveValues')
    .where('organizationId', '=', tx.organizationId)
    .where('objectiveId', '=', id)
    .execute()
}

/** Every Objective of the organization: a setting changes what follows for all of them. */
export async function everyObjectiveId(tx: Tx): Promise<ObjectiveId[]> {
  const rows = await tx.db
    .selectFrom('objectives')
    .select('id')
    .where('organizationId', '=', tx.organizationId)
    .where('state', '<>', 'discarded')
    .execute()
  return rows.map((row) => row.id)
}

/** Of these ids, those of Objectives that the actor sees. */
export async function seenAmong(tx: Tx, actor: Actor, ids: readonly ObjectiveId[]): Promise<Set<ObjectiveId>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('objectives as o')
    .select('o.id')
    .where('o.organizationId', '=', tx.organizationId)
    .where('o.id', '=', anyOf(ids))
    .where(sees(actor))
    .execute()
  const seen = await stillSeen(tx, rows, (now, some) => seenAmong(now, actor, some))
  return new Set(seen.map((row) => row.id))
}

/** Whether an Objective is private, and somebody is not among those whom it is for. */
export async function isKeptFrom(tx: Tx, actor: Actor, id: ObjectiveId): Promise<boolean> {
  const found = await tx.db
    .selectFrom('objectives as o')
    .select('o.id')
    .where('o.organizationId', '=', tx.organizationId)
    .where('o.id', '=', id)
    .where('o.visibility', '=', 'named')
    .where(sql<boolean>`not ${isLetIn(actor)}`)
    .executeTakeFirst()
  return found !== undefined
}

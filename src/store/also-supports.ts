import { type Selectable, sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { ObjectiveId } from '#domain/id.ts'
import type { AlsoSupportsRow } from './database.ts'
import { anyOf } from './named.ts'
import { seenAmong } from './objectives.ts'
import { pageStillSeen } from './past.ts'
import type { Page, Tx } from './store.ts'
import { sees } from './visible.ts'

export type AlsoSupports = Selectable<AlsoSupportsRow>

/** What these Objectives also support, by id. */
export async function alsoSupportsFrom(tx: Tx, ids: readonly ObjectiveId[]): Promise<AlsoSupports[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('alsoSupports')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('fromId', '=', anyOf(ids))
    .orderBy('id')
    .execute()
}

/** What also supports these Objectives, by id. */
export async function alsoSupportsTo(tx: Tx, ids: readonly ObjectiveId[]): Promise<AlsoSupports[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('alsoSupports')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('toId', '=', anyOf(ids))
    .orderBy('id')
    .execute()
}

/** Whether anything also supports an Objective. */
export async function isAlsoSupported(tx: Tx, id: ObjectiveId): Promise<boolean> {
  const row = await tx.db
    .selectFrom('alsoSupports')
    .select('id')
    .where('organizationId', '=', tx.organizationId)
    .where('toId', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** Both directions of an Objective, by id; those of others only from what the actor sees. */
export async function listAlsoSupports(
  tx: Tx,
  actor: Actor,
  objectiveId: ObjectiveId,
  direction: 'supports' | 'supported-by' | undefined,
  page: Page,
): Promise<AlsoSupports[]> {
  const query = tx.db
    .selectFrom('alsoSupports as l')
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'l.organizationId').onRef('o.id', '=', 'l.fromId'),
    )
    .selectAll('l')
    .where('l.organizationId', '=', tx.organizationId)
    .where((eb) =>
      eb.or([
        ...(direction === 'supported-by' ? [] : [eb('l.fromId', '=', objectiveId)]),
        ...(direction === 'supports' ? [] : [eb('l.toId', '=', objectiveId)]),
      ]),
    )
    .where(sees(actor))
    .orderBy('l.id')
  return await pageStillSeen(
    tx,
    page,
    ({ after, limit }) =>
      (after ? query.where('l.id', '>', after as AlsoSupports['id']) : query).limit(limit).execute(),
    ({ fromId }) => fromId,
    (now, ids) => seenAmong(now, actor, ids),
  )
}

/**
 * Those that lead along a line of accepted alignments, upward or downward, where the line runs through an Objective:
 * one end lies at it or below it, the other at it or above it.
 */
export async function alsoSupportsOnTheLine(tx: Tx, objectiveId: ObjectiveId): Promise<AlsoSupports[]> {
  const { rows } = await sql<AlsoSupports>`
    with recursive below(id) as (
      select ${objectiveId}::uuid
      union
      select l.from_id from below join alignments l on l.organization_id = ${tx.organizationId} and l.to_id = below.id and l.state = 'accepted'
    ), above(id) as (
      select ${objectiveId}::uuid
      union
      select l.to_id from above join alignments l on l.organization_id = ${tx.organizationId} and l.from_id = above.id and l.state = 'accepted'
    )
    select s.* from also_supports s
    where s.organization_id = ${tx.organizationId}
      and (s.from_id in (select id from below) and s.to_id in (select id from above)
        or s.from_id in (select id from above) and s.to_id in (select id from below))
    order by s.id`.execute(tx.db)
  return rows
}

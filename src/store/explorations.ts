import type { Selectable } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { BarrierId, ExplorationId, ObjectiveId } from '#domain/id.ts'
import type { BarrierRow, ExplorationRow } from './database.ts'
import { anyOf } from './named.ts'
import { stillSeen } from './past.ts'
import type { Page, Tx } from './store.ts'
import { sees } from './visible.ts'

export type Exploration = Selectable<ExplorationRow>
export type Barrier = Selectable<BarrierRow>

/** One of an Objective that the actor sees, or undefined: absent and out of sight are the same. */
export async function findExploration(tx: Tx, actor: Actor, id: ExplorationId): Promise<Exploration | undefined> {
  return await seen(tx, actor).where('e.id', '=', id).executeTakeFirst()
}

/** A page of those that explored an Objective, by id. */
export async function listExplorations(
  tx: Tx,
  actor: Actor,
  objectiveId: ObjectiveId,
  page: Page,
): Promise<Exploration[]> {
  return await seen(tx, actor)
    .where('e.objectiveId', '=', objectiveId)
    .$if(page.after !== undefined, (query) => query.where('e.id', '>', page.after as ExplorationId))
    .orderBy('e.id')
    .limit(page.limit)
    .execute()
}

/** The explorations that led to these Objectives, as far as the actor sees what they explored, by the draft. */
export async function explorationsBehind(
  tx: Tx,
  actor: Actor | null,
  drafts: readonly ObjectiveId[],
): Promise<Map<ObjectiveId, ExplorationId>> {
  if (drafts.length === 0) return new Map()
  const rows = await seen(tx, actor).where('e.draftId', '=', anyOf(drafts)).execute()
  const kept = actor === null ? rows : await stillSeen(tx, rows, (now, ids) => explorationsSeen(now, actor, ids))
  return new Map(kept.map((row) => [row.draftId as ObjectiveId, row.id]))
}

async function explorationsSeen(tx: Tx, actor: Actor, ids: readonly ExplorationId[]): Promise<Set<ExplorationId>> {
  return new Set((await seen(tx, actor).where('e.id', '=', anyOf(ids)).execute()).map((row) => row.id))
}

/** The Objectives that these explored, whoever asks. */
export async function exploredBy(tx: Tx, ids: readonly ExplorationId[]): Promise<ObjectiveId[]> {
  if (ids.length === 0) return []
  const rows = await tx.db
    .selectFrom('explorations')
    .select('objectiveId')
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', anyOf(ids))
    .execute()
  return rows.map((row) => row.objectiveId)
}

/** What stands in the way, in the order in which it was said. */
export async function barriersOf(tx: Tx, explorationIds: readonly ExplorationId[]): Promise<Barrier[]> {
  if (explorationIds.length === 0) return []
  return await tx.db
    .selectFrom('barriers')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('explorationId', '=', anyOf(explorationIds))
    .orderBy('id')
    .execute()
}

/** Of these ids, those of barriers to an Objective that the actor sees. */
export async function barriersAmong(tx: Tx, actor: Actor, ids: readonly BarrierId[]): Promise<Map<BarrierId, Barrier>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('barriers as b')
    .innerJoin('explorations as e', (join) =>
      join.onRef('e.organizationId', '=', 'b.organizationId').onRef('e.id', '=', 'b.explorationId'),
    )
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'e.organizationId').onRef('o.id', '=', 'e.objectiveId'),
    )
    .selectAll('b')
    .where('b.organizationId', '=', tx.organizationId)
    .where('b.id', '=', anyOf(ids))
    .where(sees(actor))
    .execute()
  const kept = await stillSeen(tx, rows, async (now, some) => new Set((await barriersAmong(now, actor, some)).keys()))
  return new Map(kept.map((row) => [row.id, row]))
}

function seen(tx: Tx, actor: Actor | null) {
  return tx.db
    .selectFrom('explorations as e')
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'e.organizationId').onRef('o.id', '=', 'e.objectiveId'),
    )
    .selectAll('e')
    .where('e.organizationId', '=', tx.organizationId)
    .where(sees(actor))
}

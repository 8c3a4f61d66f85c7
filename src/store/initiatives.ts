import type { Selectable } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { InitiativeId, KeyResultId } from '#domain/id.ts'
import type { InitiativeState } from '#domain/initiative.ts'
import type { InitiativeRow } from './database.ts'
import { anyOf } from './named.ts'
import type { Page, Tx } from './store.ts'
import { sees, seesKeyResult } from './visible.ts'

export type Initiative = Selectable<InitiativeRow>

type Filter = {
  keyResultId?: KeyResultId | undefined
  state?: InitiativeState | undefined
  id?: InitiativeId | undefined
}

/** One whose Key Result the actor sees, or undefined: absent and out of sight are the same. */
export async function findInitiative(tx: Tx, actor: Actor, id: InitiativeId): Promise<Initiative | undefined> {
  return (await listInitiatives(tx, actor, { id }, { limit: 1 }))[0]
}

/** A page of those whose Key Result the actor sees, by id. */
export async function listInitiatives(tx: Tx, actor: Actor, filter: Filter, page: Page): Promise<Initiative[]> {
  let query = tx.db
    .selectFrom('initiatives as i')
    .innerJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'i.organizationId').onRef('k.id', '=', 'i.keyResultId'),
    )
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'k.organizationId').onRef('o.id', '=', 'k.objectiveId'),
    )
    .selectAll('i')
    .where('i.organizationId', '=', tx.organizationId)
    .where(sees(actor))
    .where(seesKeyResult(actor))
    .orderBy('i.id')
    .limit(page.limit)
  if (page.after) query = query.where('i.id', '>', page.after as InitiativeId)
  if (filter.id) query = query.where('i.id', '=', filter.id)
  if (filter.keyResultId) query = query.where('i.keyResultId', '=', filter.keyResultId)
  if (filter.state) query = query.where('i.state', '=', filter.state)
  return await query.execute()
}

/** All that are done for these Key Results, whoever asks. */
export async function initiativesOf(tx: Tx, ids: readonly KeyResultId[]): Promise<Initiative[]> {
  return await tx.db
    .selectFrom('initiatives')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('keyResultId', '=', anyOf(ids))
    .orderBy('id')
    .execute()
}

import { type Selectable, sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { CheckInId, CommentId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { CommentRow } from './database.ts'
import type { Page, Tx } from './store.ts'
import { seesPlace } from './visible.ts'

export type Comment = Selectable<CommentRow>

/** Where a thread stands: on an Objective, a Key Result, or a check-in of one. */
export type Place = {
  objectiveId: ObjectiveId | null
  keyResultId: KeyResultId | null
  checkInId: CheckInId | null
}

/** One where the actor sees it stand, or undefined: absent and out of sight are the same. */
export async function findComment(tx: Tx, actor: Actor, id: CommentId): Promise<Comment | undefined> {
  return await tx.db
    .selectFrom('comments as c')
    .leftJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'c.organizationId').onRef('k.id', '=', 'c.keyResultId'),
    )
    .leftJoin('objectives as o', (join) =>
      join
        .onRef('o.organizationId', '=', 'c.organizationId')
        .on('o.id', '=', sql<ObjectiveId>`coalesce(c.objective_id, k.objective_id)`),
    )
    .selectAll('c')
    .where('c.organizationId', '=', tx.organizationId)
    .where('c.id', '=', id)
    .where(seesPlace(actor))
    .executeTakeFirst()
}

/** A page of a thread, in the order in which it was written. Whoever asks has been found to see the place. */
export async function listComments(
  tx: Tx,
  { objectiveId, keyResultId, checkInId }: Place,
  page: Page,
): Promise<Comment[]> {
  return await tx.db
    .selectFrom('comments')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .$if(objectiveId !== null, (query) => query.where('objectiveId', '=', objectiveId))
    .$if(checkInId !== null, (query) => query.where('checkInId', '=', checkInId))
    .$if(checkInId === null && keyResultId !== null, (query) =>
      query.where('keyResultId', '=', keyResultId).where('checkInId', 'is', null),
    )
    .$if(page.after !== undefined, (query) => query.where('id', '>', page.after as CommentId))
    .orderBy('id')
    .limit(page.limit)
    .execute()
}

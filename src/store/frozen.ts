import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { ChangeEntry } from './changes.ts'
import { anyOf } from './named.ts'
import { note } from './rows.ts'
import type { WriteTx } from './store.ts'

/**
 * Puts the figures of what a change is about to thaw into the change: once they are recomputed nothing else knows where
 * they stood, and undoing the change has to leave them there again.
 */
export async function noteFrozen(
  tx: WriteTx,
  keyResultIds: readonly KeyResultId[],
  objectiveIds: readonly ObjectiveId[],
): Promise<void> {
  const ofKeyResults = await tx.db
    .selectFrom('keyResultValues')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('keyResultId', '=', anyOf(keyResultIds))
    .execute()
  const ofObjectives = await tx.db
    .selectFrom('objectiveValues')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('objectiveId', '=', anyOf(objectiveIds))
    .execute()
  for (const row of ofKeyResults) note(tx, { noun: 'keyResultValues', id: row.keyResultId, before: row, after: null })
  for (const row of ofObjectives) note(tx, { noun: 'objectiveValues', id: row.objectiveId, before: row, after: null })
}

/** What is frozen again stands where it stood. */
export async function putBackFrozen(tx: WriteTx, { noun, nounId, before }: ChangeEntry): Promise<void> {
  const { organizationId: _, keyResultId: __, objectiveId: ___, ...figures } = before as Record<string, string | null>
  if (noun === 'keyResultValues') {
    await tx.db
      .updateTable('keyResultValues')
      .set(figures)
      .where('organizationId', '=', tx.organizationId)
      .where('keyResultId', '=', nounId as KeyResultId)
      .execute()
  } else {
    await tx.db
      .updateTable('objectiveValues')
      .set(figures)
      .where('organizationId', '=', tx.organizationId)
      .where('objectiveId', '=', nounId as ObjectiveId)
      .execute()
  }
}

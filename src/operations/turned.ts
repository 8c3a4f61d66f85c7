import { actorId } from '#domain/actor.ts'
import type { InitiativeId } from '#domain/id.ts'
import { asInitiative } from '#domain/initiative.ts'
import { initiativesOf } from '#store/initiatives.ts'
import { type KeyResult, measureOf } from '#store/key-results.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find, insert, update } from '#store/rows.ts'
import { endLinks } from './objective-life.ts'
import type { WriteContext } from './operation.ts'

/** What stood under a turned Objective is work for the Key Result that it became, and so is the work done for that. */
export async function bringAlong(
  context: WriteContext,
  { id: keyResultId }: Pick<KeyResult, 'id'>,
  keyResults: readonly KeyResult[],
): Promise<void> {
  const { tx, actor } = context
  for (const one of keyResults) {
    const said = asInitiative({ ...one, measure: measureOf(one) })
    if (said === null) continue
    const made = { id: context.newId<InitiativeId>(), authorId: actorId(actor), externalRef: null, createdAt: tx.now }
    await insert(tx, 'initiatives', { ...said, ...made, keyResultId })
  }
  const work = await initiativesOf(
    tx,
    keyResults.map(({ id }) => id),
  )
  for (const initiative of work) await update(tx, 'initiatives', initiative, { keyResultId })
}

/** A draft is discarded, and what it supported and offered ends; what was published is cancelled. Both stay in history. */
export async function takeFromSight(
  context: WriteContext,
  objective: ObjectiveWithFigures,
  keyResults: readonly KeyResult[],
): Promise<void> {
  const { tx } = context
  const gone = (state: KeyResult['state']) => ({ state: state === 'draft' ? 'discarded' : 'cancelled' }) as const
  for (const one of keyResults) await update(tx, 'keyResults', one, gone(one.state))
  const row = await find(tx, 'objectives', objective.id)
  if (row) await update(tx, 'objectives', row, gone(row.state))
  if (objective.state === 'draft') await endLinks(context, objective, keyResults)
  context.moves(
    keyResults.map(({ id }) => id),
    [objective.id],
  )
}

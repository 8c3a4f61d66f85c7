import { type Ends, mayDecide } from '#domain/alignment.ts'
import type { End } from '#domain/contribution.ts'
import { breaks } from '#domain/problem.ts'
import type { KeyResultWithFigures } from '#store/key-results.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find } from '#store/rows.ts'
import type { Relation } from './access.ts'
import type { Context, WriteContext } from './operation.ts'
import { relationsToKeyResult, relationsToObjective } from './relations.ts'

/** Which ends of a link between two Objectives the caller speaks for: whoever leads them. */
export async function endsOf(
  context: Context,
  below: ObjectiveWithFigures,
  above: ObjectiveWithFigures,
): Promise<Ends> {
  const leads = async (objective: ObjectiveWithFigures) =>
    (await relationsToObjective(context, objective)).some(
      (relation) => relation === 'lead' || relation === 'group lead',
    )
  return { below: await leads(below), above: await leads(above) }
}

/** Which ends of a link between two Key Results the caller speaks for: whoever owns them, or leads their Objective. */
export async function endsOfContribution(
  context: Context,
  below: KeyResultWithFigures,
  above: KeyResultWithFigures,
): Promise<Ends> {
  const speaks = async (keyResult: KeyResultWithFigures) => {
    const objective = await find(context.tx, 'objectives', keyResult.objectiveId)
    const relations = objective ? await relationsToKeyResult(context, keyResult, objective) : []
    return relations.some((relation) => relation !== 'author')
  }
  return { below: await speaks(below), above: await speaks(above) }
}

/** A standing offer gives way to a new one of whoever speaks for an end of it; others wait until it is decided on. */
export function assertMayReplace(offer: { toId: string } | undefined, toId: string, ends: Ends): void {
  if (offer && offer.toId !== toId && !ends.below) breaks('life', 'other-offer')
}

/** What was offered to oneself one declines; whoever offered it takes it back. */
export function refuseWithdrawal(context: WriteContext, relations: readonly Relation[], path: string): void {
  if (relations.includes('offers') || context.onBehalf) return
  breaks('life', 'offered-to-you', {}, { repairs: [{ method: 'POST', path, reason: { key: 'repair.decline' } }] })
}

export function relationsToLink(ends: Ends, link?: { offeredBy: End }): Relation[] {
  const relations: Relation[] = []
  if (ends.below) relations.push('below')
  if (ends.above) relations.push('above')
  if (link && mayDecide(link, ends)) relations.push('decides')
  if (link && ends[link.offeredBy]) relations.push('offers')
  return relations
}

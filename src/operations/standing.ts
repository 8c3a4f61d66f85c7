import type { ObjectiveId } from '#domain/id.ts'
import { breaks } from '#domain/problem.ts'
import { alignmentsApart, keyResultsOutside } from '#store/breaks.ts'
import { alignmentsOf } from '#store/links.ts'
import { seenAmong } from '#store/objectives.ts'
import type { Cycle } from '#store/people.ts'
import { find } from '#store/rows.ts'
import { assertMayAlign } from './aligning.ts'
import type { Context } from './operation.ts'

/**
 * After a change of level or cycle, the links of an Objective still hold on both sides. Whether what is above is still
 * open is no matter here; what is private to others is not named.
 */
export async function assertLinksStand(context: Context, id: ObjectiveId): Promise<void> {
  const links = await alignmentsOf(context.tx, id)
  const ends = links.flatMap(({ fromId, toId }) => [fromId, toId])
  const seen = await seenAmong(context.tx, context.actor, ends)
  const end = async (endId: ObjectiveId) => {
    const row = await find(context.tx, 'objectives', endId)
    const figures = { progress: null, keyResultCount: 0, alignedCount: 0 }
    return row && { ...row, ...figures, state: 'published' as const, title: seen.has(endId) ? row.title : '…' }
  }
  for (const { fromId, toId } of links) {
    const [below, above] = [await end(fromId), await end(toId)]
    if (below && above) await assertMayAlign(context, below, above)
  }
}

/** Moving a cycle's days moves no deadline and ends no link: what would lie outside, or apart, is named instead. */
export async function assertCycleStands(context: Context, cycle: Cycle): Promise<void> {
  await assertDeadlinesStand(context, cycle)
  const [apart] = await alignmentsApart(context.tx, cycle)
  if (!apart) return
  const seen = await seenAmong(context.tx, context.actor, [apart.fromId, apart.toId])
  const below = seen.has(apart.fromId) ? apart.below : '…'
  const above = seen.has(apart.toId) ? apart.above : '…'
  breaks('objective-aligns-to-objective', 'other-time', { below, above }, { details: { alignmentId: apart.id } })
}

/** What is published is due within the cycle: of one Objective, or of all that lie in it. */
export async function assertDeadlinesStand(context: Context, cycle: Cycle, objectiveId?: ObjectiveId): Promise<void> {
  const outside = await keyResultsOutside(context.tx, cycle, objectiveId)
  const [first] = outside
  if (first)
    breaks(
      'time-bound',
      'would-lie-outside',
      { keyResult: first.title, count: outside.length },
      { details: { keyResultIds: outside.map(({ id }) => id) } },
    )
}

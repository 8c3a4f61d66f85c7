import { type Ends, mayDecide, stateWhenMade } from '#domain/alignment.ts'
import type { AlignmentId, ObjectiveId, PersonId } from '#domain/id.ts'
import { isOpen, whyNotAlign } from '#domain/objective.ts'
import { breaks } from '#domain/problem.ts'
import { type Alignment, alignmentsFrom, wouldAlignInRing } from '#store/links.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find, insert, touch, update } from '#store/rows.ts'
import { assertMayReplace } from './ends.ts'
import type { Context, WriteContext } from './operation.ts'
import { assertLineStands } from './standing.ts'

/** Refuses what the rule `objective-aligns-to-objective` and `no-cycles` stand against. */
export async function assertMayAlign(
  context: Context,
  below: ObjectiveWithFigures,
  above: ObjectiveWithFigures,
): Promise<void> {
  if (!isOpen(below)) breaks('life', 'frozen', { state: below.state })
  if (await stands(context, below.id, above.id)) return
  const [lower, upper] = await Promise.all([withCycle(context, below), withCycle(context, above)])
  const why = whyNotAlign(lower, upper, context.actor.personId)
  if (why) refuseAlignment(why, below, above)
  if (await wouldAlignInRing(context.tx, below.id, above.id))
    breaks('no-cycles', 'alignment', { below: below.title, above: above.title })
}

/** Only the words of a link that was accepted change, whatever has become of what is above. */
async function stands({ tx }: Context, fromId: ObjectiveId, toId: ObjectiveId): Promise<boolean> {
  return (await alignmentsFrom(tx, [fromId])).some((link) => link.state === 'accepted' && link.toId === toId)
}

function refuseAlignment(why: string, below: ObjectiveWithFigures, above: ObjectiveWithFigures): never {
  const values = { below: below.title, above: above.title }
  const reason = { key: `rule.objective-aligns-to-objective.${why}`, values }
  breaks('objective-aligns-to-objective', why, values, { errors: [{ pointer: '/toObjectiveId', reason }] })
}

async function withCycle(context: Context, objective: ObjectiveWithFigures) {
  const cycle = await find(context.tx, 'cycles', objective.cycleId)
  return { ...objective, cycle: cycle as NonNullable<typeof cycle> }
}

/** What is said with a link. What is left out stays as it was, and is nothing, and the lead below, where there was none. */
export type Said = { statement?: string | null | undefined; accountableId?: PersonId | null | undefined }

/** Makes the link: accepted where the caller speaks for both ends, else offered beside the one that stands. */
export async function makeAlignment(
  context: WriteContext,
  below: ObjectiveWithFigures,
  above: ObjectiveWithFigures,
  said: Said,
  ends: Ends,
): Promise<Alignment> {
  const speaksFor = inTheNameOf(context, below, above, ends)
  const standing = await alignmentsFrom(context.tx, [below.id])
  const same = standing.find((link) => link.toId === above.id)
  if (same) {
    const accountableId = said.accountableId === null ? below.leadId : said.accountableId
    return restate(context, same, { ...said, accountableId }, speaksFor, !mayDecide(same, ends))
  }
  // What is a draft is a parent for those who write it; nobody else could say yes to it.
  if (above.state === 'draft' && !speaksFor.below) refuseAlignment('unpublished', below, above)
  const offer = standing.find((link) => link.state === 'offered')
  assertMayReplace(offer, above.id, speaksFor)
  const state = stateWhenMade(speaksFor)
  for (const link of standing) if (link.state === 'offered' || state === 'accepted') await end(context, link)
  const made = await insert(context.tx, 'alignments', {
    statement: said.statement ?? null,
    accountableId: said.accountableId ?? below.leadId,
    id: context.newId<AlignmentId>(),
    fromId: below.id,
    toId: above.id,
    state,
    offeredBy: speaksFor.below ? 'below' : 'above',
    offeredById: context.actor.personId,
    onBehalf:
      context.actor.role === 'administrator' &&
      (state === 'accepted' ? !ends.below || !ends.above : !ends.below && !ends.above),
    reason: context.reason,
    offeredAt: context.tx.now,
    decidedAt: state === 'accepted' ? context.tx.now : null,
    endedAt: null,
  })
  if (state === 'accepted') await assertLineStands(context, below.id, '/toObjectiveId')
  return made
}

/** The same link again: its words change, and where the caller speaks for whoever decides on an offer, it is agreed. */
async function restate(
  context: WriteContext,
  link: Alignment,
  said: Said,
  speaksFor: Ends,
  onBehalf: boolean,
): Promise<Alignment> {
  const stated = await update(context.tx, 'alignments', link, said)
  return link.state === 'offered' && mayDecide(link, speaksFor)
    ? acceptAlignmentLink(context, stated, onBehalf)
    : stated
}

// Whoever leads neither end acts for whoever leads below. Where one person leads both ends, an administrator who makes the
// link for them has accepted it with it; others can only offer.
function inTheNameOf(context: Context, below: ObjectiveWithFigures, above: ObjectiveWithFigures, ends: Ends): Ends {
  const forBoth = context.actor.role === 'administrator' && below.leadId === above.leadId
  return { below: ends.below || forBoth || !ends.above, above: ends.above || forBoth }
}

export async function acceptAlignmentLink(
  context: WriteContext,
  link: Alignment,
  onBehalf: boolean,
): Promise<Alignment> {
  for (const other of await alignmentsFrom(context.tx, [link.fromId]))
    if (other.state === 'accepted') await end(context, other)
  const accepted = await update(context.tx, 'alignments', link, {
    state: 'accepted',
    decidedAt: context.tx.now,
    onBehalf: link.onBehalf || onBehalf,
    reason: context.reason ?? link.reason,
  })
  await assertLineStands(context, link.fromId, '/toObjectiveId')
  return accepted
}

export async function end(context: WriteContext, link: Alignment): Promise<Alignment> {
  return update(context.tx, 'alignments', link, {
    state: 'ended',
    endedAt: context.tx.now,
    onBehalf: link.onBehalf || context.onBehalf,
    reason: context.reason ?? link.reason,
  })
}

/** A link is part of the Objective below: its version counts up with it, unless the Objective was just made. */
export async function touchObjective(context: WriteContext, id: ObjectiveId): Promise<void> {
  const objective = await find(context.tx, 'objectives', id)
  if (objective) context.tagged = (await touch(context.tx, 'objectives', objective)).version
}

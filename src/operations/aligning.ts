import { type Ends, mayDecide, stateWhenMade } from '#domain/alignment.ts'
import type { End } from '#domain/contribution.ts'
import type { AlignmentId, ObjectiveId, PersonId } from '#domain/id.ts'
import { whyNotAlign } from '#domain/objective.ts'
import { breaks } from '#domain/problem.ts'
import { contributionsOffTheLine } from '#store/breaks.ts'
import { type Alignment, alignmentsFrom, wouldAlignInRing } from '#store/links.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find, insert, touch, update } from '#store/rows.ts'
import type { Relation } from './access.ts'
import { keyResultsSeen } from './key-result-view.ts'
import type { Context, WriteContext } from './operation.ts'
import { relationsToObjective } from './relations.ts'

/** Which ends of a link between two Objectives the caller speaks for: whoever leads them. */
export async function endsOf(
  context: Context,
  below: ObjectiveWithFigures,
  above: ObjectiveWithFigures,
): Promise<Ends> {
  const leads = async (objective: ObjectiveWithFigures) =>
    (await relationsToObjective(context, objective)).some((relation) => relation !== 'author')
  return { below: await leads(below), above: await leads(above) }
}

export function relationsToLink(ends: Ends, link?: { offeredBy: End }): Relation[] {
  const relations: Relation[] = []
  if (ends.below) relations.push('below')
  if (ends.above) relations.push('above')
  if (link && mayDecide(link, ends)) relations.push('decides')
  return relations
}

/** Refuses what the rule `objective-aligns-to-objective` and `no-cycles` stand against. */
export async function assertMayAlign(
  context: Context,
  below: ObjectiveWithFigures,
  above: ObjectiveWithFigures,
): Promise<void> {
  const [lower, upper] = await Promise.all([withCycle(context, below), withCycle(context, above)])
  const why = whyNotAlign(lower, upper, context.actor.personId)
  if (why)
    breaks(
      'objective-aligns-to-objective',
      why,
      { below: below.title, above: above.title },
      {
        errors: [
          {
            pointer: '/toObjectiveId',
            reason: {
              key: `rule.objective-aligns-to-objective.${why}`,
              values: { below: below.title, above: above.title },
            },
          },
        ],
      },
    )
  if (await wouldAlignInRing(context.tx, below.id, above.id))
    breaks('no-cycles', 'alignment', { below: below.title, above: above.title })
}

async function withCycle(context: Context, objective: ObjectiveWithFigures) {
  const cycle = await find(context.tx, 'cycles', objective.cycleId)
  return { ...objective, cycle: cycle as NonNullable<typeof cycle> }
}

/** Makes the link: accepted where the caller speaks for both ends, else offered beside the one that stands. */
export async function makeAlignment(
  context: WriteContext,
  below: ObjectiveWithFigures,
  above: ObjectiveWithFigures,
  terms: { statement: string | null; accountableId: PersonId | null },
  ends: Ends,
): Promise<Alignment> {
  const standing = await alignmentsFrom(context.tx, [below.id])
  const same = standing.find((link) => link.toId === above.id)
  const speaksFor = inTheNameOf(context, below, above, ends)
  if (same) return restate(context, same, terms, speaksFor, !mayDecide(same, ends))
  const state = stateWhenMade(speaksFor)
  for (const link of standing) if (link.state === 'offered' || state === 'accepted') await end(context, link)
  const made = await insert(context.tx, 'alignments', {
    ...terms,
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
  if (state === 'accepted') await assertNothingBreaks(context, below.id)
  return made
}

/** The same link again: its words change, and where the caller speaks for whoever decides on an offer, it is agreed. */
async function restate(
  context: WriteContext,
  link: Alignment,
  terms: Pick<Alignment, 'statement' | 'accountableId'>,
  speaksFor: Ends,
  onBehalf: boolean,
): Promise<Alignment> {
  const stated = await update(context.tx, 'alignments', link, terms)
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
    reason: context.reason,
  })
  await assertNothingBreaks(context, link.fromId)
  return accepted
}

export async function end(context: WriteContext, link: Alignment): Promise<Alignment> {
  return update(context.tx, 'alignments', link, {
    state: 'ended',
    endedAt: context.tx.now,
    reason: context.reason ?? link.reason,
  })
}

/** A link is part of the Objective below: its version counts up with it, unless the Objective was just made. */
export async function touchObjective(context: WriteContext, id: ObjectiveId): Promise<void> {
  const objective = await find(context.tx, 'objectives', id)
  if (objective) context.tagged = (await touch(context.tx, 'objectives', objective)).version
}

/** Contributions follow the alignment: a change that would leave some behind names them instead. */
export async function assertNothingBreaks(context: Context, objectiveId: ObjectiveId): Promise<void> {
  const broken = await contributionsOffTheLine(context.tx, objectiveId)
  if (broken.length === 0) return
  const seen = await keyResultsSeen(
    context,
    broken.map((link) => link.fromId),
  )
  const named = broken.filter((link) => seen.has(link.fromId))
  breaks(
    'contribution-follows-alignment',
    'would-break',
    { count: broken.length },
    {
      details: { contributions: named },
      repairs: named.map((link) => ({
        method: 'POST',
        path: `/v1/key-results/${link.fromId}/contribution/end`,
        reason: { key: 'repair.end-contribution' },
      })),
    },
  )
}

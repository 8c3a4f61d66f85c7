import { type Ends, mayDecide, stateWhenMade } from '#domain/alignment.ts'
import type { Already } from '#domain/already.ts'
import { whyNotRollUp } from '#domain/contribution.ts'
import { type Decimal, decimal, units } from '#domain/decimal.ts'
import type { ContributionId, KeyResultId } from '#domain/id.ts'
import { isOpen } from '#domain/objective.ts'
import { breaks } from '#domain/problem.ts'
import type { RollUp } from '#domain/roll-up.ts'
import { type Settings, weightOf } from '#domain/settings.ts'
import { findKeyResult, holdingMeasureOf, type KeyResultWithFigures } from '#store/key-results.ts'
import {
  type Contribution,
  contributionsFrom,
  contributionsTo,
  liesAtOrBelow,
  sumsInUnits,
  wouldRing,
} from '#store/links.ts'
import { find, insert, touch, update } from '#store/rows.ts'
import { correctionsFor } from './already.ts'
import { correctOwn } from './correcting.ts'
import type { Turn } from './counting.ts'
import { assertMayReplace } from './ends.ts'
import { keyResultsSeen } from './key-result-view.ts'
import type { Context, WriteContext } from './operation.ts'
import { settleNow } from './settling.ts'

export type Terms = { rollUp: RollUp; share: Decimal | null; weight: Decimal }

/** Refuses what the four rules about contributions stand against. */
export async function assertMayContribute(
  context: WriteContext,
  below: KeyResultWithFigures,
  above: KeyResultWithFigures,
  terms: Terms,
): Promise<void> {
  const values = { below: below.title, above: above.title }
  if (!isOpen(below)) breaks('life', 'frozen', { state: below.state })
  if (above.state !== 'published') breaks('contribution-follows-alignment', 'not-open', values)
  if (followsAlignment(context) && !(await liesAtOrBelow(context.tx, below.objectiveId, above.objectiveId))) {
    const repair = {
      method: 'PUT',
      path: `/v1/objectives/${below.objectiveId}/alignment`,
      headers: { 'if-match': '*' },
      body: { toObjectiveId: above.objectiveId },
      reason: { key: 'repair.align-first', values },
    }
    breaks('contribution-follows-alignment', 'not-below', values, {
      repairs: below.objectiveId === above.objectiveId ? [] : [repair],
    })
  }
  if (below.id === above.id || (terms.rollUp !== 'shown' && (await wouldRing(context.tx, below.id, above.id))))
    breaks('no-cycles', 'contribution', values)
  const why = whyNotRollUp(
    { measure: holdingMeasureOf(below) },
    { measure: holdingMeasureOf(above), rollsUpBy: await rollsUpBy(context, above.id, below.id) },
    terms,
    context.settings.units,
  )
  if (why)
    breaks(why.rule, why.why, values, {
      errors: [{ pointer: '/rollUp', reason: { key: `rule.${why.rule}.${why.why}`, values } }],
    })
}

/** Whether the rule is the wall that it is unless an organization makes a warning of it. */
function followsAlignment({ settings }: Context): boolean {
  return weightOf(settings, 'contribution-follows-alignment') === 'wall'
}

/** How what already counts into a Key Result counts, leaving one child aside. */
export async function rollsUpBy(context: WriteContext, id: KeyResultId, except: KeyResultId): Promise<RollUp | null> {
  const links = await contributionsTo(context.tx, [id])
  return (
    links.find((link) => link.state === 'accepted' && link.rollUp !== 'shown' && link.fromId !== except)?.rollUp ?? null
  )
}

/** Makes the link: accepted where the caller speaks for both ends, else offered beside the one that stands. */
export async function makeContribution(
  context: WriteContext,
  below: KeyResultWithFigures,
  above: KeyResultWithFigures,
  terms: Terms,
  ends: Ends,
  already: Already | undefined,
): Promise<Contribution> {
  const onBehalf = !ends.below && !ends.above
  // An administrator acts for whoever owns below: whoever owns both ends has accepted with it.
  const speaksFor = onBehalf ? { below: true, above: below.ownerId === above.ownerId } : ends
  const offer = (await contributionsFrom(context.tx, [below.id])).find((link) => link.state === 'offered')
  if (offer && isLink(offer, above, terms) && mayDecide(offer, speaksFor))
    return beginCounting(context, offer, onBehalf, already)
  assertMayReplace(offer, above.id, speaksFor)
  if (offer) await close(context, offer)
  const made = await insert(context.tx, 'contributions', {
    ...terms,
    id: context.newId<ContributionId>(),
    fromId: below.id,
    toId: above.id,
    withinObjective: below.objectiveId === above.objectiveId,
    counts:
      below.objectiveId === above.objectiveId || (await find(context.tx, 'objectives', below.objectiveId))?.counts,
    state: 'offered',
    offeredBy: speaksFor.below ? 'below' : 'above',
    offeredById: context.actor.personId,
    onBehalf,
    reason: context.reason,
    offeredAt: context.tx.now,
    decidedAt: null,
    endedAt: null,
  })
  return stateWhenMade(speaksFor) === 'accepted' ? beginCounting(context, made, onBehalf, already) : made
}

/** The very same link, on the same terms: whoever asks for it from the other end agrees to it. */
export function isLink(link: Contribution, above: { id: KeyResultId }, { rollUp, share, weight }: Terms): boolean {
  return link.toId === above.id && link.rollUp === rollUp && link.share === share && link.weight === weight
}

/** Accepts an offered link: from here on it counts. Another that the child had gives way to it. */
export async function beginCounting(
  context: WriteContext,
  link: Contribution,
  onBehalf: boolean,
  already: Already | undefined,
): Promise<Contribution> {
  const standing = await contributionsFrom(context.tx, [link.fromId])
  const former = standing.find((one) => one.state === 'accepted') ?? null
  return turnOver(context, [{ ended: former, begun: link }], already, async () => {
    if (former) await close(context, former)
    return update(context.tx, 'contributions', link, {
      state: 'accepted',
      decidedAt: context.tx.now,
      onBehalf: link.onBehalf || onBehalf,
      reason: context.reason ?? link.reason,
    })
  })
}

/** Ends an accepted link; where the parent's reports contain what it added, that stays. */
export async function endCounting(
  context: WriteContext,
  link: Contribution,
  already: Already | undefined,
): Promise<Contribution> {
  return turnOver(context, [{ ended: link, begun: null }], already, () => close(context, link))
}

/** The links of a Key Result that came to count by an edit of its own begin to do so. */
export async function countFromNow(
  context: WriteContext,
  id: KeyResultId,
  already: Already | undefined,
): Promise<void> {
  const [link] = (await contributionsFrom(context.tx, [id])).filter((one) => one.state === 'accepted')
  if (link) await turnOver(context, [{ ended: null, begun: link }], already, async () => link)
}

/** What the reports of the parents contain is asked before, and put right after. */
export async function turnOver<Done>(
  context: WriteContext,
  turns: readonly Turn[],
  already: Already | undefined,
  act: () => Promise<Done>,
): Promise<Done> {
  const corrections = await correctionsFor(context, turns, already)
  const done = await act()
  for (const [parentId, by] of corrections) if (by !== 0n) await correctOwn(context, parentId, by)
  for (const { ended, begun } of turns)
    for (const link of [ended, begun]) if (link) context.moves([link.fromId, link.toId])
  return done
}

export async function close(context: WriteContext, link: Contribution): Promise<Contribution> {
  return update(context.tx, 'contributions', link, {
    state: 'ended',
    endedAt: context.tx.now,
    onBehalf: link.onBehalf || context.onBehalf,
    reason: context.reason ?? link.reason,
  })
}

/** A link, and by how much the Key Results above moved: its own, and the one that the child counted into before. */
export type Moved = { link: Contribution; parentMovesBy: Decimal | null; formerParentMovesBy: Decimal | null }

/** Refuses that a name of a unit is no longer added up while something is. */
export async function assertStillSums(context: Context, names: Settings['units']): Promise<void> {
  const apart = Object.keys(names).filter((unit) => names[unit] === false && context.settings.units[unit] !== false)
  const links = await sumsInUnits(context.tx, apart)
  if (links.length === 0) return
  const seen = await keyResultsSeen(
    context,
    links.map((link) => link.fromId),
  )
  const named = links.filter((link) => seen.has(link.fromId))
  const values = { units: apart.join(', '), count: links.length }
  breaks('like-sums-with-like', 'unit-sums', values, {
    errors: [{ pointer: '/units', reason: { key: 'rule.like-sums-with-like.unit-sums', values } }],
    details: { contributionIds: named.map((link) => link.id) },
  })
}

/** By how much the parents move while something is done, in their units; null where one has no value. */
export async function movedBy(
  context: WriteContext,
  { fromId, toId }: Pick<Contribution, 'fromId' | 'toId'>,
  act: () => Promise<Contribution>,
): Promise<Moved & { formerId: KeyResultId | null }> {
  const standing = await contributionsFrom(context.tx, [fromId])
  const former = standing.find((link) => link.state === 'accepted' && link.toId !== toId)?.toId ?? null
  const before = [await currentOf(context, toId), former && (await currentOf(context, former))] as const
  const link = await act()
  await settleNow(context)
  const gaveWay = link.state === 'accepted' ? former : null
  return {
    link,
    parentMovesBy: difference(before[0], await currentOf(context, toId)),
    formerId: gaveWay,
    formerParentMovesBy: gaveWay && difference(before[1], await currentOf(context, gaveWay)),
  }
}

async function currentOf(context: WriteContext, id: KeyResultId): Promise<bigint | null> {
  const row = await findKeyResult(context.tx, null, id)
  return row?.current == null ? null : units(row.current)
}

function difference(before: bigint | null, after: bigint | null): Decimal | null {
  return before === null || after === null ? null : decimal(after - before)
}

/** A link is part of the Key Result below: its version counts up with it. */
export async function touchKeyResult(context: WriteContext, id: KeyResultId): Promise<void> {
  const row = await find(context.tx, 'keyResults', id)
  if (row) context.tagged = (await touch(context.tx, 'keyResults', row)).version
}

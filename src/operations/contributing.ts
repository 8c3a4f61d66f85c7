import type { Ends } from '#domain/alignment.ts'
import { mayDecide, stateWhenMade } from '#domain/alignment.ts'
import { type Already, whyNotRollUp } from '#domain/contribution.ts'
import { type Decimal, decimal, units } from '#domain/decimal.ts'
import type { ContributionId, KeyResultId } from '#domain/id.ts'
import { isMetric } from '#domain/measure.ts'
import { breaks, refuse } from '#domain/problem.ts'
import { adds, type RollUp } from '#domain/roll-up.ts'
import {
  contributorOf,
  findKeyResult,
  holdingMeasureOf,
  type KeyResultWithFigures,
  loadKeyResults,
} from '#store/key-results.ts'
import { type Contribution, contributionsFrom, contributionsTo, liesAtOrBelow, wouldRing } from '#store/links.ts'
import { find, insert, touch, update } from '#store/rows.ts'
import { correctOwn, lastValueOf } from './correcting.ts'
import { keyResultsSeen } from './key-result-view.ts'
import type { Context, WriteContext } from './operation.ts'
import { relationsToKeyResult } from './relations.ts'
import { settleNow } from './settling.ts'

export type Terms = { rollUp: RollUp; share: Decimal | null; weight: Decimal }

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

/** Refuses what the four rules about contributions stand against. */
export async function assertMayContribute(
  context: Context,
  below: KeyResultWithFigures,
  above: KeyResultWithFigures,
  terms: Terms,
): Promise<void> {
  const values = { below: below.title, above: above.title }
  if (above.state !== 'published') breaks('contribution-follows-alignment', 'not-open', values)
  if (!(await liesAtOrBelow(context.tx, below.objectiveId, above.objectiveId))) {
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
  )
  if (why)
    breaks(why.rule, why.why, values, {
      errors: [{ pointer: '/rollUp', reason: { key: `rule.${why.rule}.${why.why}`, values } }],
    })
}

/** How what already counts into a Key Result counts, leaving one child aside. */
async function rollsUpBy(context: Context, id: KeyResultId, except: KeyResultId): Promise<RollUp | null> {
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
  const standing = await contributionsFrom(context.tx, [below.id])
  const agreed = standing.find((link) => isOffer(link, above, terms) && mayDecide(link, ends))
  if (agreed) return beginCounting(context, agreed, false, already)
  const speaksFor = ends.below || ends.above ? ends : { below: true, above: below.ownerId === above.ownerId }
  const state = stateWhenMade(speaksFor)
  for (const link of standing) if (link.state === 'offered') await close(context, link)
  const accepted = standing.find((link) => link.state === 'accepted')
  if (accepted && state === 'accepted') await endCounting(context, accepted, already)
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
    onBehalf: !ends.below && !ends.above,
    reason: context.reason,
    offeredAt: context.tx.now,
    decidedAt: null,
    endedAt: null,
  })
  return state === 'accepted' ? beginCounting(context, made, false, already) : made
}

/** The very same link, offered: whoever asks for it from the other end agrees to it. */
function isOffer(link: Contribution, above: KeyResultWithFigures, { rollUp, share, weight }: Terms): boolean {
  const sameTerms = link.rollUp === rollUp && link.share === share && link.weight === weight
  return link.state === 'offered' && link.toId === above.id && sameTerms
}

/** Accepts an offered link: from here on it counts. Another that the child had is ended. */
export async function beginCounting(
  context: WriteContext,
  link: Contribution,
  onBehalf: boolean,
  already: Already | undefined,
): Promise<Contribution> {
  const [other] = (await contributionsFrom(context.tx, [link.fromId])).filter((one) => one.state === 'accepted')
  if (other) await endCounting(context, other, already)
  const part = await partOf(context, link)
  await askWhether(context, link, part, already, 'begin')
  const accepted = await update(context.tx, 'contributions', link, {
    state: 'accepted',
    decidedAt: context.tx.now,
    onBehalf: link.onBehalf || onBehalf,
    reason: context.reason ?? link.reason,
  })
  if (part !== null && already === 'included') await correctOwn(context, link.toId, -part)
  context.moves([link.fromId, link.toId])
  return accepted
}

/** Ends an accepted link; where the parent's reports contain what it added, that stays. */
export async function endCounting(
  context: WriteContext,
  link: Contribution,
  already: Already | undefined,
): Promise<Contribution> {
  const part = await partOf(context, link)
  await askWhether(context, link, part, already, 'end')
  const ended = await close(context, link)
  if (part !== null && already === 'included') await correctOwn(context, link.toId, part)
  context.moves([link.fromId, link.toId])
  return ended
}

export async function close(context: WriteContext, link: Contribution): Promise<Contribution> {
  return update(context.tx, 'contributions', link, {
    state: 'ended',
    endedAt: context.tx.now,
    reason: context.reason ?? link.reason,
  })
}

/** What a summing child adds right now, in millionths; null where nothing is summed or the child does not count. */
async function partOf(context: WriteContext, link: Contribution): Promise<bigint | null> {
  if (link.rollUp !== 'sum' || !link.counts) return null
  const rows = await loadKeyResults(context.tx, [link.fromId, link.toId])
  const child = rows.get(link.fromId)
  const parent = rows.get(link.toId)
  const measure = parent ? holdingMeasureOf(parent) : null
  if (!child || !isMetric(measure) || child.state === 'draft' || !child.conforms) return null
  return adds(measure, contributorOf(child, link))
}

/** Where the parent has reports, the caller has to say whether they contain the child's part. */
async function askWhether(
  context: WriteContext,
  link: Contribution,
  part: bigint | null,
  already: Already | undefined,
  moment: 'begin' | 'end',
): Promise<void> {
  if (part === null || already !== undefined) return
  const reported = await lastValueOf(context, link.toId)
  if (reported === null) return
  const values = { part: decimal(part), reported: decimal(reported) }
  refuse({
    kind: 'invalid',
    rule: 'already-asked',
    reason: { key: `contribution.already.${moment}`, values },
    errors: [{ pointer: '/already', reason: { key: `contribution.already.${moment}`, values } }],
  })
}

/** After a change of measure, the links of a Key Result still hold on both sides. */
export async function assertContributionsStand(context: WriteContext, id: KeyResultId): Promise<void> {
  const links = [...(await contributionsFrom(context.tx, [id])), ...(await contributionsTo(context.tx, [id]))]
  const rows = await loadKeyResults(
    context.tx,
    links.flatMap((link) => [link.fromId, link.toId]),
  )
  const seen = await keyResultsSeen(context, [...rows.keys()])
  const titleOf = (row: KeyResultWithFigures) => (seen.has(row.id) ? row.title : '…')
  for (const link of links) {
    const below = rows.get(link.fromId)
    const above = rows.get(link.toId)
    if (!below || !above) continue
    const why = whyNotRollUp(
      { measure: holdingMeasureOf(below) },
      { measure: holdingMeasureOf(above), rollsUpBy: null },
      { rollUp: link.rollUp, share: link.share as Decimal | null },
    )
    if (why)
      breaks(
        why.rule,
        'would-break',
        { below: titleOf(below), above: titleOf(above) },
        { details: { contributionId: link.id } },
      )
  }
}

/** By how much a parent moves while something is done, in its unit; null where it has no value. */
export async function movedBy(
  context: WriteContext,
  parentId: KeyResultId,
  act: () => Promise<Contribution>,
): Promise<{ link: Contribution; parentMovesBy: Decimal | null }> {
  const before = await currentOf(context, parentId)
  const link = await act()
  await settleNow(context)
  const after = await currentOf(context, parentId)
  return { link, parentMovesBy: before === null || after === null ? null : decimal(after - before) }
}

async function currentOf(context: WriteContext, id: KeyResultId): Promise<bigint | null> {
  const row = await findKeyResult(context.tx, null, id)
  return row?.current == null ? null : units(row.current)
}

/** A link is part of the Key Result below: its version counts up with it. */
export async function touchKeyResult(context: WriteContext, id: KeyResultId): Promise<void> {
  const row = await find(context.tx, 'keyResults', id)
  if (row) context.tagged = (await touch(context.tx, 'keyResults', row)).version
}

import type * as z from 'zod'
import { type Decimal, decimal, ratioText, units } from '#domain/decimal.ts'
import { type Delegation, delegationOn } from '#domain/delegate.ts'
import type { BarrierId, KeyResultId } from '#domain/id.ts'
import { isMetric } from '#domain/measure.ts'
import { combined } from '#domain/private-part.ts'
import { type Sharer, sharesOf } from '#domain/share.ts'
import { barriersAmong } from '#store/explorations.ts'
import {
  contributorOf,
  holdingMeasureOf,
  type KeyResultWithFigures,
  loadKeyResults,
  measureOf,
  keyResultsSeen as seenOf,
} from '#store/key-results.ts'
import { type Contribution, contributionsFrom, contributionsTo } from '#store/links.ts'
import type { contribution } from './declared/contributions.ts'
import type { keyResult } from './declared/key-results.ts'
import { type Judgement, judgements } from './judging.ts'
import type { Context } from './operation.ts'

export type KeyResultView = z.output<typeof keyResult>
export type ContributionView = z.output<typeof contribution>

/** Key Results as the caller sees them, with their links and who takes how much of their targets. */
export async function keyResultViews(
  context: Context,
  rows: readonly KeyResultWithFigures[],
): Promise<KeyResultView[]> {
  const ids = rows.map((row) => row.id)
  const up = await contributionsFrom(context.tx, ids)
  const down = await contributionsTo(context.tx, ids)
  const children = await loadKeyResults(context.tx, [...new Set(down.map((link) => link.fromId))])
  const ends = [...up.map((link) => link.toId), ...down.map((link) => link.fromId)]
  const seen = await keyResultsSeen(context, [...new Set(ends)])
  for (const id of ids) seen.add(id)
  const judged = await judgements(context, rows)
  const named = rows.flatMap((row): BarrierId[] => (row.barrierId ? [row.barrierId] : []))
  const barriers = await barriersAmong(context.tx, context.actor, named)
  return rows.map((row) => {
    const accepted = up.find((link) => link.fromId === row.id && link.state === 'accepted')
    const offered = up.find((link) => link.fromId === row.id && link.state === 'offered')
    const into = down.filter((link) => link.toId === row.id)
    return {
      ...plain(row),
      delegate: delegateView(delegationOn(row, context.today)),
      ...(judged.get(row.id) as Judgement),
      contributesToId: accepted && seen.has(accepted.toId) ? accepted.toId : null,
      contribution: accepted ? contributionView(accepted, seen) : null,
      contributionOffer: offered ? contributionView(offered, seen) : null,
      rollsUpBy:
        (into.find((link) => link.state === 'accepted' && link.rollUp !== 'shown' && link.counts)?.rollUp as
          | 'sum'
          | 'average'
          | undefined) ?? null,
      shares: shares(row, into, children),
      fromPrivate: fromPrivate(
        row,
        into.filter((link) => !seen.has(link.fromId)),
        children,
      ),
      barrierId: row.barrierId && barriers.has(row.barrierId) ? row.barrierId : null,
    }
  })
}

export async function keyResultView(context: Context, row: KeyResultWithFigures): Promise<KeyResultView> {
  return (await keyResultViews(context, [row]))[0] as KeyResultView
}

/** Of these ids, those of Key Results that the caller sees. */
export async function keyResultsSeen({ tx, actor }: Context, ids: readonly KeyResultId[]): Promise<Set<KeyResultId>> {
  return await seenOf(tx, actor, ids)
}

/** A link as far as both its ends are seen; of a private end only that it is there. */
export function contributionView(
  { organizationId: _, version: __, withinObjective: ___, counts: ____, fromId, toId, ...link }: Contribution,
  seen: ReadonlySet<KeyResultId>,
): ContributionView {
  const whole = seen.has(fromId) && seen.has(toId)
  return {
    ...link,
    fromKeyResultId: seen.has(fromId) ? fromId : null,
    toKeyResultId: seen.has(toId) ? toId : null,
    share: whole ? (link.share as Decimal | null) : null,
    weight: link.weight as Decimal,
    offeredById: whole ? link.offeredById : null,
    reason: whole ? link.reason : null,
  }
}

function plain(row: KeyResultWithFigures) {
  const {
    id,
    objectiveId,
    title,
    ownerId,
    authorId,
    interim,
    contributorIds,
    startsOn,
    deadline,
    ambition,
    state,
    conforms,
    publishedOn,
    closedOn,
    scoreNote,
    externalRef,
    confidence,
    measuredOn,
    cadence,
    createdAt,
    version,
  } = row
  return {
    ...{
      id,
      objectiveId,
      title,
      ownerId,
      authorId,
      interim,
      contributorIds,
      startsOn,
      deadline,
      ambition,
      state,
      conforms,
      publishedOn,
      closedOn,
      scoreNote,
      externalRef,
      confidence,
      measuredOn,
      cadence,
      createdAt,
      version,
    },
    weight: row.weight as Decimal,
    kept: row.kept as Decimal,
    score: row.score as Decimal | null,
    measure: measureView(row),
    ...aim(row),
    own: row.own as Decimal | null,
    current: row.current as Decimal | null,
    progress: row.progress as Decimal | null,
    latestCheckInId: row.checkInId,
  }
}

function measureView(row: KeyResultWithFigures): KeyResultView['measure'] {
  const measure = measureOf(row)
  if (measure === null || measure.kind === 'maintain') return measure
  return measure.kind === 'milestone'
    ? { ...measure, steps: [...measure.steps] }
    : { ...measure, phases: [...measure.phases] }
}

/** Where it starts and where it is to get, as far as that is known by now. */
function aim(row: KeyResultWithFigures): Pick<KeyResultView, 'start' | 'target'> {
  const measure = holdingMeasureOf(row)
  return isMetric(measure) ? { start: measure.start, target: measure.target } : { start: null, target: null }
}

/** One figure for what the caller does not see one by one. */
function fromPrivate(
  row: KeyResultWithFigures,
  into: readonly Contribution[],
  children: ReadonlyMap<KeyResultId, KeyResultWithFigures>,
): KeyResultView['fromPrivate'] {
  const measure = holdingMeasureOf(row)
  if (!isMetric(measure)) return null
  const contributors = into.flatMap((link) => {
    const child = children.get(link.fromId)
    return child && link.state === 'accepted' && link.counts ? [contributorOf(child, link)] : []
  })
  const part = combined(measure, contributors)
  return (
    part && {
      adds: part.adds === null ? null : decimal(part.adds),
      progress: part.progress === null ? null : ratioText(part.progress),
    }
  )
}

function delegateView(delegation: Delegation | null): KeyResultView['delegate'] {
  if (delegation === null) return null
  const { delegateId: personId, delegateServiceId: serviceId, delegateUntil: until } = delegation
  return { personId, serviceId, until }
}

function shares(
  row: KeyResultWithFigures,
  into: readonly Contribution[],
  children: ReadonlyMap<KeyResultId, KeyResultWithFigures>,
) {
  const measure = holdingMeasureOf(row)
  if (!isMetric(measure)) return null
  const sharers = into.flatMap((link): Sharer[] => {
    const child = children.get(link.fromId)
    return child && child.state !== 'discarded' && link.counts
      ? [{ ...contributorOf(child, link), link: link.state as 'accepted' | 'offered' }]
      : []
  })
  const found = sharesOf(measure, units(row.kept), sharers)
  if (found === null) return null
  const text = ([name, value]: [string, bigint]) => [name, decimal(value)]
  return Object.fromEntries(Object.entries(found).map(text)) as NonNullable<KeyResultView['shares']>
}

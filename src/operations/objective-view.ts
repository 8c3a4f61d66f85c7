import type * as z from 'zod'
import type { Decimal } from '#domain/decimal.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { alsoSupportsFrom } from '#store/also-supports.ts'
import { explorationsBehind } from '#store/explorations.ts'
import { type Alignment, alignmentsFrom } from '#store/links.ts'
import { type ObjectiveWithFigures, seenAmong } from '#store/objectives.ts'
import type { alignment } from './declared/alignments.ts'
import type { objective } from './declared/objectives.ts'
import { type ObjectiveJudgement, objectiveJudgements } from './judging-objectives.ts'
import type { Context } from './operation.ts'

export type ObjectiveView = z.output<typeof objective>
export type AlignmentView = z.output<typeof alignment>

/** Objectives as the caller sees them, with their links; what the links lead to may be private. */
export async function objectiveViews(
  context: Context,
  rows: readonly ObjectiveWithFigures[],
): Promise<ObjectiveView[]> {
  const ids = rows.map((row) => row.id)
  const links = await alignmentsFrom(context.tx, ids)
  const others = await alsoSupportsFrom(context.tx, ids)
  const above = [...links, ...others].map((link) => link.toId)
  const seen = await seenAmong(context.tx, context.actor, [...new Set(above)])
  for (const row of rows) seen.add(row.id)
  const behind = await explorationsBehind(
    context.tx,
    context.actor,
    rows.map((row) => row.id),
  )
  const linkOf = (id: ObjectiveId, state: Alignment['state']) =>
    links.find((link) => link.fromId === id && link.state === state)
  const byId = new Map(
    rows.map((row) => [row.id, { accepted: linkOf(row.id, 'accepted'), offered: linkOf(row.id, 'offered') }]),
  )
  const judged = await objectiveJudgements(context, rows)
  return rows.map(({ organizationId: _, ...row }) => {
    const { accepted, offered } = byId.get(row.id) ?? {}
    return {
      ...row,
      progress: row.progress as Decimal | null,
      score: row.score as Decimal | null,
      ...(judged.get(row.id) as ObjectiveJudgement),
      alignedToId: accepted && seen.has(accepted.toId) ? accepted.toId : null,
      alignment: accepted ? alignmentView(accepted, seen) : null,
      alignmentOffer: offered ? alignmentView(offered, seen) : null,
      alsoSupportsIds: others.flatMap(({ fromId, toId }) => (fromId === row.id && seen.has(toId) ? [toId] : [])),
      explorationId: behind.get(row.id) ?? null,
    }
  })
}

export async function objectiveView(context: Context, row: ObjectiveWithFigures): Promise<ObjectiveView> {
  return (await objectiveViews(context, [row]))[0] as ObjectiveView
}

/** A link as far as both its ends are seen; of a private end only that it is there. */
export function alignmentView(
  { organizationId: _, version: __, fromId, toId, ...link }: Alignment,
  seen: ReadonlySet<ObjectiveId>,
): AlignmentView {
  const whole = seen.has(fromId) && seen.has(toId)
  return {
    ...link,
    fromObjectiveId: seen.has(fromId) ? fromId : null,
    toObjectiveId: seen.has(toId) ? toId : null,
    statement: whole ? link.statement : null,
    accountableId: whole ? link.accountableId : null,
    offeredById: whole ? link.offeredById : null,
    reason: whole ? link.reason : null,
  }
}

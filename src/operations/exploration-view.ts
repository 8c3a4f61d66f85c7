import type * as z from 'zod'
import type { ObjectiveId } from '#domain/id.ts'
import { type Barrier, barriersOf, type Exploration } from '#store/explorations.ts'
import { seenAmong } from '#store/objectives.ts'
import type { exploration } from './declared/explorations.ts'
import type { Context } from './operation.ts'

export type ExplorationView = z.output<typeof exploration>

/** Explorations with what was said to stand in the way; the attempt and the draft as far as the caller sees them. */
export async function explorationViews(context: Context, rows: readonly Exploration[]): Promise<ExplorationView[]> {
  const barriers = await barriersOf(
    context.tx,
    rows.map((row) => row.id),
  )
  const ends = rows.flatMap(({ attemptId, draftId }) => [attemptId ?? [], draftId ?? []].flat())
  const seen = await seenAmong(context.tx, context.actor, ends)
  const visible = (id: ObjectiveId | null) => (id !== null && seen.has(id) ? id : null)
  return rows.map(({ organizationId: _, ...row }) => ({
    ...row,
    attemptId: visible(row.attemptId),
    draftId: visible(row.draftId),
    barriers: barriers.filter((one) => one.explorationId === row.id).map(barrierView),
  }))
}

export async function explorationView(context: Context, row: Exploration): Promise<ExplorationView> {
  return (await explorationViews(context, [row]))[0] as ExplorationView
}

export function barrierView({ organizationId: _, ...barrier }: Barrier) {
  return barrier
}

import type { ObjectiveId } from '#domain/id.ts'
import { isOpen } from '#domain/objective.ts'
import { breaks } from '#domain/problem.ts'
import { findObjective, type ObjectiveWithFigures, listObjectives as objectivesOf } from '#store/objectives.ts'
import { update } from '#store/rows.ts'
import * as declared from './declared/objectives.ts'
import { assertObjectiveNames, draftObjective } from './drafting.ts'
import { objectiveMeant, refuseKeyResultAbove } from './guard.ts'
import { assertReasonGiven } from './history.ts'
import { objectiveView, objectiveViews } from './objective-view.ts'
import { reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { countsAfter, privacyNotices, recount } from './privacy.ts'
import { relationsToObjective } from './relations.ts'
import { theCycle, theObjective } from './resolve.ts'
import { assertAlignmentsStand, assertDeadlinesStand } from './standing.ts'
import { refuseWalls, wallsAgainstEdit } from './walls.ts'

export const listObjectives = reading(declared.listObjectives, {
  run: async (context, { query }) => {
    const { cursor: _, limit, aligned, leadInterim, ...filter } = query
    const rows = await objectivesOf(
      context.tx,
      context.actor,
      { ...filter, aligned: aligned && aligned === 'true', leadInterim: leadInterim && leadInterim === 'true' },
      asked(query),
    )
    const { items, nextCursor } = paged(
      rows,
      limit,
      (row) => row,
      (row) => row.id,
    )
    return { items: await objectiveViews(context, items), nextCursor }
  },
})

export const showObjective = reading(declared.showObjective, {
  subject: async (context, { params }) => ({ relations: [], objective: await theObjective(context, params.id) }),
  run: (context, _, { objective }) => objectiveView(context, objective),
})

export const createObjective = writing(declared.createObjective, {
  subject: async (context, { body }) => {
    await assertObjectiveNames(context, body)
    return { relations: [], meant: body.alignedToId ? await objectiveMeant(context, body.alignedToId) : null }
  },
  run: async (context, { body: { alignedToId: _, ...said } }, { meant }) => {
    if (meant?.instead) return refuseKeyResultAbove(context, said, meant.instead, meant.above)
    const drafted = await draftObjective(context, said, meant?.above ?? null)
    return { ...(await shown(context, drafted.id)), notices: [] }
  },
})

export const editObjective = writing(declared.editObjective, {
  subject: async (context, { params, body }) => {
    const objective = await theObjective(context, params.id)
    await assertObjectiveNames(context, body, { before: objective })
    const relations = await relationsToObjective(context, objective)
    return { relations, objective, version: objective.version, current: () => objectiveView(context, objective) }
  },
  run: async (context, { body: { reason, already, ...patch } }, { objective }) => {
    context.reason = reason ?? null
    if (!isOpen(objective)) breaks('life', 'frozen', { state: objective.state })
    const cycle = await theCycle(context, objective.cycleId)
    assertReasonGiven(context, objective, cycle, patch)
    const { progress: _, keyResultCount: __, alignedCount: ___, ...before } = objective
    if (objective.state === 'published' && objective.conforms) await assertNoWalls(context, objective, patch)
    const taken = patch.leadId !== undefined && patch.leadId !== objective.leadId
    const counts = countsAfter(objective, patch)
    const wanted = { ...patch, counts, ...(taken ? { leadInterim: false } : {}) }
    const edited = await update(context.tx, 'objectives', before, wanted)
    if (counts !== objective.counts) await recount(context, objective.id, counts, already)
    if (patch.cycleId !== undefined && patch.cycleId !== objective.cycleId)
      await assertDeadlinesStand(context, await theCycle(context, patch.cycleId), objective.id)
    if (patch.cycleId !== undefined || patch.level !== undefined)
      await assertAlignmentsStand(context, objective.id, patch.level === undefined ? '/cycleId' : '/level')
    const notices = patch.visibility === 'named' ? await privacyNotices(context, edited) : []
    return { ...(await shown(context, objective.id)), notices }
  },
})

/** What is published keeps to the rules that an organization has made walls of. */
async function assertNoWalls(
  context: WriteContext,
  objective: ObjectiveWithFigures,
  patch: Partial<ObjectiveWithFigures>,
): Promise<void> {
  const after = {
    ...objective,
    ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
  }
  const moves = (['groupId', 'cycleId', 'level'] as const).some((field) => after[field] !== objective[field])
  refuseWalls(await wallsAgainstEdit(context, after, moves))
}

/** What an edit leaves, read again: versions, links and figures as they now are. */
export async function shown(context: WriteContext, id: ObjectiveId) {
  const row = (await findObjective(context.tx, null, id)) as ObjectiveWithFigures
  return objectiveView(context, row)
}

import { actorId } from '#domain/actor.ts'
import type { CycleId, GroupId, KpiId, ObjectiveId, PersonId } from '#domain/id.ts'
import { isOpen } from '#domain/objective.ts'
import { breaks, invalid } from '#domain/problem.ts'
import { findObjective, type ObjectiveWithFigures, listObjectives as objectivesOf } from '#store/objectives.ts'
import { find, insert, update } from '#store/rows.ts'
import { assertMayAlign, makeAlignment } from './aligning.ts'
import * as declared from './declared/objectives.ts'
import { endsOf } from './ends.ts'
import { assertReasonGiven } from './history.ts'
import { objectiveView, objectiveViews } from './objective-view.ts'
import { type Context, reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { countsAfter, privacyNotices, recount } from './privacy.ts'
import { relationsToObjective } from './relations.ts'
import { activePerson, named, namedPeople, theCycle, theObjective } from './resolve.ts'
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
    await assertNamed(context, body)
    return { relations: [], above: body.alignedToId ? await theObjective(context, body.alignedToId) : null }
  },
  run: async (context, { body: { alignedToId: _, ...body } }, { above }) => {
    const leadId = body.leadId ?? context.actor.personId ?? invalid('/leadId', 'field.missing')
    const level = body.level ?? (body.groupId ? 'group' : 'individual')
    const row = await insert(context.tx, 'objectives', {
      why: null,
      groupId: null,
      externalRef: null,
      kpiId: null,
      ...body,
      counts: countsAfter({ visibility: 'everyone', counts: true }, body),
      level,
      leadId,
      id: context.newId<ObjectiveId>(),
      authorId: actorId(context.actor) as PersonId,
      publishedUnderId: null,
      createdAt: context.tx.now,
    })
    context.moves([], [row.id])
    if (above) {
      const below = { ...row, progress: null, keyResultCount: 0, alignedCount: 0 }
      await assertMayAlign(context, below, above)
      await makeAlignment(context, below, above, {}, await endsOf(context, below, above))
    }
    return { ...(await shown(context, row.id)), notices: [] }
  },
})

export const editObjective = writing(declared.editObjective, {
  subject: async (context, { params, body }) => {
    const objective = await theObjective(context, params.id)
    await assertNamed(context, body, objective)
    const relations = await relationsToObjective(context, objective)
    return { relations, objective, version: objective.version, current: () => objectiveView(context, objective) }
  },
  run: async (context, { body: { reason, ...patch } }, { objective }) => {
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
    if (counts !== objective.counts) await recount(context, objective.id, counts)
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

/** Everything the body names is there, who is to lead has not left, and a KPI that is new to it is not archived. */
async function assertNamed(
  context: Context,
  body: {
    cycleId?: CycleId | undefined
    groupId?: GroupId | null | undefined
    leadId?: PersonId | undefined
    viewerIds?: PersonId[] | undefined
    kpiId?: KpiId | null | undefined
  },
  before?: { kpiId: KpiId | null },
): Promise<void> {
  if (body.cycleId) await named('/cycleId', find(context.tx, 'cycles', body.cycleId))
  if (body.groupId) await named('/groupId', find(context.tx, 'groups', body.groupId))
  if (body.leadId) await activePerson(context, '/leadId', body.leadId)
  if (body.kpiId && body.kpiId !== before?.kpiId) {
    const kpi = await named('/kpiId', find(context.tx, 'kpis', body.kpiId))
    if (kpi.archivedAt !== null) invalid('/kpiId', 'objective.kpi.archived', { name: kpi.name })
  }
  await namedPeople(context, '/viewerIds', body.viewerIds)
}

/** What an edit leaves, read again: versions, links and figures as they now are. */
export async function shown(context: WriteContext, id: ObjectiveId) {
  const row = (await findObjective(context.tx, null, id)) as ObjectiveWithFigures
  return objectiveView(context, row)
}

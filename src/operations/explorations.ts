import { actorId } from '#domain/actor.ts'
import type { BarrierId, ExplorationId, ObjectiveId } from '#domain/id.ts'
import { isOpen, placeUnder } from '#domain/objective.ts'
import { breaks, invalid, notFound, refuse } from '#domain/problem.ts'
import { type Exploration, listExplorations as explorationsOf, findExploration } from '#store/explorations.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find, insert, insertAll, update } from '#store/rows.ts'
import * as declared from './declared/explorations.ts'
import { assertObjectiveNames, draftObjective, type ObjectiveWords } from './drafting.ts'
import { explorationView, explorationViews } from './exploration-view.ts'
import { shown } from './objectives.ts'
import { type Context, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { relationsToExploration } from './relations.ts'
import { named, theCycle, theObjective } from './resolve.ts'

export const listExplorations = reading(declared.listExplorations, {
  subject: async (context, { params }) => ({ relations: [], objective: await theObjective(context, params.id) }),
  run: async (context, { query }, { objective }) => {
    const rows = await explorationsOf(context.tx, context.actor, objective.id, asked(query))
    const { items, nextCursor } = paged(
      rows,
      query.limit,
      (row) => row,
      (row) => row.id,
    )
    return { items: await explorationViews(context, items), nextCursor }
  },
})

export const showExploration = reading(declared.showExploration, {
  subject: async (context, { params }) => ({ relations: [], exploration: await theExploration(context, params.id) }),
  run: (context, _, { exploration }) => explorationView(context, exploration),
})

export const openExploration = writing(declared.openExploration, {
  subject: async (context, { params, body }) => {
    const objective = await theObjective(context, params.id)
    if (body.groupId) await named('/groupId', find(context.tx, 'groups', body.groupId))
    return { relations: [], objective, attempt: body.attemptId ? await theObjective(context, body.attemptId) : null }
  },
  run: async (context, { body }, { objective, attempt }) => {
    if (!isOpen(objective)) breaks('life', 'frozen', { state: objective.state })
    if (attempt?.id === objective.id) invalid('/attemptId', 'exploration.attempt.itself')
    const made = { authorId: actorId(context.actor), createdAt: context.tx.now }
    const exploration = await insert(context.tx, 'explorations', {
      ...made,
      id: context.newId<ExplorationId>(),
      objectiveId: objective.id,
      groupId: body.groupId === undefined ? (attempt?.groupId ?? null) : body.groupId,
      attemptId: attempt?.id ?? null,
      draftId: null,
    })
    const barriers = body.barriers.map((text) => ({ ...made, id: context.newId<BarrierId>(), text }))
    await insertAll(
      context.tx,
      'barriers',
      barriers.map((barrier) => ({ ...barrier, explorationId: exploration.id })),
    )
    return explorationView(context, exploration)
  },
})

export const draftFromExploration = writing(declared.draftFromExploration, {
  subject: async (context, { params, body }) => {
    const exploration = await theExploration(context, params.id)
    const objective = await theObjective(context, exploration.objectiveId)
    await assertObjectiveNames(context, body)
    return {
      relations: await relationsToExploration(context, exploration),
      exploration,
      objective,
      version: exploration.version,
      current: () => explorationView(context, exploration),
    }
  },
  run: async (context, { body }, { exploration, objective }) => {
    const before = exploration.draftId && (await find(context.tx, 'objectives', exploration.draftId))
    if (before && before.state !== 'discarded') refuse({ kind: 'conflict', rule: 'already-drafted' })
    const drafted = await draftObjective(context, await better(context, exploration, objective, body), objective)
    await update(context.tx, 'explorations', exploration, { draftId: drafted.id })
    return shown(context, drafted.id)
  },
})

export async function theExploration({ tx, actor }: Context, id: ExplorationId): Promise<Exploration> {
  return (await findExploration(tx, actor, id)) ?? notFound('exploration', id)
}

/** Where nothing else is said it stands where the attempt stood, as far as that fits, and whoever writes it leads it. */
async function better(
  context: Context,
  exploration: Exploration,
  above: ObjectiveWithFigures,
  said: Partial<ObjectiveWords>,
): Promise<ObjectiveWords> {
  const attempt = exploration.attemptId && (await find(context.tx, 'objectives', exploration.attemptId as ObjectiveId))
  const groupId = said.groupId === undefined ? exploration.groupId : said.groupId
  const leadId = context.actor.personId ?? (attempt ? attempt.leadId : undefined)
  const upper = { level: above.level, cycle: await theCycle(context, above.cycleId) }
  const meant = attempt
    ? { level: attempt.level, cycle: await theCycle(context, attempt.cycleId) }
    : { ...upper, level: groupId ? ('group' as const) : ('individual' as const) }
  return { ...(leadId && { leadId }), groupId, ...placeUnder(meant, upper), ...said }
}

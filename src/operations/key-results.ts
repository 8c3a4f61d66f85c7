import type * as z from 'zod'
import { actorId } from '#domain/actor.ts'
import { units } from '#domain/decimal.ts'
import type { KeyResultId, PersonId } from '#domain/id.ts'
import { effective, isMetric, pointsTheRightWay } from '#domain/measure.ts'
import { isOpen } from '#domain/objective.ts'
import { breaks, invalid } from '#domain/problem.ts'
import { earliestReports } from '#store/check-ins.ts'
import {
  columnsOf,
  findKeyResult,
  type KeyResult,
  type KeyResultWithFigures,
  listKeyResults as keyResultsOf,
  measureOf,
} from '#store/key-results.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find, insert, update } from '#store/rows.ts'
import { countFromNow } from './contributing.ts'
import * as declared from './declared/key-results.ts'
import { ownedBy } from './handing-over.ts'
import { assertReasonGiven } from './history.ts'
import { keyResultView, keyResultViews } from './key-result-view.ts'
import { measureFrom } from './measures.ts'
import { type Context, reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { relationsToKeyResult, relationsToObjective } from './relations.ts'
import { activeOwner, namedBarrier, namedPeople, theCycle, theKeyResult, theObjective } from './resolve.ts'
import { settleNow } from './settling.ts'
import { assertContributionsStand } from './standing.ts'
import { isLenient, refuseWalls, wallsAgainstKeyResult } from './walls.ts'

export const listKeyResults = reading(declared.listKeyResults, {
  run: async (context, { query }) => {
    const { cursor: _, limit, interim, ...filter } = query
    const wanted = { ...filter, interim: interim && interim === 'true' }
    const { items, nextCursor } = paged(
      await keyResultsOf(context.tx, context.actor, wanted, asked(query)),
      limit,
      (row) => row,
      (row) => row.id,
    )
    return { items: await keyResultViews(context, items), nextCursor }
  },
})

export const showKeyResult = reading(declared.showKeyResult, {
  subject: async (context, { params }) => ({ relations: [], keyResult: await theKeyResult(context, params.id) }),
  run: (context, _, { keyResult }) => keyResultView(context, keyResult),
})

export const createKeyResult = writing(declared.createKeyResult, {
  subject: async (context, { params, body }) => {
    const objective = await theObjective(context, params.id)
    await assertNamed(context, body)
    return { relations: await relationsToObjective(context, objective), objective }
  },
  run: (context, { body }, { objective }) => draftKeyResult(context, objective, body),
})

export const editKeyResult = writing(declared.editKeyResult, {
  subject: async (context, { params, body }) => {
    await assertNamed(context, body)
    return existing(context, await theKeyResult(context, params.id))
  },
  run: (context, { body }, subject) => edit(context, subject, body),
})

export const putKeyResultByRef = writing(declared.putKeyResultByRef, {
  subject: async (context, { params, body }) => {
    await assertNamed(context, body)
    const [found] = await keyResultsOf(context.tx, context.actor, { externalRef: params.ref }, { limit: 1 })
    if (found) return existing(context, found)
    const objective = await theObjective(context, body.objectiveId ?? invalid('/objectiveId', 'field.missing'))
    return { relations: await relationsToObjective(context, objective), objective }
  },
  run: async (context, { params, body: { objectiveId, reason, already, ...fields } }, subject) => {
    if ('keyResult' in subject) {
      if (objectiveId && objectiveId !== subject.objective.id) invalid('/objectiveId', 'key-result.other-objective')
      return edit(context, subject, { ...fields, reason, already })
    }
    context.reason = reason ?? null
    return draftKeyResult(context, subject.objective, { ...fields, externalRef: params.ref })
  },
})

type Said = z.output<typeof declared.editKeyResult.body>
type Fields = Partial<Omit<Said, 'reason' | 'already'>>

/** Writes a draft of a Key Result: all of it may come later, but for the owner. */
export async function draftKeyResult(context: WriteContext, objective: ObjectiveWithFigures, fields: Fields) {
  if (!isOpen(objective)) breaks('life', 'frozen', { state: objective.state })
  await namedBarrier(context, objective.id, fields.barrierId)
  const cycle = await theCycle(context, objective.cycleId)
  const { measure = null, ...rest } = fields
  const row = await insert(context.tx, 'keyResults', {
    startsOn: cycle.startsOn,
    deadline: null,
    externalRef: null,
    ...rest,
    title: fields.title ?? '',
    ...columnsOf(measureFrom(measure, context.newId)),
    id: context.newId<KeyResultId>(),
    objectiveId: objective.id,
    ownerId: fields.ownerId ?? context.actor.personId ?? objective.leadId,
    authorId: actorId(context.actor) as PersonId,
    createdAt: context.tx.now,
  })
  context.moves([row.id])
  await settleNow(context)
  return shownKeyResult(context, row.id)
}

type Existing = Awaited<ReturnType<typeof existing>>

async function existing(context: Context, keyResult: KeyResultWithFigures) {
  const objective = await theObjective(context, keyResult.objectiveId)
  const relations = await relationsToKeyResult(context, keyResult, objective)
  return {
    relations,
    keyResult,
    objective,
    version: keyResult.version,
    current: () => keyResultView(context, keyResult),
  }
}

async function edit(
  context: WriteContext,
  { keyResult, objective }: Existing,
  { reason, already, measure, ...fields }: Said,
) {
  context.reason = reason ?? null
  if (!isOpen(keyResult)) breaks('life', 'frozen', { state: keyResult.state })
  await namedBarrier(context, objective.id, fields.barrierId)
  const cycle = await theCycle(context, objective.cycleId)
  const patch = { ...fields, ...(measure === undefined ? {} : columnsOf(measureFrom(measure, context.newId))) }
  assertReasonGiven(context, keyResult, cycle, patch)
  const before = (await find(context.tx, 'keyResults', keyResult.id)) as KeyResult
  const after = await update(context.tx, 'keyResults', before, {
    ...patch,
    ...(patch.ownerId
      ? ownedBy(before, patch.ownerId, { interim: before.interim && patch.ownerId === before.ownerId })
      : {}),
    ...(before.state === 'published' ? await standing(context, keyResult, patch, objective) : {}),
  })
  if (measure !== undefined) {
    await assertBaselineKept(context, keyResult.id)
    await assertContributionsStand(context, keyResult.id)
  }
  context.moves([keyResult.id])
  await settleNow(context)
  if (after.conforms && !before.conforms) await countFromNow(context, keyResult.id, already)
  await settleNow(context)
  return shownKeyResult(context, keyResult.id)
}

/** Whether what is published still conforms, as it would be. What has come in as it was published elsewhere may be mended piece by piece. */
async function standing(
  context: WriteContext,
  keyResult: KeyResultWithFigures,
  patch: Partial<KeyResult>,
  objective: ObjectiveWithFigures,
) {
  const after = { ...keyResult, ...defined(patch) }
  const walls = await wallsAgainstKeyResult(context, objective, after)
  if (keyResult.conforms) refuseWalls(walls)
  const lenient = isLenient(after, await theCycle(context, objective.cycleId))
  return { conforms: walls.length === 0, lenient: walls.length === 0 && lenient }
}

/** What was reported first is the baseline: the new target has to leave something to do from there. */
async function assertBaselineKept({ tx }: Context, id: KeyResultId): Promise<void> {
  const row = await find(tx, 'keyResults', id)
  const [first] = await earliestReports(tx, id)
  const measure = row && first ? effective(measureOf(row), units(first.value)) : null
  if (!isMetric(measure) || pointsTheRightWay(measure) !== false) return
  const values = { start: measure.start, target: measure.target, unit: measure.unit }
  breaks('measurable', 'baseline-leaves-nothing', values, {
    errors: [{ pointer: '/measure/target', reason: { key: 'rule.measurable.baseline-leaves-nothing', values } }],
  })
}

function defined<T extends object>(patch: T): Partial<KeyResult> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
}

/** Who is to own it has not left, and who helps is there. */
async function assertNamed(
  context: Context,
  body: { ownerId?: PersonId | undefined; contributorIds?: PersonId[] | undefined },
): Promise<void> {
  if (body.ownerId) await activeOwner(context, '/ownerId', body.ownerId)
  await namedPeople(context, '/contributorIds', body.contributorIds)
}

/** What a write leaves, read again. */
export async function shownKeyResult(context: WriteContext, id: KeyResultId) {
  return keyResultView(context, (await findKeyResult(context.tx, null, id)) as KeyResultWithFigures)
}

import { holdingsOf } from '#store/holdings.ts'
import type { KeyResult } from '#store/key-results.ts'
import { type Objective, seenAmong } from '#store/objectives.ts'
import type { Person } from '#store/people.ts'
import { find } from '#store/rows.ts'
import * as declared from './declared/hand-overs.ts'
import {
  assertMayLetIn,
  giveCommitments,
  giveGroup,
  giveInitiatives,
  giveKeyResult,
  giveKpi,
  giveObjective,
  letIn,
  theHolder,
} from './handing-over.ts'
import { assertReasonGiven } from './history.ts'
import { keyResultsSeen, keyResultView } from './key-result-view.ts'
import { shownKeyResult } from './key-results.ts'
import { objectiveView } from './objective-view.ts'
import { shown } from './objectives.ts'
import { type WriteContext, writing } from './operation.ts'
import { relationsToKeyResult, relationsToObjective } from './relations.ts'
import { theCycle, theKeyResult, theObjective, thePerson } from './resolve.ts'

export const handOverKeyResult = writing(declared.handOverKeyResult, {
  subject: async (context, { params, body }) => {
    const keyResult = await theKeyResult(context, params.id)
    const objective = await theObjective(context, keyResult.objectiveId)
    const to = await theHolder(context, '/toId', body.toId)
    const relations = await relationsToKeyResult(context, keyResult, objective)
    return { relations, to, version: keyResult.version, current: () => keyResultView(context, keyResult) }
  },
  run: async (context, { params, body }, { to }) => {
    context.reason = body.reason ?? null
    const keyResult = await find(context.tx, 'keyResults', params.id)
    if (keyResult) await handOverKeyResultTo(context, keyResult, to)
    return shownKeyResult(context, params.id)
  },
})

export const handOverObjective = writing(declared.handOverObjective, {
  subject: async (context, { params, body }) => {
    const objective = await theObjective(context, params.id)
    const to = await theHolder(context, '/toId', body.toId)
    const relations = await relationsToObjective(context, objective)
    return { relations, to, version: objective.version, current: () => objectiveView(context, objective) }
  },
  run: async (context, { params, body }, { to }) => {
    context.reason = body.reason ?? null
    const objective = await find(context.tx, 'objectives', params.id)
    if (objective) await handOverObjectiveTo(context, objective, to)
    return shown(context, params.id)
  },
})

export const handOverPerson = writing(declared.handOverPerson, {
  subject: async (context, { params, body }) => {
    const person = await thePerson(context, params.id)
    const to = await theHolder(context, '/toId', body.toId)
    const relations = context.actor.personId === person.id ? (['self'] as const) : []
    return { relations, to, version: person.version }
  },
  run: async (context, { params, body }, { to }) => {
    context.reason = body.reason ?? null
    const held = await holdingsOf(context.tx, params.id)
    const objectives = held.objectives.filter(({ leadInterim }) => leadInterim || !body.onlyInterim)
    const keyResults = held.keyResults.filter(({ interim }) => interim || !body.onlyInterim)
    const groups = held.groups.filter(({ leadInterim }) => leadInterim || !body.onlyInterim)
    const kpis = held.kpis.filter(({ interim }) => interim || !body.onlyInterim)
    for (const objective of objectives) await handOverObjectiveTo(context, objective, to)
    for (const keyResult of keyResults) await handOverKeyResultTo(context, keyResult, to)
    for (const group of groups) await giveGroup(context.tx, group, to, KEPT)
    for (const kpi of kpis) await giveKpi(context.tx, kpi, to, KEPT)
    if (!body.onlyInterim) {
      await giveCommitments(context.tx, held.commitments, to)
      await giveInitiatives(context.tx, held.initiatives, to)
    }
    const seen = await seenAmong(context.tx, context.actor, objectives.map(idOf))
    const seenKeyResults = await keyResultsSeen(context, keyResults.map(idOf))
    return {
      objectiveIds: objectives.map(idOf).filter((id) => seen.has(id)),
      keyResultIds: keyResults.map(idOf).filter((id) => seenKeyResults.has(id)),
      groupIds: groups.map(idOf),
      kpiIds: kpis.map(idOf),
    }
  },
})

const KEPT = { interim: false }

/** Rule `history-is-kept`: who answers for something that is published changes with a reason. */
async function handOverKeyResultTo(context: WriteContext, keyResult: KeyResult, to: Person): Promise<void> {
  const objective = (await find(context.tx, 'objectives', keyResult.objectiveId)) as Objective
  await assertMayLetIn(context, '/toId', objective, to)
  assertReasonGiven(context, keyResult, await theCycle(context, objective.cycleId), { ownerId: to.id })
  await giveKeyResult(context.tx, keyResult, to, KEPT)
  await letIn(context.tx, objective.id, to)
}

async function handOverObjectiveTo(context: WriteContext, objective: Objective, to: Person): Promise<void> {
  assertReasonGiven(context, objective, await theCycle(context, objective.cycleId), { leadId: to.id })
  await giveObjective(context.tx, objective, to, KEPT)
}

function idOf<Id>({ id }: { id: Id }): Id {
  return id
}

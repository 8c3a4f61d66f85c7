import type * as z from 'zod'
import type { Decimal } from '#domain/decimal.ts'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { lineOfSight as lineFrom, type Stop } from '#domain/line-of-sight.ts'
import { type KeyResultWithFigures, listKeyResults } from '#store/key-results.ts'
import { type LineStep, lineAbove } from '#store/links.ts'
import { listObjectives, type ObjectiveWithFigures, seenAmong } from '#store/objectives.ts'
import { holdings } from '#store/people.ts'
import { showKeyResultLineOfSight as ofKeyResult } from './declared/key-results.ts'
import type { lineOfSight } from './declared/lines-of-sight.ts'
import { showPersonLineOfSight as ofPerson } from './declared/people.ts'
import { type Context, reading } from './operation.ts'
import { theKeyResult, thePerson } from './resolve.ts'

type LineView = z.output<typeof lineOfSight>

export const showKeyResultLineOfSight = reading(ofKeyResult, {
  subject: async (context, { params }) => ({ relations: [], keyResult: await theKeyResult(context, params.id) }),
  run: async (context, _, { keyResult }) => {
    const lines = await linesFrom(context, [keyResult.objectiveId])
    return lines.ofKeyResult(keyResult)
  },
})

export const showPersonLineOfSight = reading(ofPerson, {
  subject: async (context, { params }) => ({ relations: [], person: await thePerson(context, params.id) }),
  run: async (context, _, { person }) => {
    const held = await holdings(context.tx, person.id)
    const keyResults = await listKeyResults(
      context.tx,
      context.actor,
      { ids: held.keyResultIds as KeyResultId[] },
      { limit: 200 },
    )
    const led = await seenAmong(context.tx, context.actor, held.objectiveIds)
    const lines = await linesFrom(context, [...new Set([...keyResults.map((row) => row.objectiveId), ...led])])
    const owns = keyResults.map((row) => lines.ofKeyResult(row))
    const leads = held.objectiveIds
      .filter((id) => led.has(id))
      .map((objectiveId) => ({ objectiveId, line: lines.ofObjective(objectiveId) }))
    const all = [...owns, ...leads.map(({ line }) => line)]
    return { personId: person.id, unbroken: all.length === 0 ? null : all.some((line) => line.unbroken), owns, leads }
  },
})

/** The lines of sight from some Objectives, loaded at once. */
async function linesFrom(context: Context, ids: readonly ObjectiveId[]) {
  const steps = await lineAbove(context.tx, ids)
  const met = [...new Set([...ids, ...steps.flatMap((step) => [step.fromId, step.toId])])]
  const rows = await listObjectives(context.tx, null, { ids: met }, { limit: met.length })
  const seen = await seenAmong(context.tx, context.actor, met)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const next = new Map(steps.map((step) => [step.fromId, step]))
  const stops = new Map<ObjectiveId, Stop>(rows.map((row) => [row.id, stopOf(row, next.get(row.id))]))

  function ofObjective(id: ObjectiveId): LineView {
    const { unbroken, broken, path } = lineFrom(id, stops)
    return {
      keyResult: null,
      unbroken,
      broken: broken && { why: broken.why, objectiveId: seen.has(broken.at) ? broken.at : null },
      path: path.map((stop) => stopView(byId.get(stop.id) as ObjectiveWithFigures, next.get(stop.id), seen)),
    }
  }

  function ofKeyResult(row: KeyResultWithFigures): LineView {
    const line = ofObjective(row.objectiveId)
    const { id, title, ownerId, state } = row
    const keyResult = { id, title, ownerId, state, progress: row.progress as Decimal | null }
    if (row.state === 'published' || row.state === 'closed') return { ...line, keyResult }
    const why = row.state === 'draft' ? 'key-result-not-published' : 'frozen'
    return { ...line, keyResult, unbroken: false, broken: line.broken ?? { why, objectiveId: null } }
  }

  return { ofObjective, ofKeyResult }
}

function stopOf(row: ObjectiveWithFigures, step: LineStep | undefined): Stop {
  return { id: row.id, level: row.level, state: row.state, next: step ? { toId: step.toId, link: step.state } : null }
}

/** Of what is private to others, only that something is there and leads on. */
function stopView(
  row: ObjectiveWithFigures,
  step: LineStep | undefined,
  seen: ReadonlySet<ObjectiveId>,
): LineView['path'][number] {
  const whole = step !== undefined && seen.has(step.fromId) && seen.has(step.toId)
  const next = step
    ? { link: step.state, statement: whole ? step.statement : null, accountableId: whole ? step.accountableId : null }
    : null
  if (!seen.has(row.id))
    return {
      private: true,
      objectiveId: null,
      title: null,
      why: null,
      level: null,
      state: null,
      leadId: null,
      groupId: null,
      progress: null,
      next,
    }
  const { id, title, why, level, state, leadId, groupId } = row
  return {
    private: false,
    objectiveId: id,
    title,
    why,
    level,
    state,
    leadId,
    groupId,
    progress: row.progress as Decimal | null,
    next,
  }
}

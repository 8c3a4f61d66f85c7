import { actorId } from '#domain/actor.ts'
import type { ChangeId, CheckInId, ObjectiveId } from '#domain/id.ts'
import { notFound, Problem, type Repair, refuse } from '#domain/problem.ts'
import { listActivity as activityOf, findChange, markUndone } from '#store/changes.ts'
import { findCheckIn } from '#store/check-ins.ts'
import { keyResultsSeen } from '#store/key-results.ts'
import { seesChange } from '#store/seen-changes.ts'
import * as declared from './declared/changes.ts'
import { CALLS_AT_MOST } from './declared/shape.ts'
import { type Input, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { takeBackCheckIn } from './taking-back.ts'
import { undoEntries } from './undoing.ts'

/** All or none: what one call refuses is refused whole, and the pointer says which call it was. */
export const makeChange = writing(declared.makeChange, {
  run: async (context, { body }) => {
    const answers: { status: number; body: unknown }[] = []
    for (const [index, call] of body.calls.entries()) {
      try {
        answers.push(await context.perform({ ...call, path: withIds(call.path, answers) }))
      } catch (error) {
        throw error instanceof Problem ? within(error, body, index) : error
      }
    }
    context.reason = body.reason ?? context.reason
    return { changeId: context.newId<ChangeId>(), answers }
  },
})

export const undoChange = writing(declared.undoChange, {
  subject: async (context, { params }) => {
    const change = await findChange(context.tx, params.id)
    // A check-in is a change of its own: its id stands for both.
    const checkIn = change ? undefined : await findCheckIn(context.tx, params.id as string as CheckInId)
    const by = change?.actorId ?? checkIn?.reportedById ?? notFound('change', params.id)
    if (by === actorId(context.actor)) return { relations: ['self'], change, checkIn }
    // What others did to something that the caller does not see is not there for them.
    const seen = checkIn
      ? (await keyResultsSeen(context.tx, context.actor, [checkIn.keyResultId])).size > 0
      : await seesChange(context.tx, context.actor, params.id)
    return seen ? { relations: [], change, checkIn } : notFound('change', params.id)
  },
  run: async (context, { body }, { change, checkIn }) => {
    context.reason = body.reason ?? null
    const changeId = context.newId<ChangeId>()
    if (checkIn) {
      await takeBackCheckIn(context, checkIn)
      return { changeId }
    }
    if (!change) notFound('change', changeId)
    if (change.undoneById) refuse({ kind: 'conflict', rule: 'already-undone' })
    context.undoesId = change.id
    await undoEntries(context, change.id)
    await markUndone(context.tx, change.id, changeId)
    return { changeId }
  },
})

export const listActivity = reading(declared.listActivity, {
  run: async (context, { query }) => {
    const { limit } = asked(query)
    const before = query.cursor === undefined ? undefined : Number(query.cursor)
    const filter = { objectiveId: query.objectiveId as ObjectiveId | undefined }
    const rows = await activityOf(context.tx, context.actor, filter, {
      before: Number.isFinite(before) ? before : undefined,
      limit,
    })
    return paged(
      rows,
      query.limit,
      ({ id, ...row }) => ({ ...row, changeId: id }),
      (row) => String(row.position),
    )
  },
})

/** A call for whose batch others have come in: what it names by a number stands so many places later, from `from` on. */
function moved(call: Batch['calls'][number], from: number, by: number): Batch['calls'][number] {
  const path = call.path.replaceAll(PLACE, (place, index) => (Number(index) < from ? place : `{${Number(index) + by}}`))
  return { ...call, path }
}

/** `{0}` in a path stands for the id of what the first call has made, and so on. */
function withIds(path: string, answers: readonly { body: unknown }[]): string {
  return path.replaceAll(PLACE, (place, index) => {
    const made = answers[Number(index)]?.body as { id?: unknown } | null | undefined
    return typeof made?.id === 'string' ? made.id : place
  })
}

const PLACE = /\{(\d{1,3})\}/g

type Batch = Input<typeof declared.makeChange>['body']

function within(problem: Problem, batch: Batch, index: number): Problem {
  const { errors, repairs, ...facts } = problem.facts
  const base = `/calls/${index}`
  return new Problem({
    ...facts,
    ...(repairs ? { repairs: repairs.flatMap((repair) => inBatch(repair, batch, index)) } : {}),
    errors: errors?.map((error) => ({
      ...error,
      pointer: `${base}${error.pointer.startsWith('#') ? '' : '/body'}${error.pointer.replace('#', '')}`,
    })) ?? [{ pointer: base, reason: facts.reason ?? { key: `problem.${facts.rule}.title` } }],
  })
}

/**
 * A way out of one call is a way out of the whole, where it is that call said otherwise, or with others before it. What
 * is something else altogether stays a call of its own.
 */
function inBatch(repair: Repair, { calls, reason }: Batch, index: number): Repair[] {
  const refused = calls[index] as Batch['calls'][number]
  const { method, path, headers, body, reason: why } = repair
  const instead =
    path === declared.makeChange.path
      ? (body as Batch).calls
      : method === refused.method && path === refused.path
        ? [{ method: refused.method, path, headers, body }]
        : null
  if (!instead) return [repair]
  const all = [
    ...calls.slice(0, index),
    ...instead.map((call) => moved(call, 0, index)),
    ...calls.slice(index + 1).map((call) => moved(call, index + 1, instead.length - 1)),
  ]
  if (all.length > CALLS_AT_MOST) return []
  const whole = { calls: all, ...(reason === undefined ? {} : { reason }) }
  return [{ method: 'POST', path: declared.makeChange.path, body: whole, reason: why }]
}

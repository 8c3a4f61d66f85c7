import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { breaks, notFound, Problem, type Repair } from '#domain/problem.ts'
import { findKeyResult, type KeyResultWithFigures } from '#store/key-results.ts'
import { findObjective, type ObjectiveWithFigures } from '#store/objectives.ts'
import { type ObjectiveWords, placed } from './drafting.ts'
import type { Context, WriteContext } from './operation.ts'
import { theObjective } from './resolve.ts'
import { type Pointed, type Ways, waysOut } from './ways-out.ts'

/** Where an Objective is expected: the one that is named, or that of the Key Result that is named `instead`. */
export type Meant = { above: ObjectiveWithFigures; instead: KeyResultWithFigures | null }

/** Both are looked for: whoever points at a Key Result that they see is told so, and led to what it belongs to. */
export async function objectiveMeant(context: Context, id: ObjectiveId): Promise<Meant> {
  const above = await findObjective(context.tx, context.actor, id)
  if (above) return { above, instead: null }
  const instead = await findKeyResult(context.tx, context.actor, id as string as KeyResultId)
  return instead ? { above: await theObjective(context, instead.objectiveId), instead } : notFound('objective', id)
}

/** The rule `objective-aligns-to-objective`: why not to a Key Result, and the ways out. `terms`: what else was asked. */
export async function refuseKeyResult(
  context: WriteContext,
  pointed: Pointed & { below: { id: ObjectiveId } },
  { pointer, terms }: { pointer: string; terms: object },
): Promise<never> {
  const [ways] = await waysOut(context, [pointed])
  return refuse(pointed, pointer, await thatAlign(context, repairsOf(pointed, ways as Ways, terms)))
}

/**
 * Whether it can be aligned only aligning tells: by what would be left behind, and what is offered already. It is tried;
 * nothing of it stays, since what is refused is taken back whole.
 */
async function thatAlign(context: WriteContext, repairs: readonly Repair[]): Promise<Repair[]> {
  const align = repairs.find(({ reason }) => reason.key === ALIGN)
  if (!align) return [...repairs]
  try {
    await context.perform(align)
    return [...repairs]
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return repairs.filter((repair) => repair !== align)
  }
}

const ALIGN = 'repair.align-to-its-objective'

/** The same of an Objective that was to be written: what was said of it is in each way out. */
export async function refuseKeyResultAbove(
  context: WriteContext,
  said: ObjectiveWords,
  keyResult: KeyResultWithFigures,
  above: ObjectiveWithFigures,
): Promise<never> {
  const draft = { id: null, state: 'draft' as const, authorId: null, title: '', groupId: null }
  const below = { ...draft, visibility: 'everyone' as const, ...placed(context, said) }
  const pointed = { below, keyResult, above }
  const [ways] = await waysOut(context, [pointed])
  const { aligns, turns, explores } = ways as Ways
  const write = { method: 'POST', path: '/v1/objectives', body: said }
  const repairs: Repair[] = []
  if (aligns) repairs.push({ ...write, body: { ...said, alignedToId: above.id }, reason: alignReason(pointed) })
  if (turns) {
    const turn = { method: 'POST', path: '/v1/objectives/{0}/turn-into-key-result', body: turnBody(pointed, turns) }
    const both = { method: 'POST', path: '/v1/changes', body: { calls: [write, turn] } }
    repairs.push({ ...both, reason: turnReason(pointed, turns) })
  }
  if (explores) repairs.push(exploreRepair(pointed, said.groupId ? { groupId: said.groupId } : {}))
  return refuse(pointed, '/alignedToId', await thatAlign(context, repairs))
}

/** The ways out of an Objective that is there, each a call that is ready to be sent. */
export function repairsOf(
  pointed: Pointed & { below: { id: ObjectiveId } },
  { aligns, turns, explores }: Ways,
  terms: object = {},
): Repair[] {
  const { below, above } = pointed
  const path = `/v1/objectives/${below.id}`
  const repairs: Repair[] = []
  if (aligns) {
    const align = { method: 'PUT', path: `${path}/alignment`, headers: { 'if-match': '*' } }
    repairs.push({ ...align, body: { toObjectiveId: above.id, ...terms }, reason: alignReason(pointed) })
  }
  if (turns) {
    const turn = { method: 'POST', path: `${path}/turn-into-key-result`, body: turnBody(pointed, turns) }
    repairs.push({ ...turn, reason: turnReason(pointed, turns) })
  }
  if (explores) repairs.push(exploreRepair(pointed, below.id === above.id ? {} : { attemptId: below.id }))
  return repairs
}

type Turns = NonNullable<Ways['turns']>

function turnBody({ keyResult }: Pointed, { under }: Turns) {
  const home = under === null ? { newObjective: {} } : { underObjectiveId: under.id }
  // Its measure is open: until it has one, the link is shown.
  return { ...home, toKeyResultId: keyResult.id, rollUp: 'shown' }
}

function exploreRepair({ above }: Pointed, more: object): Repair {
  const body = { barriers: [], ...more }
  return {
    method: 'POST',
    path: `/v1/objectives/${above.id}/explorations`,
    body,
    reason: { key: 'repair.explore', values: { above: above.title } },
  }
}

function alignReason({ above }: Pointed): Repair['reason'] {
  return { key: ALIGN, values: { above: above.title } }
}

function turnReason({ below, keyResult }: Pointed, { under }: Turns): Repair['reason'] {
  const values = { below: below.title, keyResult: keyResult.title }
  return under === null
    ? { key: 'repair.turn-into-key-result.new', values }
    : { key: 'repair.turn-into-key-result.under', values: { ...values, under: under.title } }
}

function refuse({ below, keyResult, above }: Pointed, pointer: string, repairs: Repair[]): never {
  const values = { below: below.title, keyResult: keyResult.title, above: above.title }
  const reason = { key: 'rule.objective-aligns-to-objective.key-result', values }
  breaks('objective-aligns-to-objective', 'key-result', values, { errors: [{ pointer, reason }], repairs })
}

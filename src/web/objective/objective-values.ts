import { type InputOf, request } from '#client/client.ts'
import type { Objective } from './objective.ts'

/** An Objective as its form holds it: every field a text, empty where nothing is said. */
export type ObjectiveValues = {
  title: string
  why: string
  level: Objective['level']
  groupId: string | null
  leadId: string | null
  cycleId: string | null
  ambition: Objective['ambition']
  alignedToId: string | null
  /** “We do this because you want that”: what the alignment says. */
  statement: string
  reason: string
}

export function valuesOf(objective: Objective): ObjectiveValues {
  const { title, why, level, groupId, leadId, cycleId, ambition } = objective
  const link = objective.alignmentOffer ?? objective.alignment
  return {
    title,
    why: why ?? '',
    level,
    groupId,
    leadId,
    cycleId,
    ambition,
    alignedToId: link?.toObjectiveId ?? null,
    statement: link?.statement ?? '',
    reason: '',
  }
}

/** What is sent to make one. */
export function made(values: ObjectiveValues): InputOf<'objectives.create'> {
  const { reason: _, statement: __, groupId, alignedToId, leadId, ...rest } = values
  return {
    ...rest,
    cycleId: rest.cycleId ?? '',
    ...(leadId === null ? {} : { leadId }),
    ...(rest.level === 'group' ? { groupId } : {}),
    ...(rest.level === 'company' || alignedToId === null ? {} : { alignedToId }),
  } as InputOf<'objectives.create'>
}

/** What is sent to change one: the fields that differ, so that nothing else is touched. */
export function changed(values: ObjectiveValues, before: ObjectiveValues): Omit<InputOf<'objectives.edit'>, 'id'> {
  const { alignedToId: _, statement: __, reason, ...fields } = values
  const groupId = fields.level === 'group' ? fields.groupId : null
  const differing = Object.entries({ ...fields, groupId }).filter(
    ([name, value]) => value !== before[name as keyof ObjectiveValues],
  )
  return { ...Object.fromEntries(differing), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } as Omit<
    InputOf<'objectives.edit'>,
    'id'
  >
}

type Call = InputOf<'changes.make'>['calls'][number]

/** How a link goes: one that was accepted ends, an offer of one’s own is taken back, another’s is declined. */
const FROM_THERE = { accepted: 'end', below: 'withdraw', above: 'decline' } as const

/** The link above, where it is to be another or to say something else; null where it stays. */
export function linkCall(
  { id, alignmentOffer }: Pick<Objective, 'id' | 'alignmentOffer'>,
  values: ObjectiveValues,
  before: ObjectiveValues,
): Call | null {
  const { level, alignedToId, statement } = values
  if (level === 'company') return null
  const said = alignedToId === null || statement.trim() === before.statement.trim()
  if (alignedToId === before.alignedToId && said) return null
  if (alignedToId === null)
    return request(`objectives.${FROM_THERE[alignmentOffer?.offeredBy ?? 'accepted']}-alignment`, { id }) as Call
  const reason = values.reason.trim() === '' ? {} : { reason: values.reason.trim() }
  return request('objectives.align', {
    id,
    toObjectiveId: alignedToId as Objective['id'],
    statement,
    ...reason,
  }) as Call
}

/** Words and link as one change: both are saved, or neither. `version` is the one that was seen. */
export function together(
  id: Objective['id'],
  edited: ReturnType<typeof changed>,
  link: Call,
  version: number,
): InputOf<'changes.make'> {
  const headers = { 'if-match': `"${version}"` }
  const words = Object.keys(edited).some((name) => name !== 'reason')
    ? [request('objectives.edit', { id, ...edited })]
    : []
  return { calls: [...(words as Call[]), link].map((call) => ({ ...call, headers })) }
}

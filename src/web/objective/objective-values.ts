import type { InputOf } from '#client/client.ts'
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
  reason: string
}

export function valuesOf(objective: Objective): ObjectiveValues {
  const { title, why, level, groupId, leadId, cycleId, ambition, alignedToId } = objective
  return { title, why: why ?? '', level, groupId, leadId, cycleId, ambition, alignedToId, reason: '' }
}

/** What is sent to make one. */
export function made(values: ObjectiveValues): InputOf<'objectives.create'> {
  const { reason: _, groupId, alignedToId, leadId, ...rest } = values
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
  const { alignedToId: _, reason, ...fields } = values
  const groupId = fields.level === 'group' ? fields.groupId : null
  const differing = Object.entries({ ...fields, groupId }).filter(
    ([name, value]) => value !== before[name as keyof ObjectiveValues],
  )
  return { ...Object.fromEntries(differing), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } as Omit<
    InputOf<'objectives.edit'>,
    'id'
  >
}

import type { CheckIn } from '#domain/check-in.ts'
import type { BarrierId, CheckInId, CycleId, GroupId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { invalid, notFound, refuse } from '#domain/problem.ts'
import { findCheckIn } from '#store/check-ins.ts'
import { barriersAmong, explorationsBehind } from '#store/explorations.ts'
import { findKeyResult, type KeyResultWithFigures } from '#store/key-results.ts'
import { findObjective, type ObjectiveWithFigures } from '#store/objectives.ts'
import { type Cycle, type Group, groupsAmong, type Person, peopleAmong } from '#store/people.ts'
import { find } from '#store/rows.ts'
import type { Context } from './operation.ts'

/** An Objective that the caller sees; else it is not found. */
export async function theObjective(context: Context, id: ObjectiveId): Promise<ObjectiveWithFigures> {
  return (await findObjective(context.tx, context.actor, id)) ?? notFound('objective', id)
}

export async function theKeyResult(context: Context, id: KeyResultId): Promise<KeyResultWithFigures> {
  return (await findKeyResult(context.tx, context.actor, id)) ?? notFound('key-result', id)
}

/** A check-in of a Key Result that the caller sees; of another they learn neither that it is there nor whose it is. */
export async function theCheckIn(context: Context, id: CheckInId): Promise<CheckIn> {
  const made = await findCheckIn(context.tx, id)
  const seen = made && (await findKeyResult(context.tx, context.actor, made.keyResultId))
  return made && seen ? made : notFound('check-in', id)
}

export async function thePerson(context: Context, id: PersonId): Promise<Person> {
  return (await find(context.tx, 'people', id)) ?? notFound('person', id)
}

export async function theGroup(context: Context, id: GroupId): Promise<Group> {
  return (await find(context.tx, 'groups', id)) ?? notFound('group', id)
}

export async function theCycle(context: Context, id: CycleId): Promise<Cycle> {
  return (await find(context.tx, 'cycles', id)) ?? notFound('cycle', id)
}

/** An id within the body names something that is not there: the field is told. */
export async function named<T>(pointer: string, found: Promise<T | undefined>): Promise<T> {
  return (await found) ?? invalid(pointer, 'field.names-nothing')
}

/** Everybody a field names, or the first that it names in vain. */
export async function namedPeople(
  context: Context,
  pointer: string,
  ids: readonly PersonId[] | undefined,
): Promise<void> {
  if (!ids || ids.length === 0) return
  const found = await peopleAmong(context.tx, ids)
  const missing = ids.findIndex((id) => !found.has(id))
  if (missing >= 0) invalid(`${pointer}/${missing}`, 'field.names-nothing')
}

export async function namedGroups(
  context: Context,
  pointer: string,
  ids: readonly GroupId[] | undefined,
): Promise<void> {
  if (!ids || ids.length === 0) return
  const found = await groupsAmong(context.tx, ids)
  const missing = ids.findIndex((id) => !found.has(id))
  if (missing >= 0) invalid(`${pointer}/${missing}`, 'field.names-nothing')
}

/** A barrier that a Key Result may name: of the exploration that its Objective came out of. */
export async function namedBarrier(
  { tx, actor }: Context,
  objectiveId: ObjectiveId,
  id: BarrierId | null | undefined,
): Promise<void> {
  if (!id) return
  const barrier = (await barriersAmong(tx, actor, [id])).get(id) ?? invalid('/barrierId', 'field.names-nothing')
  const behind = (await explorationsBehind(tx, null, [objectiveId])).get(objectiveId)
  if (behind === undefined) invalid('/barrierId', 'key-result.barrier.no-exploration')
  if (behind !== barrier.explorationId) invalid('/barrierId', 'key-result.barrier.elsewhere')
}

/** Somebody who can be given something to own or lead. */
export async function activePerson(context: Context, pointer: string, id: PersonId): Promise<Person> {
  const person = await named(pointer, find(context.tx, 'people', id))
  if (!isActive(person, context.today)) invalid(pointer, 'field.person-left', { name: person.name })
  return person
}

/** Somebody who can own a Key Result. */
export async function activeOwner(context: Context, pointer: string, id: PersonId): Promise<void> {
  const { name, leftOn } = await named(pointer, find(context.tx, 'people', id))
  if (isActive({ leftOn }, context.today)) return
  const errors = [{ pointer, reason: { key: 'field.person-left', values: { name } } }]
  refuse({ kind: 'refused', rule: 'one-owner', errors })
}

export function isActive(person: Pick<Person, 'leftOn'>, today: string): boolean {
  return person.leftOn === null || person.leftOn > today
}

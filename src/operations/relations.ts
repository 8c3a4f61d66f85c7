import { actorId } from '#domain/actor.ts'
import { reportsFor } from '#domain/delegate.ts'
import type { GroupId, PersonId } from '#domain/id.ts'
import { standInFor } from '#store/absences.ts'
import type { Exploration } from '#store/explorations.ts'
import type { KeyResult } from '#store/key-results.ts'
import type { Objective } from '#store/objectives.ts'
import { groupsAmong } from '#store/people.ts'
import { find } from '#store/rows.ts'
import type { Relation } from './access.ts'
import type { Context } from './operation.ts'

/** How the caller stands to an Objective. */
export async function relationsToObjective(
  context: Context,
  objective: Pick<Objective, 'leadId' | 'authorId' | 'state' | 'groupId' | 'level'>,
): Promise<Relation[]> {
  const me = actorId(context.actor)
  const relations: Relation[] = []
  if (objective.leadId === me) relations.push('lead')
  if (objective.state === 'draft' && objective.authorId === me) relations.push('author')
  if (objective.level === 'group' && objective.groupId && (await leads(context, objective.groupId)))
    relations.push('group lead')
  if (objective.level === 'company' && context.settings.companyEditorIds.includes(me as PersonId))
    relations.push('company editor')
  return relations
}

/** How the caller stands to a Key Result of an Objective. */
export async function relationsToKeyResult(
  context: Context,
  keyResult: Pick<KeyResult, 'ownerId' | 'authorId' | 'state'>,
  objective: Pick<Objective, 'leadId' | 'authorId' | 'state' | 'groupId' | 'level'>,
): Promise<Relation[]> {
  const me = actorId(context.actor)
  const relations: Relation[] = []
  if (keyResult.ownerId === me) relations.push('owner')
  if (keyResult.state === 'draft' && keyResult.authorId === me) relations.push('author')
  for (const relation of await relationsToObjective(context, objective)) {
    if (relation === 'lead') relations.push('objective lead')
    if (relation === 'group lead') relations.push('group lead')
  }
  return relations
}

/** The same, where it is reported on: whoever reports for its owner is no more than that. */
export async function relationsToReport(
  context: Context,
  keyResult: KeyResult,
  objective: Parameters<typeof relationsToObjective>[1],
): Promise<Relation[]> {
  const relations = await relationsToKeyResult(context, keyResult, objective)
  const standInId = await standInFor(context.tx, keyResult.ownerId, context.today)
  return reportsFor(actorId(context.actor), keyResult, standInId, context.today)
    ? [...relations, 'delegate']
    : relations
}

/** How the caller stands to an exploration: it is theirs, or their group's. */
export async function relationsToExploration(
  context: Context,
  { authorId, groupId }: Pick<Exploration, 'authorId' | 'groupId'>,
): Promise<Relation[]> {
  const relations: Relation[] = authorId === actorId(context.actor) ? ['author'] : []
  if (groupId === null || context.actor.personId === null) return relations
  if (await leads(context, groupId)) relations.push('group lead')
  const person = await find(context.tx, 'people', context.actor.personId)
  if (person?.groupIds.includes(groupId)) relations.push('group member')
  return relations
}

async function leads(context: Context, groupId: GroupId): Promise<boolean> {
  const group = (await groupsAmong(context.tx, [groupId])).get(groupId)
  return group?.leadId === (actorId(context.actor) as PersonId)
}

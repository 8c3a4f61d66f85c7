import { personActing } from '#domain/actor.ts'
import { NO_DELEGATE } from '#domain/delegate.ts'
import type { ObjectiveId, PersonId } from '#domain/id.ts'
import { invalid } from '#domain/problem.ts'
import type { Initiative } from '#store/initiatives.ts'
import type { KeyResult } from '#store/key-results.ts'
import type { Kpi } from '#store/kpis.ts'
import { type Alignment, alignmentsFrom } from '#store/links.ts'
import { isKeptFrom, type Objective } from '#store/objectives.ts'
import type { Group, Person } from '#store/people.ts'
import { find, update } from '#store/rows.ts'
import type { WriteTx } from '#store/store.ts'
import { may } from './access.ts'
import type { Context } from './operation.ts'
import { relationsToObjective } from './relations.ts'
import { activePerson } from './resolve.ts'

/** Whether it stays with whoever is given it, or only until they hand it over. */
type Terms = { interim: boolean }

/** Somebody who can answer for something: here, and no guest. */
export async function theHolder(context: Context, pointer: string, id: PersonId): Promise<Person> {
  const person = await activePerson(context, pointer, id)
  if (!canHold(person)) invalid(pointer, 'field.guest', { name: person.name })
  return person
}

export function canHold({ role }: Pick<Person, 'role'>): boolean {
  return role !== 'guest'
}

/** What changes with the owner: whom the former one had named to report for them is no longer theirs to name. */
export function ownedBy(keyResult: KeyResult, ownerId: PersonId, { interim }: Terms): Partial<KeyResult> {
  return { ownerId, interim, ...(ownerId === keyResult.ownerId ? {} : NO_DELEGATE) }
}

export async function giveKeyResult(tx: WriteTx, keyResult: KeyResult, to: Person, terms: Terms): Promise<void> {
  await update(tx, 'keyResults', keyResult, ownedBy(keyResult, to.id, terms))
}

/** With the lead goes what the former one was accountable for: the alignment upward. */
export async function giveObjective(
  tx: WriteTx,
  objective: Objective,
  to: Person,
  { interim: leadInterim }: Terms,
): Promise<void> {
  await update(tx, 'objectives', objective, { leadId: to.id, leadInterim })
  for (const link of await alignmentsFrom(tx, [objective.id]))
    if (link.accountableId === objective.leadId) await update(tx, 'alignments', link, { accountableId: to.id })
}

export async function giveGroup(tx: WriteTx, group: Group, to: Person, { interim: leadInterim }: Terms): Promise<void> {
  await update(tx, 'groups', group, { leadId: to.id, leadInterim })
}

export async function giveKpi(tx: WriteTx, kpi: Kpi, to: Person, { interim }: Terms): Promise<void> {
  await update(tx, 'kpis', kpi, { ownerId: to.id, interim })
}

export async function giveCommitments(tx: WriteTx, commitments: readonly Alignment[], to: Person): Promise<void> {
  for (const { id } of commitments) {
    const link = await find(tx, 'alignments', id)
    if (link) await update(tx, 'alignments', link, { accountableId: to.id })
  }
}

export async function giveInitiatives(tx: WriteTx, initiatives: readonly Initiative[], to: Person): Promise<void> {
  for (const initiative of initiatives) await update(tx, 'initiatives', initiative, { leadId: to.id })
}

/** Whoever owns something of a private Objective is named there: else they could not see what they answer for. */
export async function letIn(tx: WriteTx, objectiveId: ObjectiveId, person: Person): Promise<void> {
  const objective = await find(tx, 'objectives', objectiveId)
  if (objective && (await isKeptFrom(tx, personActing(tx.organizationId, person), objectiveId)))
    await update(tx, 'objectives', objective, { viewerIds: [...objective.viewerIds, person.id] })
}

/** That is for whoever may edit the Objective; others name only whom it is for already. */
export async function assertMayLetIn(
  context: Context,
  pointer: string,
  objective: Objective,
  person: Person,
): Promise<void> {
  if (!(await isKeptFrom(context.tx, personActing(context.tx.organizationId, person), objective.id))) return
  if (may('objectives.edit', context.actor, await relationsToObjective(context, objective)) === 'no')
    invalid(pointer, 'field.does-not-see', { name: person.name })
}

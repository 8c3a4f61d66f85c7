import { theProduct } from '#domain/actor.ts'
import type { Day } from '#domain/day.ts'
import { withoutPerson } from '#domain/delegate.ts'
import type { ChangeId, PersonId } from '#domain/id.ts'
import { breaks, refuse } from '#domain/problem.ts'
import { absencesOf, stoodInBy } from '#store/absences.ts'
import { record } from '#store/changes.ts'
import { delegatedTo, type Holdings, holdingsOf, isNothing } from '#store/holdings.ts'
import type { Person } from '#store/people.ts'
import {
  anAdministratorStays,
  dueToLeave,
  firstAdministrator,
  managersAbove,
  reportsTo,
} from '#store/reporting-line.ts'
import { recorder, update } from '#store/rows.ts'
import type { WriteTx } from '#store/store.ts'
import { endAbsence } from './being-away.ts'
import {
  canHold,
  giveCommitments,
  giveGroup,
  giveInitiatives,
  giveKeyResult,
  giveKpi,
  giveObjective,
  letIn,
} from './handing-over.ts'
import { isActive } from './resolve.ts'
import type { Services } from './services.ts'

type Writing = { tx: WriteTx; today: Day }

/**
 * Writes an entry of somebody's. Where by it their last day is over, what they hold passes on in the same change; where
 * it is over no more, they are back in the reporting line.
 */
export async function writePerson(context: Writing, person: Person, patch: Partial<Person>): Promise<Person> {
  const { tx, today } = context
  const next = { role: patch.role ?? person.role, leftOn: patch.leftOn === undefined ? person.leftOn : patch.leftOn }
  if (stays(person) && !stays(next)) await assertAdministratorStays(tx, person.id)
  if (isActive(next, today)) {
    const back = person.hasLeft ? { hasLeft: false, managerId: await nearestAbove(context, person.id) } : {}
    return await update(tx, 'people', person, { ...back, ...patch })
  }
  const after = await update(tx, 'people', person, { ...patch, hasLeft: true })
  if (person.hasLeft) return after
  await passOn(
    context,
    person.id,
    (await whatPasses(context, person.id)) ?? breaks('one-owner', 'nobody-above', { name: person.name }),
  )
  return after
}

/**
 * Whoever's last day is over by now has left: what they held passes on, as one change of the product's own. Nothing
 * where nobody is due. `organizations.leaves_on` says when to ask: every write before anything else, a job, each start.
 */
export async function leaveDue(
  { newId, randomBytes }: Pick<Services, 'newId' | 'randomBytes'>,
  tx: WriteTx,
  today: Day,
): Promise<ChangeId | null> {
  const due = await dueToLeave(tx, today)
  if (due.length === 0) return null
  const own: WriteTx = { ...tx, recorder: recorder() }
  for (const person of due) {
    const holding = await whatPasses({ tx: own, today }, person.id)
    // Whoever nobody could take over from stays as they are until somebody can.
    if (holding === null) continue
    await update(own, 'people', person, { hasLeft: true })
    await passOn({ tx: own, today }, person.id, holding)
  }
  return await record(own, {
    id: newId(),
    operation: 'people.leave',
    actor: theProduct(tx.organizationId),
    onBehalf: false,
    forced: false,
    reason: null,
    undoesId: null,
    salt: randomBytes(16),
  })
}

/** An administrator whose last day is not known. */
export function stays({ role, leftOn }: Pick<Person, 'role' | 'leftOn'>): boolean {
  return role === 'administrator' && leftOn === null
}

/** Without one nobody could let anybody in again, and what has no manager above it would fall to nobody. */
export async function assertAdministratorStays(tx: WriteTx, beside: PersonId | null): Promise<void> {
  if (!(await anAdministratorStays(tx, beside))) refuse({ kind: 'refused', rule: 'last-administrator' })
}

async function nearestAbove({ tx, today }: Writing, id: PersonId): Promise<PersonId | null> {
  return (await managersAbove(tx, id, today))[0]?.id ?? null
}

type Passing = { held: Holdings; to: Person | undefined; managerId: PersonId | null }

/** What there is to pass on, and to whom; null where that is nobody. */
async function whatPasses(context: Writing, id: PersonId): Promise<Passing | null> {
  const held = await holdingsOf(context.tx, id)
  const to = await successorOf(context, id)
  return to || isNothing(held) ? { held, to, managerId: await nearestAbove(context, id) } : null
}

/** Who takes over from somebody who leaves: the nearest manager above them, else the administrator who is here longest. */
export async function successorOf({ tx, today }: Writing, id: PersonId): Promise<Person | undefined> {
  return (await managersAbove(tx, id, today)).find(canHold) ?? (await firstAdministrator(tx, today))
}

async function passOn(context: Writing, id: PersonId, { held, to, managerId }: Passing): Promise<void> {
  const { tx, today } = context
  for (const report of await reportsTo(tx, id, today)) await update(tx, 'people', report, { managerId })
  if (to) await passTo(tx, held, to)
  for (const keyResult of await delegatedTo(tx, id)) await update(tx, 'keyResults', keyResult, withoutPerson(keyResult))
  for (const absence of await stoodInBy(tx, id, today)) await update(tx, 'absences', absence, { delegateId: null })
  for (const absence of await absencesOf(tx, id, today)) await endAbsence(tx, absence, today)
}

async function passTo(
  tx: WriteTx,
  { objectives, keyResults, groups, kpis, commitments, initiatives }: Holdings,
  to: Person,
): Promise<void> {
  const interim = { interim: true }
  for (const objective of objectives) await giveObjective(tx, objective, to, interim)
  for (const keyResult of keyResults) {
    await giveKeyResult(tx, keyResult, to, interim)
    await letIn(tx, keyResult.objectiveId, to)
  }
  for (const group of groups) await giveGroup(tx, group, to, interim)
  for (const kpi of kpis) await giveKpi(tx, kpi, to, interim)
  await giveCommitments(tx, commitments, to)
  await giveInitiatives(tx, initiatives, to)
}

import type { GroupId, PersonId } from '#domain/id.ts'
import { refuse } from '#domain/problem.ts'
import { ownersNamed } from '#store/imports.ts'
import { firstAdministrator } from '#store/reporting-line.ts'
import { successorOf } from './leaving.ts'
import type { WriteContext } from './operation.ts'
import { isActive } from './resolve.ts'

/** `interim`: they stand in for whoever was named, who has left. */
type Owner = { personId: PersonId; groupId: GroupId | null; interim: boolean }

/** Who answers for what comes in: those who are here already, and the rows of those who have to be made. */
export type Owners = {
  people: PersonRow[]
  groups: GroupRow[]
  /** By the name in the file; null is whoever imports. */
  of(name: string | null): Owner
}

type PersonRow = ReturnType<typeof personRow>
type GroupRow = { id: GroupId; name: string; parentId: null; leadId: PersonId; externalRef: string }

/**
 * A name becomes a person without an account who leads a group of that name: the one an earlier import has made, or the
 * one person here of that name, or a new one.
 */
export async function ownersFor(context: WriteContext, named: readonly (string | null)[]): Promise<Owners> {
  const names = [...new Set(named.filter((name) => name !== null))]
  const owners = await those(context, names)
  const people: PersonRow[] = []
  const groups: GroupRow[] = []
  for (const name of names) {
    if (owners.has(name)) continue
    const owner = { personId: context.newId<PersonId>(), groupId: context.newId<GroupId>(), interim: false }
    owners.set(name, owner)
    people.push(personRow(name, owner))
    groups.push({ id: owner.groupId, name, parentId: null, leadId: owner.personId, externalRef: refOf(name) })
  }
  const importer = named.includes(null) ? { personId: await importerOf(context), groupId: null, interim: false } : null
  return { people, groups, of: (name) => (name === null ? importer : owners.get(name)) as Owner }
}

/** Those who are here: by the reference of an earlier import, else the only one of that name. Of who has left, who took over. */
async function those(context: WriteContext, names: readonly string[]): Promise<Map<string, Owner>> {
  const found = await ownersNamed(context.tx, names, names.map(refOf), context.today)
  const owners = new Map<string, Owner>()
  for (const name of names) {
    const bearer = found.find((person) => person.externalRef === refOf(name))
    const namesakes = found.filter((person) => person.name === name)
    const person = bearer ?? (namesakes.length === 1 ? namesakes[0] : undefined)
    if (!person) continue
    const here = isActive(person, context.today)
    const owner = here ? person : ((await successorOf(context, person.id)) ?? refuseNobody())
    owners.set(name, { personId: owner.id, groupId: here ? person.groupId : null, interim: !here })
  }
  return owners
}

/** An API key of a service has no person behind it: what nobody owns is an administrator's. */
async function importerOf({ actor, tx, today }: WriteContext): Promise<PersonId> {
  return actor.personId ?? ((await firstAdministrator(tx, today)) ?? refuseNobody()).id
}

function refuseNobody(): never {
  refuse({ kind: 'refused', rule: 'one-owner', reason: { key: 'import.cascade.nobody' } })
}

function personRow(name: string, { personId, groupId }: { personId: PersonId; groupId: GroupId }) {
  return {
    id: personId,
    name,
    email: null,
    managerId: null,
    groupIds: [groupId],
    grade: null,
    site: null,
    timeZone: null,
    locale: null,
    joinedOn: null,
    leftOn: null,
    externalRef: refOf(name),
  }
}

/** Of the organization, not of the file: an owner of two published quarters is one person. */
function refOf(name: string): string {
  return `cascade owner: ${name}`
}

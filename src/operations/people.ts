import type { PersonId } from '#domain/id.ts'
import { invalid } from '#domain/problem.ts'
import { manages, type Person, listPeople as peopleOf } from '#store/people.ts'
import { find, insert, update } from '#store/rows.ts'
import * as declared from './declared/people.ts'
import { type Context, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { named, namedGroups, thePerson } from './resolve.ts'

export const listPeople = reading(declared.listPeople, {
  run: async ({ tx }, { query }) =>
    paged(await peopleOf(tx, query, asked(query)), query.limit, personView, (row) => row.id),
})

export const showPerson = reading(declared.showPerson, {
  subject: async (context, { params }) => ({ relations: [], person: await thePerson(context, params.id) }),
  run: async (_, __, { person }) => personView(person),
})

export const createPerson = writing(declared.createPerson, {
  subject: async (context, { body }) => {
    await assertPlace(context, body, null)
    return { relations: [] }
  },
  run: async (context, { body }) => {
    const row = { ...BLANK, ...body, id: context.newId<PersonId>() }
    return personView(await insert(context.tx, 'people', row))
  },
})

export const editPerson = writing(declared.editPerson, {
  subject: async (context, { params, body }) => {
    const person = await thePerson(context, params.id)
    await assertPlace(context, body, person.id)
    const relations = context.actor.personId === person.id ? (['self'] as const) : []
    return { relations, person, version: person.version, current: async () => personView(person) }
  },
  run: async (context, { body: { reason, ...patch } }, { person }) => {
    context.reason = reason ?? null
    return personView(await update(context.tx, 'people', person, patch))
  },
})

/** The manager and the groups exist, and nobody ends up above themselves. */
async function assertPlace(
  context: Context,
  body: { managerId?: PersonId | null | undefined; groupIds?: Person['groupIds'] | undefined },
  self: PersonId | null,
): Promise<void> {
  await namedGroups(context, '/groupIds', body.groupIds)
  if (!body.managerId) return
  await named('/managerId', find(context.tx, 'people', body.managerId))
  if (self && (body.managerId === self || (await manages(context.tx, self, body.managerId))))
    invalid('/managerId', 'person.manager.ring')
}

const BLANK = {
  email: null,
  managerId: null,
  grade: null,
  site: null,
  timeZone: null,
  locale: null,
  joinedOn: null,
  leftOn: null,
  externalRef: null,
}

export function personView({ organizationId: _, ...person }: Person) {
  return person
}

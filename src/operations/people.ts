import type { PersonId } from '#domain/id.ts'
import { invalid } from '#domain/problem.ts'
import { manages, type Person, listPeople as peopleOf } from '#store/people.ts'
import { insert } from '#store/rows.ts'
import * as declared from './declared/people.ts'
import { writePerson } from './leaving.ts'
import { type Context, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { personPage, personView } from './person-page.ts'
import { activePerson, isActive, namedGroups, thePerson } from './resolve.ts'

export const listPeople = reading(declared.listPeople, {
  run: async ({ tx }, { query }) =>
    paged(await peopleOf(tx, query, asked(query)), query.limit, personView, (row) => row.id),
})

export const showPerson = reading(declared.showPerson, {
  subject: async (context, { params }) => ({ relations: [], person: await thePerson(context, params.id) }),
  run: (context, _, { person }) => personPage(context, person),
})

export const createPerson = writing(declared.createPerson, {
  subject: async (context, { body }) => {
    await assertPlace(context, body, null)
    return { relations: [] }
  },
  run: async (context, { body }) => {
    const row = { ...BLANK, ...body, id: context.newId<PersonId>() }
    const hasLeft = !isActive(row, context.today)
    return personView(await insert(context.tx, 'people', { ...row, hasLeft }))
  },
})

export const editPerson = writing(declared.editPerson, {
  subject: async (context, { params, body }) => {
    const person = await thePerson(context, params.id)
    await assertPlace(context, body, person)
    return subjectOf(person)
  },
  run: async (context, { body: { reason, ...patch } }, { person }) => {
    context.reason = reason ?? null
    return personView(await writePerson(context, person, patch))
  },
})

export const leavePerson = writing(declared.leavePerson, {
  subject: async (context, { params }) => subjectOf(await thePerson(context, params.id)),
  run: async (context, { body: { leftOn = context.today, reason } }, { person }) => {
    context.reason = reason ?? null
    return personView(await writePerson(context, person, { leftOn }))
  },
})

export const returnPerson = writing(declared.returnPerson, {
  subject: async (context, { params }) => subjectOf(await thePerson(context, params.id)),
  run: async (context, { body }, { person }) => {
    context.reason = body.reason ?? null
    return personView(await writePerson(context, person, { leftOn: null }))
  },
})

function subjectOf(person: Person) {
  return { relations: [], person, version: person.version, current: async () => personView(person) }
}

/** The groups exist, the manager is here, and nobody ends up above themselves. */
async function assertPlace(
  context: Context,
  body: { managerId?: PersonId | null | undefined; groupIds?: Person['groupIds'] | undefined },
  self: Person | null,
): Promise<void> {
  await namedGroups(context, '/groupIds', body.groupIds)
  if (!body.managerId || body.managerId === self?.managerId) return
  await activePerson(context, '/managerId', body.managerId)
  if (self && (body.managerId === self.id || (await manages(context.tx, self.id, body.managerId))))
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

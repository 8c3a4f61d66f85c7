import * as z from 'zod'
import type { GroupId, ObjectiveId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { lineOfSight } from './lines-of-sight.ts'
import { day, email, externalRef, id, line, page, paging, past, reason, timeZone } from './shape.ts'

const role = z.enum(['administrator', 'member', 'guest'])

export const person = z.strictObject({
  id: id<PersonId>(),
  name: z.string(),
  email: z.string().nullable(),
  role,
  managerId: id<PersonId>().nullable(),
  groupIds: z.array(id<GroupId>()),
  grade: z.string().nullable(),
  site: z.string().nullable(),
  timeZone: z.string().nullable(),
  locale: z.string().nullable(),
  joinedOn: z.string().nullable(),
  leftOn: z.string().nullable(),
  externalRef: z.string().nullable(),
  version: z.number(),
})

const fields = {
  name: line(200),
  email: email.nullable(),
  role,
  managerId: id<PersonId>().nullable(),
  groupIds: z.array(id<GroupId>()).max(50),
  grade: line(100).nullable(),
  site: line(100).nullable(),
  timeZone: timeZone.nullable(),
  locale: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
    .nullable(),
  joinedOn: day.nullable(),
  leftOn: day.nullable(),
  externalRef,
}

const one = z.strictObject({ id: id<PersonId>() })

export const listPeople = declare({
  name: 'people.list',
  method: 'GET',
  path: '/v1/people',
  query: z.strictObject({
    ...paging,
    ...past,
    groupId: id<GroupId>().optional(),
    managerId: id<PersonId>().optional(),
    name: z.string().max(200).optional(),
  }),
  output: page(person),
})

export const showPerson = declare({
  name: 'people.show',
  method: 'GET',
  path: '/v1/people/{id}',
  params: one,
  query: z.strictObject(past),
  output: person,
})

export const createPerson = declare({
  name: 'people.create',
  method: 'POST',
  path: '/v1/people',
  body: z.strictObject(fields).partial().required({ name: true }),
  output: person,
  status: 201,
})

export const editPerson = declare({
  name: 'people.edit',
  method: 'PATCH',
  path: '/v1/people/{id}',
  params: one,
  body: z.strictObject({ ...fields, reason }).partial(),
  output: person,
})

/** A one-time link that signs this person in; the one for whom it is has to open it. */
export const makeSignInLink = declare({
  name: 'people.sign-in-link',
  method: 'POST',
  path: '/v1/people/{id}/sign-in-links',
  params: one,
  output: z.strictObject({ url: z.string(), expiresAt: z.string() }),
  status: 201,
  secret: true,
  ifMatch: 'none',
})

/** From everything a person owns or leads up to the company's Objectives, or where it breaks. */
export const showPersonLineOfSight = declare({
  name: 'people.line-of-sight',
  method: 'GET',
  path: '/v1/people/{id}/line-of-sight',
  params: one,
  query: z.strictObject(past),
  output: z.strictObject({
    personId: id<PersonId>(),
    /** Something they own or lead has an unbroken line; null when they own and lead nothing. */
    unbroken: z.boolean().nullable(),
    owns: z.array(lineOfSight),
    leads: z.array(z.strictObject({ objectiveId: id<ObjectiveId>(), line: lineOfSight })),
  }),
})

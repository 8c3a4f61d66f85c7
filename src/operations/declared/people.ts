import * as z from 'zod'
import type { GroupId, KeyResultId, KpiId, ObjectiveId, PersonId } from '#domain/id.ts'
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

const away = { from: z.string(), until: z.string() }

/** Somebody, with who stands in for whom and what they hold for somebody who left, as far as the caller sees it. */
export const personPage = z.strictObject({
  ...person.shape,
  /** Today. */
  isAway: z.boolean(),
  standInId: id<PersonId>().nullable(),
  /** Under way and to come, both days included. */
  absences: z.array(z.strictObject({ ...away, delegateId: id<PersonId>().nullable() })),
  standsInFor: z.array(z.strictObject({ ...away, personId: id<PersonId>() })),
  /** What they are named to report on for its owner. */
  reportsOnIds: z.array(id<KeyResultId>()),
  /** What passed to them and waits to be handed over. */
  interim: z.strictObject({
    keyResultIds: z.array(id<KeyResultId>()),
    objectiveIds: z.array(id<ObjectiveId>()),
    groupIds: z.array(id<GroupId>()),
    kpiIds: z.array(id<KpiId>()),
  }),
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
  output: personPage,
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

/** What they own and lead passes at once to the manager above them, else to an administrator; on that day, if it is to come. */
export const leavePerson = declare({
  name: 'people.leave',
  method: 'POST',
  path: '/v1/people/{id}/leave',
  params: one,
  /** `leftOn`: the first day on which they are not here any more; today, unless it is said. */
  body: z.strictObject({ leftOn: day, reason }).partial(),
  output: person,
})

/** With the role, the groups and the manager they had; what they held stays with whoever holds it now. */
export const returnPerson = declare({
  name: 'people.return',
  method: 'POST',
  path: '/v1/people/{id}/return',
  params: one,
  body: z.strictObject({ reason }).partial(),
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

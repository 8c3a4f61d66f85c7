import * as z from 'zod'
import type { GroupId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { externalRef, id, line, page, paging, past, reason } from './shape.ts'

export const group = z.strictObject({
  id: id<GroupId>(),
  name: z.string(),
  parentId: id<GroupId>().nullable(),
  leadId: id<PersonId>().nullable(),
  /** They took it over from somebody who left, until it is handed over. */
  leadInterim: z.boolean(),
  externalRef: z.string().nullable(),
  version: z.number(),
})

const fields = { name: line(200), parentId: id<GroupId>().nullable(), leadId: id<PersonId>().nullable(), externalRef }
const one = z.strictObject({ id: id<GroupId>() })

export const listGroups = declare({
  name: 'groups.list',
  method: 'GET',
  path: '/v1/groups',
  query: z.strictObject({ ...paging, ...past, parentId: id<GroupId>().optional() }),
  output: page(group),
})

export const showGroup = declare({
  name: 'groups.show',
  method: 'GET',
  path: '/v1/groups/{id}',
  params: one,
  query: z.strictObject(past),
  output: group,
})

export const createGroup = declare({
  name: 'groups.create',
  method: 'POST',
  path: '/v1/groups',
  body: z.strictObject(fields).partial().required({ name: true }),
  output: group,
  status: 201,
})

export const editGroup = declare({
  name: 'groups.edit',
  method: 'PATCH',
  path: '/v1/groups/{id}',
  params: one,
  body: z.strictObject({ ...fields, reason }).partial(),
  output: group,
})

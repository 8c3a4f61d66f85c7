import * as z from 'zod'
import type { OrganizationId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { email, id, line, page, paging, reason, timeZone } from './shape.ts'

export const organization = z.strictObject({
  id: id<OrganizationId>(),
  name: z.string(),
  timeZone: z.string(),
  firstDayOfWeek: z.number(),
  languages: z.array(z.string()),
  sample: z.boolean(),
  version: z.number(),
})

const settings = {
  name: line(200),
  timeZone,
  /** 1 is Monday, 7 Sunday. */
  firstDayOfWeek: z.number().int().min(1).max(7),
  languages: z
    .array(z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/))
    .min(1)
    .max(20),
}

/** Those that the caller belongs to. */
export const listOrganizations = declare({
  name: 'organizations.list',
  method: 'GET',
  path: '/v1/organizations',
  query: z.strictObject(paging),
  output: page(organization),
})

export const showOrganization = declare({
  name: 'organizations.show',
  method: 'GET',
  path: '/v1/organizations/{id}',
  params: z.strictObject({ id: id<OrganizationId>() }),
  output: organization,
})

/** Another organization on this installation; whoever makes it is its administrator. */
export const createOrganization = declare({
  name: 'organizations.create',
  method: 'POST',
  path: '/v1/organizations',
  body: z.strictObject({
    ...settings,
    firstDayOfWeek: settings.firstDayOfWeek.default(1),
    languages: settings.languages.default(['en']),
  }),
  output: organization,
  status: 201,
})

export const editOrganization = declare({
  name: 'organizations.edit',
  method: 'PATCH',
  path: '/v1/organizations/{id}',
  params: z.strictObject({ id: id<OrganizationId>() }),
  body: z.strictObject({ ...settings, reason }).partial(),
  output: organization,
})

/** The first organization of an installation and its administrator, by the one-time set-up link. */
export const setUp = declare({
  name: 'organizations.set-up',
  method: 'POST',
  path: '/v1/set-up',
  public: true,
  ifMatch: 'none',
  secret: true,
  body: z.strictObject({
    token: z.string().max(200),
    organization: z.strictObject({ name: line(200), timeZone }),
    administrator: z.strictObject({
      name: line(200),
      email,
      password: z.string().min(10, { error: 'field.password' }).max(200),
    }),
  }),
  output: z.strictObject({ organizationId: id<OrganizationId>(), personId: id<PersonId>() }),
  status: 201,
})

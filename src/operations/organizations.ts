import type { OrganizationId } from '#domain/id.ts'
import { notFound, refuse } from '#domain/problem.ts'
import { accountOf } from '#store/memberships.ts'
import { editOrganization as edit, type Organization, organizationsOf } from '#store/organizations.ts'
import { within } from '#store/store.ts'
import * as declared from './declared/organizations.ts'
import { found } from './founding.ts'
import { type Context, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { thePerson } from './resolve.ts'

/** A key, and a session that a link has opened, belong to one organization and know of no other. */
export const listOrganizations = reading(declared.listOrganizations, {
  run: async ({ actor, organization, tx }, { query }) => {
    const all = actor.accountId ? await organizationsOf(tx, actor.accountId) : [organization]
    const { after = '', limit } = asked(query)
    const page = all.filter((one) => one.id > after).sort((a, b) => (a.id < b.id ? -1 : 1))
    return paged(page.slice(0, limit), query.limit, organizationView, (one) => one.id)
  },
})

export const showOrganization = reading(declared.showOrganization, {
  subject: async (context, { params }) => organizationSubject(context, params.id),
  run: async ({ organization }) => organizationView(organization),
})

export const editOrganization = writing(declared.editOrganization, {
  subject: async (context, { params }) => organizationSubject(context, params.id),
  run: async (context, { body: { reason, ...patch } }) => {
    context.reason = reason ?? null
    return organizationView(await edit(context.tx, context.organization, patch))
  },
})

/** Whoever makes it is its administrator, as the person that they are here. */
export const createOrganization = writing(declared.createOrganization, {
  run: async (context, { body }) => {
    const { actor, tx, services } = context
    if (actor.personId === null) refuse({ kind: 'refused', rule: 'no-account' })
    const { name, email, timeZone, locale } = await thePerson(context, actor.personId)
    const accountId = actor.accountId ?? (await accountOf(tx.db, tx.organizationId, actor.personId))
    if (!accountId) refuse({ kind: 'refused', rule: 'no-account' })
    const administrator = { name, email, timeZone, locale }
    const founding = { operation: declared.createOrganization.name, organization: body, administrator, accountId }
    const id = services.newId() as OrganizationId
    const made = await within(tx, id, (theirs) => found(services, theirs, founding))
    services.drainer.wake(id)
    return organizationView(made.organization)
  },
})

export function organizationView({ id, name, timeZone, firstDayOfWeek, languages, sample, version }: Organization) {
  return { id, name, timeZone, firstDayOfWeek, languages, sample, version }
}

/** One's own; any other is not found. */
export function organizationSubject({ organization }: Context, id: OrganizationId) {
  if (organization.id !== id) notFound('organization', id)
  return { relations: [], version: organization.version, current: async () => organizationView(organization) }
}

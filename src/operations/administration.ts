import * as z from 'zod'
import { type Actor, theMachine } from '#domain/actor.ts'
import type { OrganizationId } from '#domain/id.ts'
import { invalid, notFound, refuse } from '#domain/problem.ts'
import { everyOrganization, type Organization } from '#store/organizations.ts'
import { type Person, personByEmail } from '#store/people.ts'
import { createApiKey } from './declared/api-keys.ts'
import type { Declaration } from './declared/declaration.ts'
import { makeSignInLink } from './declared/people.ts'
import { line } from './declared/shape.ts'
import { parseBody } from './input.ts'
import { organizationView } from './organizations.ts'
import { perform } from './perform.ts'
import type { Services } from './services.ts'

type Administering = (services: Services, input: unknown) => Promise<unknown>

const organization = line(200).optional()
const role = z.enum(['administrator', 'member', 'guest'])

const keyInput = z.strictObject({
  name: createApiKey.body.shape.name,
  scopes: createApiKey.body.shape.scopes,
  expiresAt: createApiKey.body.shape.expiresAt,
  organization,
  role: role.optional(),
  person: line(254).optional(),
})

const linkInput = z.strictObject({ person: line(254), organization })

/** What is done on the machine itself, by whoever may read the data folder. It shows as done there. */
export const ADMINISTRATION: Record<string, Administering> = {
  'organizations.list': async ({ store }) => {
    const organizations = await everyOrganization(store)
    return { items: organizations.map(organizationView), nextCursor: null }
  },

  /** A key of a person, with the role they have; else of a service of the key's name, which may do what we may here. */
  'api-keys.create': async (services, input) => {
    const { organization, role = 'administrator', person, ...body } = parseBody(keyInput, input)
    const { id } = await organizationMeant(services, organization)
    if (person === undefined) {
      const service = { name: body.name, role }
      return await done(services, createApiKey, theMachine(id), { body: { ...body, service } })
    }
    const owner = actingAs(id, await personMeant(services, id, person))
    return await done(services, createApiKey, owner, { body })
  },

  'people.sign-in-link': async (services, input) => {
    const { organization, person } = parseBody(linkInput, input)
    const { id } = await organizationMeant(services, organization)
    const params = { id: (await personMeant(services, id, person)).id }
    return await done(services, makeSignInLink, theMachine(id), { params })
  },
}

async function done(
  services: Services,
  declaration: Declaration,
  actor: Actor,
  parts: { params?: unknown; body?: unknown },
): Promise<unknown> {
  const request = { actor, params: parts.params ?? {}, query: {}, body: parts.body ?? {}, headers: {} }
  return (await perform(services, declaration, request)).body
}

/** By its id or name; where there is but one, that one. */
async function organizationMeant({ store }: Services, given: string | undefined): Promise<Organization> {
  const all = await everyOrganization(store)
  const [first] = all
  if (!first) refuse({ kind: 'conflict', rule: 'no-organization' })
  const meant = given === undefined ? all : all.filter(({ id, name }) => id === given || name === given)
  if (given !== undefined && meant.length === 0) notFound('organization', given)
  if (meant.length > 1) {
    const names = meant.map(({ id, name }) => `${name} (${id})`).join(', ')
    invalid('/organization', 'administration.organization.several', { names })
  }
  return meant[0] ?? first
}

async function personMeant({ store }: Services, organizationId: OrganizationId, email: string): Promise<Person> {
  const person = await store.read(organizationId, (tx) => personByEmail(tx, email))
  return person ?? notFound('person', email)
}

function actingAs(organizationId: OrganizationId, { id, role }: Person): Actor {
  return { ...theMachine(organizationId), kind: 'person', personId: id, role }
}

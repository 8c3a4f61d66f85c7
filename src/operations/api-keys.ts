import type { ApiKeyId, PersonId, ServiceId } from '#domain/id.ts'
import { invalid, notFound, refuse } from '#domain/problem.ts'
import { type ApiKey, listApiKeys as keysOf } from '#store/api-keys.ts'
import { find, insert, update } from '#store/rows.ts'
import { makeApiKey, SECRET_BYTES } from './api-key.ts'
import * as declared from './declared/api-keys.ts'
import { reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'

export const listApiKeys = reading(declared.listApiKeys, {
  run: async ({ actor, tx }, { query }) => {
    // A service has no keys but those that administrators see.
    if (actor.role !== 'administrator' && actor.personId === null) return { items: [], nextCursor: null }
    const owner = actor.role === 'administrator' ? null : actor.personId
    return paged(await keysOf(tx, owner, asked(query)), query.limit, apiKeyView, (key) => key.id)
  },
})

export const createApiKey = writing(declared.createApiKey, {
  subject: ({ actor, tx }, { body }) => {
    if (body.service && actor.role !== 'administrator') refuse({ kind: 'forbidden', rule: 'forbidden' })
    if (body.expiresAt && Date.parse(body.expiresAt) <= Date.parse(tx.now)) invalid('/expiresAt', 'field.past')
    return { relations: [] }
  },
  run: async (context, { body: { name, scopes, expiresAt, service } }) => {
    const { tx, services } = context
    const id = context.newId<ApiKeyId>()
    const { key, secretHash } = makeApiKey(tx.organizationId, id, services.randomBytes(SECRET_BYTES))
    const made = await insert(tx, 'apiKeys', {
      ...(await principal(context, service)),
      id,
      name,
      scopes,
      secretHash,
      createdAt: tx.now,
      expiresAt: expiresAt ?? null,
      revokedAt: null,
    })
    return { ...apiKeyView(made), key }
  },
})

export const revokeApiKey = writing(declared.revokeApiKey, {
  subject: async ({ actor, tx }, { params }) => {
    const key = await find(tx, 'apiKeys', params.id)
    const own = key !== undefined && key.personId !== null && key.personId === actor.personId
    if (!key || !(own || actor.role === 'administrator')) notFound('api-key', params.id)
    const current = async () => apiKeyView(key)
    return { relations: own ? (['self'] as const) : [], key, version: key.version, current }
  },
  run: async ({ tx }, _, { key }) =>
    apiKeyView(key.revokedAt === null ? await update(tx, 'apiKeys', key, { revokedAt: tx.now }) : key),
})

/** Whom the key speaks for: a service that is made for it, else whoever asks for the key. */
async function principal({ actor, tx, newId }: WriteContext, service: Service | undefined): Promise<Principal> {
  if (service) {
    const serviceId = newId<ServiceId>()
    await insert(tx, 'services', { ...service, id: serviceId })
    return { personId: null, serviceId }
  }
  if (actor.kind === 'service') return { personId: null, serviceId: actor.serviceId }
  return { personId: actor.personId, serviceId: null }
}

type Service = { name: string; role: 'administrator' | 'member' | 'guest' }
type Principal = { personId: PersonId; serviceId: null } | { personId: null; serviceId: ServiceId }

export function apiKeyView(key: ApiKey) {
  const { id, name, personId, serviceId, scopes, createdAt, expiresAt, revokedAt } = key
  return { id, name, personId, serviceId, scopes, createdAt, expiresAt, revokedAt }
}

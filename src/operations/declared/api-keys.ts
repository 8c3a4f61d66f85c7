import * as z from 'zod'
import type { ApiKeyId, PersonId, ServiceId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { id, instant, line, page, paging } from './shape.ts'

const scopes = z.array(z.enum(['read', 'write'])).min(1)

export const apiKey = z.strictObject({
  id: id<ApiKeyId>(),
  name: z.string(),
  personId: id<PersonId>().nullable(),
  serviceId: id<ServiceId>().nullable(),
  scopes,
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
})

/** One's own; an administrator sees all. */
export const listApiKeys = declare({
  name: 'api-keys.list',
  method: 'GET',
  path: '/v1/api-keys',
  query: z.strictObject(paging),
  output: page(apiKey),
})

/**
 * For oneself, or (an administrator) for a service principal of the name and role given. The key is shown once.
 */
export const createApiKey = declare({
  name: 'api-keys.create',
  method: 'POST',
  path: '/v1/api-keys',
  body: z.strictObject({
    name: line(100),
    scopes: scopes.default(['read', 'write']),
    service: z.strictObject({ name: line(100), role: z.enum(['administrator', 'member', 'guest']) }).optional(),
    expiresAt: z.iso.datetime().optional(),
  }),
  output: z.strictObject({ ...apiKey.shape, key: z.string() }),
  status: 201,
  secret: true,
})

export const revokeApiKey = declare({
  name: 'api-keys.revoke',
  method: 'POST',
  path: '/v1/api-keys/{id}/revoke',
  params: z.strictObject({ id: id<ApiKeyId>() }),
  output: apiKey,
})

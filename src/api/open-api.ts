import type { FastifyInstance } from 'fastify'
import { DECLARATIONS } from '#operations/declared/catalogue.ts'
import { has, words } from '#words/words.ts'
import { etagOf } from './etag.ts'
import { describe } from './open-api-operation.ts'
import { schemas } from './open-api-schemas.ts'

const say = words()

/** What the API can do, written down from the declarations that its routes are made of. */
export function openApi(version: string, publicUrl: string) {
  const shared = schemas()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const declaration of DECLARATIONS) {
    paths[declaration.path] ??= {}
    Object.assign(paths[declaration.path] as object, {
      [declaration.method.toLowerCase()]: describe(declaration, shared),
    })
  }
  return {
    openapi: '3.1.0',
    info: { title: say('product.name'), version, description: say('api.description') },
    servers: [{ url: publicUrl }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      schemas: { ...shared.gathered, Problem: PROBLEM },
      responses: Object.fromEntries(STATUSES.map((status) => [status, problemResponse(status)])),
      parameters: PARAMETERS,
      headers: HEADERS,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: say('api.api-key') },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: publicUrl.startsWith('https:') ? '__Host-throughline' : 'throughline',
        },
      },
    },
  }
}

/** Made once: it changes with the program only. */
export function addOpenApi(app: FastifyInstance, version: string, publicUrl: string): void {
  const text = JSON.stringify(openApi(version, publicUrl))
  const etag = etagOf(text)
  app.get('/openapi.json', async (request, reply) => {
    reply.header('etag', etag).header('cache-control', 'no-cache').type('application/json; charset=utf-8')
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(text)
  })
}

const STATUSES = [400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500, 503]

function problemResponse(status: number) {
  const key = `api.status.${status}`
  return {
    description: has(key) ? say(key) : key,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

const TEXT = { type: 'string' }
const REASON = {
  type: 'object',
  properties: { key: TEXT, values: { type: 'object' } },
  required: ['key'],
}

const PROBLEM = {
  type: 'object',
  description: say('api.problem'),
  properties: {
    type: { ...TEXT, format: 'uri-reference' },
    title: TEXT,
    status: { type: 'integer' },
    detail: TEXT,
    instance: { ...TEXT, format: 'uri' },
    rule: TEXT,
    reason: REASON,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: TEXT, detail: TEXT, reason: REASON },
        required: ['pointer', 'detail', 'reason'],
      },
    },
    repairs: {
      type: 'array',
      items: {
        type: 'object',
        properties: { method: TEXT, path: TEXT, headers: { type: 'object' }, body: {}, detail: TEXT, reason: REASON },
        required: ['method', 'path', 'detail', 'reason'],
      },
    },
    etag: TEXT,
    current: {},
  },
  required: ['type', 'title', 'status', 'rule'],
}

function header(name: string, required: boolean, schema: object = TEXT) {
  return { name, in: 'header', required, schema, description: say(`api.header.${name.toLowerCase()}`) }
}

const PARAMETERS = {
  IfMatch: header('If-Match', false),
  IfMatchRequired: header('If-Match', true),
  IdempotencyKey: header('Idempotency-Key', false, { type: 'string', minLength: 1, maxLength: 200 }),
  Organization: header('Throughline-Organization', false, { type: 'string', format: 'uuid' }),
}

const HEADERS = {
  ETag: { description: say('api.header.etag'), schema: TEXT },
  'Throughline-Change': {
    description: say('api.header.throughline-change'),
    schema: { type: 'string', format: 'uuid' },
  },
}

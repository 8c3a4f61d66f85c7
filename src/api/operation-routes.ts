import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DECLARATIONS } from '#operations/declared/catalogue.ts'
import type { Declaration } from '#operations/declared/declaration.ts'
import { perform } from '#operations/perform.ts'
import type { Outcome, Request, Services } from '#operations/services.ts'

/** Who asks, as the surface knows them. */
export type Asking = (request: FastifyRequest, reply: FastifyReply) => Promise<Request['actor']>

/** Every declared verb, as a route. */
export function addOperations(app: FastifyInstance, services: Services, asking: Asking): void {
  for (const declaration of DECLARATIONS) {
    const locate = locationOf(declaration)
    app.route({
      method: declaration.method,
      url: declaration.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      ...(declaration.bodyLimit === null ? {} : { bodyLimit: declaration.bodyLimit }),
      handler: async (request, reply) => {
        const actor = declaration.public ? null : await asking(request, reply)
        const { params, query, body } = request
        return answer(
          reply,
          await perform(services, declaration, { actor, params, query, body, headers: headersOf(request) }),
          locate,
        )
      },
    })
  }
}

function headersOf({ headers }: FastifyRequest): Request['headers'] {
  return { ifMatch: headers['if-match'], idempotencyKey: one(headers['idempotency-key']) }
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}

function answer(reply: FastifyReply, outcome: Outcome, locate: (body: unknown) => string | undefined): FastifyReply {
  const { status, body, etag, changeId, text } = outcome
  const location = locate(body)
  reply.code(status).header('cache-control', 'no-store')
  if (etag !== null) reply.header('etag', etag)
  if (changeId !== null) reply.header('throughline-change', changeId)
  if (location !== undefined) reply.header('location', location)
  return reply.type('application/json; charset=utf-8').send(text ?? JSON.stringify(body))
}

/** Where what was made is found: under its noun, if one of that noun can be asked for. */
function locationOf({ status, path }: Declaration): (body: unknown) => string | undefined {
  const nouns = `/v1/${path.split('/').at(-1)}`
  const shown = DECLARATIONS.some((one) => one.method === 'GET' && one.path === `${nouns}/{id}`)
  if (status !== 201 || !shown) return () => undefined
  return (body) => `${nouns}/${(body as { id: string }).id}`
}

import type { FastifyInstance } from 'fastify'
import type { Services } from '#operations/services.ts'
import { PROBLEM_TYPE, problemDocument } from './problem-document.ts'

/** `/healthz`: the process lives. `/readyz`: it can do its work. */
export function addHealth(app: FastifyInstance, { store }: Services): void {
  app.get('/healthz', async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      await store.db.selectFrom('organizations').select('id').limit(1).execute()
      return { status: 'ready' }
    } catch (error) {
      request.log.warn({ err: error }, 'The database does not answer')
      const document = problemDocument({ kind: 'unavailable', rule: 'unavailable' })
      return reply.code(503).header('retry-after', '1').type(PROBLEM_TYPE).send(JSON.stringify(document))
    }
  })
}

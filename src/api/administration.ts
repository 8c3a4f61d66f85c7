import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { ADMINISTRATION } from '#operations/administration.ts'
import type { Services } from '#operations/services.ts'
import { readJson } from './body.ts'
import { answerError } from './refusal.ts'
import { answerUnknown } from './unknown.ts'

/**
 * What is done on the machine, as a server of its own: it never listens on a network, and asks nobody who they are.
 * Whoever may connect is administrator.
 */
export function buildAdministration(services: Services, log: FastifyServerOptions['logger']): FastifyInstance {
  const app = fastify({
    logger: log ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => services.newId(),
    frameworkErrors: answerError,
    forceCloseConnections: true,
  })
  readJson(app)
  app.setErrorHandler(answerError)
  answerUnknown(app, {})
  for (const [name, administer] of Object.entries(ADMINISTRATION))
    app.post(`/${name}`, async (request, reply) => {
      const answer = await administer(services, request.body)
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
    })
  return app
}

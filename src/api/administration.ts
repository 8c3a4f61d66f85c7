import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { ADMINISTRATION } from '#operations/administration.ts'
import type { Services } from '#operations/services.ts'
import { listenOnSocket } from '#platform/administration-socket.ts'
import { readJson } from './body.ts'
import { answerError } from './refusal.ts'
import { answerUnknown } from './unknown.ts'

/** The administration socket of a server that holds its data folder. */
export async function startAdministration(options: {
  services: Services
  folder: string
  log: FastifyServerOptions['logger']
}): Promise<{ stop(): Promise<void> }> {
  const app = buildAdministration(options.services, options.log)
  await app.ready()
  const socket = await listenOnSocket(app.server, options.folder)
  return {
    stop: async () => {
      await app.close()
      await socket.close()
    },
  }
}

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

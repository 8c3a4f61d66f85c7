import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { openCallers } from '#operations/callers.ts'
import type { Services } from '#operations/services.ts'
import { VERSION } from '#platform/version.ts'
import { guardAddress } from './address.ts'
import { readJson } from './body.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { closeGently } from './closing.ts'
import { addEventStream } from './event-stream.ts'
import { addHealth } from './health.ts'
import { addOpenApi } from './open-api.ts'
import { addOperations } from './operation-routes.ts'
import { answerError } from './refusal.ts'
import { askerOf } from './request-actor.ts'
import { requestIds } from './request-id.ts'
import { securityHeaders } from './security-headers.ts'
import { addSessionRoutes, SESSION_ROUTES } from './session-routes.ts'
import { answerUnknown } from './unknown.ts'
import { addWeb } from './web.ts'

export type AppOptions = {
  services: Services
  config: { host: string; trustProxy: string[] | false }
  /** What Fastify takes as `logger`. */
  log: FastifyServerOptions['logger']
  /** The built web; null where there is none. */
  webFolder: string | null
}

const MEGABYTE = 1024 * 1024
const SECONDS = 1000

/** The server, ready to listen. Closing it lets requests under way finish. */
export async function buildApp({ services, config, log, webFolder }: AppOptions): Promise<FastifyInstance> {
  const headers = securityHeaders(services.publicUrl)
  const app = fastify({
    logger: log ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
    genReqId: requestIds(services),
    bodyLimit: MEGABYTE,
    requestTimeout: 30 * SECONDS,
    keepAliveTimeout: 72 * SECONDS,
    forceCloseConnections: 'idle',
    // Who came in before the close gets an answer.
    return503OnClosing: false,
    // A reference in a path may have 200 characters, of up to twelve each once they are escaped.
    routerOptions: { maxParamLength: 2400 },
    http: { headersTimeout: 10 * SECONDS, maxHeaderSize: 16 * 1024 },
    clientErrorHandler: answerBrokenRequest,
    // An address that cannot even be read is refused before any hook runs.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.headers(headers)),
  })
  closeGently(app)
  const callers = openCallers(services)
  app.addHook('onRequest', async (_, reply) => void reply.headers(headers))
  guardAddress(app, services.publicUrl, config.host)
  readJson(app)
  app.setErrorHandler(answerError)
  answerUnknown(app, SESSION_ROUTES, webFolder === null ? null : await addWeb(app, webFolder))
  addHealth(app, services)
  addOpenApi(app, VERSION, services.publicUrl)
  addOperations(
    app,
    services,
    async (request, reply) => (await askerOf(request, reply, services, callers))?.actor ?? null,
  )
  addSessionRoutes(app, services, callers)
  addEventStream(app, services, callers)
  return app
}

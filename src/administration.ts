import type { FastifyServerOptions } from 'fastify'
import { buildAdministration } from '#api/administration.ts'
import type { Services } from '#operations/services.ts'
import { listenOnSocket } from '#platform/administration-socket.ts'

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

import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

const LOOK_MS = 100

/**
 * Lets answers under way go out, and keeps no connection open beyond its last answer. Browsers also open connections
 * in advance: one that has never asked anything counts as busy to Node, and would hold up the end.
 */
export function closeGently(app: FastifyInstance): void {
  const unused = new Set<Socket>()
  let timer: NodeJS.Timeout | undefined
  app.server.on('connection', (socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  app.server.on('request', ({ socket }) => void unused.delete(socket))
  app.addHook('preClose', async () => {
    timer = setInterval(() => {
      app.server.closeIdleConnections()
      for (const socket of unused) socket.destroy()
    }, LOOK_MS)
  })
  app.addHook('onSend', async (_, reply) => {
    if (timer) reply.header('connection', 'close')
  })
  app.addHook('onClose', async () => clearInterval(timer))
}

import { isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { refuse } from '#domain/problem.ts'

/** What looks after the server asks it by whatever name it has there. */
const OPEN = new Set(['/healthz', '/readyz'])

/**
 * Answers only under names of its own. A page elsewhere whose name is made to point here would otherwise count as ours
 * to the browser; an address made of numbers cannot be made to point anywhere.
 */
export function guardAddress(app: FastifyInstance, publicUrl: string, host: string): void {
  const names = new Set([new URL(publicUrl).hostname, host, 'localhost'])
  app.addHook('onRequest', async (request) => {
    if (OPEN.has(request.url)) return
    const name = nameIn(request.host ?? '')
    if (names.has(name) || isIP(name) !== 0 || name.endsWith('.localhost')) return
    refuse({ kind: 'refused', rule: 'misdirected-request' })
  })
}

/** Without the port, and without the brackets of an IPv6 address. */
function nameIn(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

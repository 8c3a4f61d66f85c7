import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { policyWith } from './security-headers.ts'

/** What the build writes where the nonce of a page belongs. */
const PLACE = 'THROUGHLINE_NONCE'
const YEAR = 365 * 24 * 60 * 60

/** The page of every address that is none of the API's; null where the request wants no page. */
export type Page = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null

/** The built web: its files, and one page for all addresses, since the page itself knows them. */
export async function addWeb(app: FastifyInstance, folder: string): Promise<Page> {
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    globIgnore: ['index.html'],
    cacheControl: false,
    // The names of assets hold a hash of what is in them.
    setHeaders: (reply, path) => {
      const lasts = path.startsWith(join(folder, 'assets'))
      reply.header('cache-control', lasts ? `public, max-age=${YEAR}, immutable` : 'public, max-age=3600')
    },
  })
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  return (request, reply) => {
    if (!wantsPage(request)) return null
    const nonce = randomBytes(16).toString('base64url')
    return reply
      .header('content-security-policy', policyWith(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll(PLACE, nonce))
  }
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] as string
  if (method !== 'GET' && method !== 'HEAD') return false
  if (path.startsWith('/v1/') || path.startsWith('/assets/')) return false
  // Whoever asks for the front page without saying what they read gets it too.
  return path === '/' || (headers.accept ?? '').includes('text/html')
}

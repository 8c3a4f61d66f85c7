import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '#domain/problem.ts'
import type { Callers } from '#operations/callers.ts'
import type { Request, Services } from '#operations/services.ts'
import { isOwn } from './origin.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whoever the request's API key or session cookie stands for; null for nobody, or nobody any more. */
export async function actorOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { identity, publicUrl }: Services,
  callers: Callers,
): Promise<Request['actor']> {
  const { authorization, cookie } = request.headers
  if (authorization !== undefined) {
    const [scheme = '', key = ''] = authorization.split(' ')
    return scheme.toLowerCase() === 'bearer' ? callers.byKey(key) : null
  }
  if (cookie === undefined) return null
  // A browser sends the cookie whoever makes it ask: to change something it has to come from our own pages.
  if (!SAFE.has(request.method) && !isOwn(request, publicUrl)) refuse({ kind: 'forbidden', rule: 'foreign-origin' })
  const found = await identity.sessionOf(cookie)
  if (!found) return null
  if (found.cookies.length > 0) reply.header('set-cookie', found.cookies)
  return callers.bySession(found.session, chosenOrganization(request))
}

/** The organization that a caller with several means. */
function chosenOrganization({ headers }: FastifyRequest): Parameters<Callers['bySession']>[1] {
  const chosen = headers['throughline-organization']
  if (chosen === undefined) return null
  if (typeof chosen === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(chosen)) return chosen as never
  refuse({
    kind: 'invalid',
    rule: 'invalid-request',
    errors: [{ pointer: '#/headers/throughline-organization', reason: { key: 'field.id' } }],
  })
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '#domain/problem.ts'
import type { Callers } from '#operations/callers.ts'
import { id } from '#operations/declared/shape.ts'
import type { Asker } from '#operations/events.ts'
import type { Services } from '#operations/services.ts'
import { isOwn } from './origin.ts'

const Id = id<NonNullable<Parameters<Callers['bySession']>[1]>>()
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whoever the request's API key or session cookie stands for; null for nobody, or nobody any more. */
export async function askerOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { identity, publicUrl }: Services,
  callers: Callers,
  chosen: unknown = request.headers['throughline-organization'],
): Promise<Asker | null> {
  const { authorization, cookie } = request.headers
  if (authorization !== undefined) {
    const [scheme = '', key = ''] = authorization.split(' ')
    const actor = scheme.toLowerCase() === 'bearer' ? await callers.byKey(key) : null
    return actor && { actor, sessionId: null }
  }
  if (cookie === undefined) return null
  // A browser sends the cookie whoever makes it ask: to change something it has to come from our own pages.
  if (!SAFE.has(request.method) && !isOwn(request, publicUrl)) refuse({ kind: 'forbidden', rule: 'foreign-origin' })
  const found = await identity.sessionOf(cookie)
  if (!found) return null
  if (found.cookies.length > 0) reply.header('set-cookie', found.cookies)
  const actor = await callers.bySession(found.session, organizationIn(chosen))
  return actor && { actor, sessionId: found.session.id }
}

/** The organization that a caller with several means. */
function organizationIn(chosen: unknown): Parameters<Callers['bySession']>[1] {
  if (chosen === undefined) return null
  const read = Id.safeParse(chosen)
  if (read.success) return read.data
  const pointer = '#/headers/throughline-organization'
  refuse({ kind: 'invalid', rule: 'invalid-request', errors: [{ pointer, reason: { key: 'field.id' } }] })
}

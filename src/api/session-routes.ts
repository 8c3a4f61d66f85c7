import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { refuse } from '#domain/problem.ts'
import type { Callers } from '#operations/callers.ts'
import type { Declaration } from '#operations/declared/declaration.ts'
import { nothing } from '#operations/declared/shape.ts'
import { parse } from '#operations/input.ts'
import { lookAtInstallation, lookAtLink } from '#operations/looking-at-links.ts'
import { openLink } from '#operations/opening-links.ts'
import { setPassword } from '#operations/passwords.ts'
import type { Services } from '#operations/services.ts'
import { type SignedIn, signIn } from '#operations/sign-in.ts'
import { isForeign } from './origin.ts'

const secret = z.string().max(200)

const Credentials = z.strictObject({ email: z.string().max(254), password: secret })
const Token = z.strictObject({ token: secret })
const Passwords = z.strictObject({
  current: secret.optional(),
  password: z.string().min(10, { error: 'field.password' }).max(200, { error: 'field.too-long:200' }),
})

/** What a session is made and ended by. These lie outside any organization, and so are no verbs of the product. */
export const SESSION_ROUTES: Record<string, readonly string[]> = {
  '/v1/session': ['GET', 'POST', 'DELETE'],
  '/v1/session/link': ['POST'],
  '/v1/session/link/look': ['POST'],
  '/v1/me/password': ['POST'],
  '/v1/me/sessions': ['DELETE'],
}

export function addSessionRoutes(app: FastifyInstance, services: Services, callers: Callers): void {
  const { identity, publicUrl } = services
  const onRequest = async (request: FastifyRequest) => {
    if (isForeign(request, publicUrl)) refuse({ kind: 'forbidden', rule: 'foreign-origin' })
  }
  app.post('/v1/session', { onRequest }, async (request, reply) =>
    welcome(reply, await signIn(services, callers, body(request, Credentials), originOf(request))),
  )
  app.post('/v1/session/link', { onRequest }, async (request, reply) =>
    welcome(reply, await openLink(services, callers, body(request, Token).token, originOf(request))),
  )
  // A token has no place in an address, so looking is a POST as well.
  app.post('/v1/session/link/look', { onRequest }, async (request, reply) =>
    reply.header('cache-control', 'no-store').send(await lookAtLink(services, body(request, Token).token, request.ip)),
  )
  app.get('/v1/session', async (_, reply) =>
    reply.header('cache-control', 'no-store').send(await lookAtInstallation(services)),
  )
  app.post('/v1/me/password', { onRequest }, async (request, reply) =>
    welcome(reply, await setPassword(services, callers, body(request, Passwords), originOf(request))),
  )
  app.delete('/v1/session', { onRequest }, async (request, reply) => {
    body(request, nothing)
    const cookies = await identity.endSession(request.headers.cookie ?? '')
    return farewell(reply, cookies)
  })
  app.delete('/v1/me/sessions', { onRequest }, async (request, reply) => {
    body(request, nothing)
    const cookie = request.headers.cookie ?? ''
    const found = await identity.sessionOf(cookie)
    if (!found) refuse({ kind: 'unauthenticated', rule: 'unauthenticated' })
    await identity.endAllSessions(found.session.accountId)
    return farewell(reply, await identity.endSession(cookie))
  })
}

function body<Shape extends z.ZodType>(request: FastifyRequest, shape: Shape): z.output<Shape> {
  const declared = { params: nothing, query: nothing, body: shape } as unknown as Declaration
  return parse(declared, { params: {}, query: request.query, body: request.body }).body as z.output<Shape>
}

function originOf({ headers, ip }: FastifyRequest) {
  return { cookie: headers.cookie, address: ip, agent: headers['user-agent'] }
}

function welcome(reply: FastifyReply, { cookies, ...signedIn }: SignedIn): FastifyReply {
  return reply.header('set-cookie', cookies).header('cache-control', 'no-store').send(signedIn)
}

function farewell(reply: FastifyReply, cookies: string[]): FastifyReply {
  return reply.header('set-cookie', cookies).header('cache-control', 'no-store').send({})
}

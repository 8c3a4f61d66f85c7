import type { FastifyInstance } from 'fastify'
import { match } from '#operations/route.ts'
import { sendProblem } from './refusal.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** What no route answers: another method would be named, else there is nothing. */
export function answerUnknown(app: FastifyInstance, own: Record<string, readonly string[]>): void {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] as string
    const allowed = own[path] ?? METHODS.filter((method) => match(method, path))
    if (allowed.length === 0) return sendProblem(reply, request, { kind: 'not-found', rule: 'not-found' })
    reply.header('allow', allowed.join(', '))
    sendProblem(reply, request, { kind: 'invalid', rule: 'method-not-allowed' })
  })
}

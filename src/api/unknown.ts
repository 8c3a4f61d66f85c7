import type { FastifyInstance } from 'fastify'
import { match } from '#operations/route.ts'
import { sendProblem } from './refusal.ts'
import type { Page } from './web.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** What no route answers: the methods that would be answered, or the page, or that nothing is there. */
export function answerUnknown(
  app: FastifyInstance,
  own: Record<string, readonly string[]>,
  page: Page | null = null,
): void {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] as string
    const allowed = own[path] ?? METHODS.filter((method) => match(method, path))
    if (allowed.length === 0) {
      if (!page?.(request, reply)) sendProblem(reply, request, { kind: 'not-found', rule: 'not-found' })
      return
    }
    reply.header('allow', allowed.join(', '))
    sendProblem(reply, request, { kind: 'invalid', rule: 'method-not-allowed' })
  })
}

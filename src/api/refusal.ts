import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Problem, type ProblemFacts } from '#domain/problem.ts'
import { databaseRefusal } from './database-refusal.ts'
import { PROBLEM_TYPE, problemDocument } from './problem-document.ts'

/** Everything that was thrown becomes a problem document; what nobody foresaw is logged, and tells nothing. */
export function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, request, factsOf(error) ?? unforeseen(error, request))
}

export function sendProblem(reply: FastifyReply, request: FastifyRequest, facts: ProblemFacts): void {
  const document = problemDocument(facts)
  const { retryAfter } = (facts.details ?? {}) as { retryAfter?: number }
  if (document.status === 401) reply.header('www-authenticate', 'Bearer realm="Throughline"')
  if (document.status === 429 || document.status === 503) reply.header('retry-after', String(retryAfter ?? 1))
  reply
    .code(document.status)
    .header('content-type', PROBLEM_TYPE)
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ ...document, instance: `urn:throughline:request:${request.id}` }))
}

function factsOf(error: Error): ProblemFacts | undefined {
  if (error instanceof Problem) return error.facts
  return frameworkRefusal(error as FastifyError) ?? databaseRefusal(error)
}

function frameworkRefusal(error: FastifyError): ProblemFacts | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { kind: 'too-large', rule: 'too-large' }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return { kind: 'invalid', rule: 'unsupported-media-type' }
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return { kind: 'not-found', rule: 'not-found' }
  }
  const { statusCode = 500 } = error
  return statusCode >= 400 && statusCode < 500 ? { kind: 'invalid', rule: 'invalid-request' } : undefined
}

function unforeseen(error: Error, request: FastifyRequest): ProblemFacts {
  request.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'A request failed')
  return { kind: 'unavailable', rule: 'internal' }
}

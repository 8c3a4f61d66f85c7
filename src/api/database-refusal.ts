import type { FieldError, ProblemFacts } from '#domain/problem.ts'

type DatabaseError = Error & { code?: unknown; constraint?: string; severity?: unknown }

/** The link to the database broke, or it is starting, stopping or full. */
const LOST = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08...|57P0[123]|53...)$/
const LOST_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/

/** Which field a constraint guards, where one alone does. */
const FIELDS: Record<string, string> = {
  people_email: '/email',
  people_ref: '/externalRef',
  groups_ref: '/externalRef',
  cycles_ref: '/externalRef',
  objectives_ref: '/externalRef',
  key_results_ref: '/externalRef',
  initiatives_ref: '/externalRef',
}

/** What the database refused, as far as it is about the request or about the database's being there. */
export function databaseRefusal(error: DatabaseError): ProblemFacts | undefined {
  const code = String(error.code ?? '')
  if (LOST.test(code) || LOST_MESSAGE.test(error.message)) return { kind: 'unavailable', rule: 'unavailable' }
  switch (code) {
    case '23505':
      return { kind: 'conflict', rule: 'already-taken', ...fieldOf(error, 'field.taken') }
    case '23503':
      return { kind: 'conflict', rule: 'still-needed' }
    case '23502':
    case '23514':
      return { kind: 'refused', rule: 'out-of-bounds' }
    case '40001':
    case '40P01':
    case '55P03':
      return { kind: 'conflict', rule: 'in-flight' }
  }
  // A value that the database cannot hold, such as a NUL character.
  return code.startsWith('22') ? { kind: 'invalid', rule: 'invalid-request' } : undefined
}

function fieldOf({ constraint }: DatabaseError, key: string): { errors?: FieldError[] } {
  const pointer = FIELDS[constraint ?? '']
  return pointer === undefined ? {} : { errors: [{ pointer, reason: { key } }] }
}

import type { ProblemFacts, ProblemKind, Reason } from '#domain/problem.ts'
import { has, words } from '#words/words.ts'

const STATUS: Record<ProblemKind, number> = {
  invalid: 400,
  refused: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'precondition-required': 428,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
}

/** Kinds that only HTTP knows. */
const STATUS_OF_RULE: Record<string, number> = {
  'method-not-allowed': 405,
  'too-slow': 408,
  'unsupported-media-type': 415,
  'misdirected-request': 421,
  'headers-too-large': 431,
  internal: 500,
}

const say = words()

export const PROBLEM_TYPE = 'application/problem+json'

export type ProblemDocument = {
  type: string
  title: string
  status: number
  detail?: string
  rule: string
  reason?: Reason
  errors?: unknown[]
  repairs?: unknown[]
}

/** What the facts are as a document (RFC 9457), with every text in the reader's language. */
export function problemDocument({ kind, rule, reason, errors, repairs, details }: ProblemFacts): ProblemDocument {
  const detail = reason ? told(reason) : worded(`problem.${rule}.detail`)
  return {
    ...details,
    type: `/problems/${rule}`,
    title: worded(`problem.${rule}.title`) ?? say(`problem.kind.${kind}`),
    status: STATUS_OF_RULE[rule] ?? STATUS[kind],
    ...(detail === undefined ? {} : { detail }),
    rule,
    ...(reason === undefined ? {} : { reason }),
    ...(errors === undefined ? {} : { errors: errors.map((error) => ({ ...error, detail: told(error.reason) })) }),
    ...(repairs === undefined
      ? {}
      : { repairs: repairs.map((repair) => ({ ...repair, detail: told(repair.reason) })) }),
  }
}

/** A reason in words; one without words would be a mistake of ours, and its key says more than nothing. */
function told({ key, values }: Reason): string {
  return has(key) ? say(key, values) : key
}

function worded(key: string): string | undefined {
  return has(key) ? say(key) : undefined
}

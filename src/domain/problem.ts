/**
 * How the product says no, everywhere. `rule` names the problem (a rule of the domain, or one of the few below that
 * are about the request itself); surfaces map `kind` once each to a status, an exit code, a tool error.
 */
export type ProblemKind =
  | 'invalid'
  | 'refused'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'stale'
  | 'precondition-required'
  | 'too-large'
  | 'too-many'
  | 'unavailable'

export type Values = Record<string, string | number | boolean | null>

/** A text of the catalogue, by key, with what is filled into it. */
export type Reason = { key: string; values?: Values }

/** Where in the request it went wrong: a JSON pointer into the body, or `#/query/limit` and the like. */
export type FieldError = { pointer: string; reason: Reason }

/** A call that mends it, ready to be sent as it is. */
export type Call = { method: string; path: string; headers?: Record<string, string>; body?: unknown }

export type Repair = Call & { reason: Reason }

export type ProblemFacts = {
  kind: ProblemKind
  rule: string
  reason?: Reason
  errors?: FieldError[]
  repairs?: Repair[]
  /** What the surface shows beside it, such as the current state of what was stale. */
  details?: Record<string, unknown>
}

export class Problem extends Error {
  readonly facts: ProblemFacts

  constructor(facts: ProblemFacts) {
    super(facts.rule)
    this.facts = facts
  }
}

export function refuse(facts: ProblemFacts): never {
  throw new Problem(facts)
}

/** One field is wrong: which, and why. */
export function invalid(pointer: string, key: string, values: Values = {}): never {
  refuse({ kind: 'invalid', rule: 'invalid-request', errors: [{ pointer, reason: { key, values } }] })
}

/** Absent and out of sight look the same. */
export function notFound(noun: string, id: string): never {
  refuse({ kind: 'not-found', rule: 'not-found', reason: { key: 'problem.not-found.reason', values: { noun, id } } })
}

/** A rule of the domain stands against it. */
export function breaks(
  rule: string,
  why: string,
  values: Values = {},
  more: Pick<ProblemFacts, 'errors' | 'repairs' | 'details'> = {},
): never {
  refuse({ kind: 'refused', rule, reason: { key: `rule.${rule}.${why}`, values }, ...more })
}

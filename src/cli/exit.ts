import type { ProblemDocument } from '#client/client.ts'
import type { Reason } from '#domain/problem.ts'

/** What a script can tell the outcomes apart by. The help lists them. */
export const EXIT = {
  done: 0,
  refused: 20,
  notFound: 21,
  conflict: 22,
  stale: 23,
  ifMatchMissing: 24,
  forbidden: 25,
  notSignedIn: 26,
  tooLarge: 27,
  tooMany: 28,
  usage: 64,
  invalid: 65,
  noInput: 66,
  unavailable: 69,
  unexpected: 70,
  busy: 75,
  configuration: 78,
} as const

const BY_STATUS: Record<number, number> = {
  400: EXIT.invalid,
  401: EXIT.notSignedIn,
  403: EXIT.forbidden,
  404: EXIT.notFound,
  409: EXIT.conflict,
  412: EXIT.stale,
  413: EXIT.tooLarge,
  422: EXIT.refused,
  428: EXIT.ifMatchMissing,
  429: EXIT.tooMany,
  431: EXIT.tooLarge,
  502: EXIT.unavailable,
  503: EXIT.unavailable,
  504: EXIT.unavailable,
}

export function exitCodeOf(problem: Pick<ProblemDocument, 'status' | 'rule'>): number {
  if (problem.rule === 'invalid-request') return EXIT.invalid
  return BY_STATUS[problem.status] ?? EXIT.unexpected
}

/** The command line itself cannot go on: which text says why, and the exit code. */
export class Stopped extends Error {
  readonly reason: Reason
  readonly exitCode: number

  constructor(exitCode: number, key: string, values: Reason['values'] = {}) {
    super(key)
    this.exitCode = exitCode
    this.reason = { key, values }
  }
}

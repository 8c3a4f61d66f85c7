import { Refused } from '#client/client.ts'

/** The server does not know who asks: not signed in, or no longer. Wrong credentials are another matter. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Refused && error.problem.status === 401 && error.problem.rule === 'unauthenticated'
}

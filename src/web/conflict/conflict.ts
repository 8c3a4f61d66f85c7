import { Refused } from '#client/client.ts'

/** Somebody else saved first: what stands there now, and the tag to save over it. */
export type Conflict<Thing> = { current: Thing; etag: string }

export function conflictOf<Thing>(error: unknown): Conflict<Thing> | null {
  if (!(error instanceof Refused) || error.problem.status !== 412) return null
  const { current, etag } = error.problem
  return current == null || etag === undefined ? null : { current: current as Thing, etag }
}

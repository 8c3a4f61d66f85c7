import { type Actor, actorId } from '#domain/actor.ts'
import { refuse } from '#domain/problem.ts'
import { hashOf } from '#store/hash.ts'
import type { Declaration } from './declared/declaration.ts'
import type { Input } from './operation.ts'
import type { Outcome, Request } from './services.ts'

/** The tag of a version, as it stands in `ETag` and `If-Match`. */
export function tag(version: number): string {
  return `"${version}"`
}

export type Retry = { key: string; requestHash: Buffer; slot: string }

/** A key is the caller's own in their organization; its hash covers method, path and body. */
export function retryOf(
  declaration: Declaration,
  actor: Actor,
  input: Input<Declaration>,
  request: Request,
): Retry | undefined {
  const key = request.headers.idempotencyKey
  if (key === undefined) return undefined
  if (key === '' || key.length > 200)
    refuse({
      kind: 'invalid',
      rule: 'invalid-request',
      errors: [{ pointer: '#/headers/idempotency-key', reason: { key: 'field.idempotency-key' } }],
    })
  const requestHash = hashOf([declaration.name, input])
  return { key, requestHash, slot: `${actor.organizationId} ${actorId(actor)} ${key}` }
}

/** The answer that was given before, to the letter; another request under the same key is refused. */
export function replay(
  kept: { requestHash: Buffer; status: number; etag: string | null; body: string | null },
  requestHash: Buffer,
): Outcome {
  if (!kept.requestHash.equals(requestHash)) refuse({ kind: 'refused', rule: 'idempotency-key-reused' })
  const text = kept.body ?? 'null'
  return { status: kept.status, body: JSON.parse(text), etag: kept.etag, changeId: null, text }
}

const inFlight = new Set<string>()

/** While a request is under way, the same key is refused rather than kept waiting. */
export async function alone<T>(slot: string | undefined, run: () => Promise<T>): Promise<T> {
  if (slot === undefined) return run()
  if (inFlight.has(slot)) refuse({ kind: 'conflict', rule: 'in-flight' })
  inFlight.add(slot)
  try {
    return await run()
  } finally {
    inFlight.delete(slot)
  }
}

import type { Actor } from '#domain/actor.ts'
import type { OrganizationId } from '#domain/id.ts'
import type { Identity } from '#platform/identity.ts'
import type { Store } from '#store/store.ts'

/** What the operations are given from outside: time, ids, chance, the store, and how to reach the world. */
export type Services = {
  store: Store
  /** The one clock. */
  clock: () => Date
  newId: () => string
  randomBytes: (size: number) => Buffer
  publicUrl: string
  drainer: Drainer
  identity: Identity
}

/** Rolls up what was reported. See `#jobs/drainer.ts`. */
export type Drainer = {
  /** Something was written: a drain follows within a fraction of a second. */
  wake(organizationId: OrganizationId): void
  /** Returns when what was committed before is settled, or after `atMost` milliseconds. */
  settled(organizationId: OrganizationId, atMost?: number): Promise<void>
}

/** A request to do something, as a surface hands it over. */
export type Request = {
  actor: Actor | null
  params: unknown
  query: unknown
  body: unknown
  headers: Headers
}

/** The three headers that an operation knows. */
export type Headers = {
  ifMatch?: string | undefined
  idempotencyKey?: string | undefined
  accountId?: string | undefined
}

/** What a surface makes its answer of. `text` is the body as it was sent before, for a request that is sent again. */
export type Outcome = { status: number; body: unknown; etag: string | null; changeId: string | null; text?: string }

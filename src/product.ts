import { startDrainer } from '#jobs/drainer.ts'
import type { Services } from '#operations/services.ts'
import { newId, randomBytes } from '#platform/chance.ts'
import { openIdentity } from '#platform/identity.ts'
import { openStore } from '#store/store.ts'

export type ProductOptions = {
  databaseUrl: string
  publicUrl: string
  /** What signs sessions: 32 characters or more. */
  secret: string
  log: { error(details: unknown, message: string): void }
  clock?: () => Date
}

/** Everything below the surfaces, put together. The one place where time, ids and chance come from. */
export type Product = { services: Services; drainer: ReturnType<typeof startDrainer>; close(): Promise<void> }

export function openProduct({
  databaseUrl,
  publicUrl,
  secret,
  log,
  clock = () => new Date(),
}: ProductOptions): Product {
  const store = openStore({ url: databaseUrl, clock })
  const identity = openIdentity({ databaseUrl, publicUrl, secret, log })
  const drainer = startDrainer(store, log)
  return {
    services: { store, clock, newId, randomBytes, publicUrl, drainer, identity },
    drainer,
    close: async () => {
      await drainer.stop()
      await identity.close()
      await store.close()
    },
  }
}

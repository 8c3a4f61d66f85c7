import { sql } from 'kysely'
import { allOrganizations } from './drain.ts'
import { pruneLinks } from './one-time-links.ts'
import type { Store } from './store.ts'
import { pruneTries } from './tries.ts'

const DAY = 24 * 60 * 60 * 1000

/** How long answers are kept for a request that is sent again. */
const RETRY_DAYS = 7

/** Removes what has had its time: answers kept for retries, links, counted tries, sessions. History is never pruned. */
export async function prune(store: Store, now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY).toISOString()
  await pruneLinks(store.db, ago(1))
  await pruneTries(store, ago(1))
  await sql`delete from auth.session where "expiresAt" < ${ago(1)}::timestamptz`.execute(store.db)
  for (const organizationId of await allOrganizations(store)) {
    await store.db.transaction().execute(async (trx) => {
      await sql`select set_config('app.organization', ${organizationId}, true)`.execute(trx)
      await sql`delete from idempotency where organization_id = ${organizationId} and made_at < ${ago(RETRY_DAYS)}::timestamptz`.execute(
        trx,
      )
    })
  }
}

import { sql } from 'kysely'
import type { Store } from './store.ts'

/**
 * Takes one of the tries that a key has within a window. Atomic: of parallel bursts no more than `most` get one, in any
 * window of that length. Returns the seconds to wait when there is none left; a refused try costs nothing.
 */
export async function takeTry(
  store: Store,
  key: Buffer,
  { most, seconds, now }: { most: number; seconds: number; now: Date },
): Promise<number | null> {
  const since = new Date(now.getTime() - seconds * 1000).toISOString()
  const taken = await sql`
    insert into tries as t (key, tried_at) values (${key}, array[${now.toISOString()}::timestamptz])
    on conflict (key) do update
      set tried_at = array(select at from unnest(t.tried_at) at where at > ${since}::timestamptz) || excluded.tried_at
      where (select count(*) from unnest(t.tried_at) at where at > ${since}::timestamptz) < ${most}
    returning 1`.execute(store.db)
  if (taken.rows.length > 0) return null
  const oldest = await sql<{ at: string | null }>`
    select min(at) as at from tries, unnest(tried_at) at where key = ${key} and at > ${since}::timestamptz`.execute(
    store.db,
  )
  const frees = Date.parse(oldest.rows[0]?.at ?? now.toISOString()) + seconds * 1000
  return Math.max(1, Math.ceil((frees - now.getTime()) / 1000))
}

/** A try that was none: whoever got in was no guesser. */
export async function giveBackTry(store: Store, key: Buffer): Promise<void> {
  await sql`update tries set tried_at = tried_at[:cardinality(tried_at) - 1] where key = ${key}`.execute(store.db)
}

export async function forgetTries(store: Store, key: Buffer): Promise<void> {
  await store.db.deleteFrom('tries').where('key', '=', key).execute()
}

/** Removes what no longer counts. */
export async function pruneTries(store: Store, before: string): Promise<void> {
  await sql`delete from tries where tried_at[cardinality(tried_at)] < ${before}::timestamptz or tried_at = '{}'`.execute(
    store.db,
  )
}

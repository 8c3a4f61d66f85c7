import { sql } from 'kysely'
import { addDays, type Day, startOf } from '#domain/day.ts'
import { PRESENT, readFrom } from './named.ts'
import type { Tx } from './store.ts'

const PAST = 'past, public'

/**
 * Reads a past day as it was known when it ended: shape, words, owners, values. The schema `past` has a view for every
 * table, so that no query has to know. What somebody may not see now they do not see then either: `stillSeen`.
 */
export async function asOf<T>(tx: Tx, day: Day, timeZone: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  const until = startOf(addDays(day, 1), timeZone)
  await sql`select set_config('app.past_until', ${until}, true), set_config('app.past_day', ${day}, true)`.execute(
    tx.db,
  )
  await readFrom(PAST).execute(tx.db)
  return await run({ ...tx, past: day })
}

/** Of what was seen in a past day, what is seen in the present too. `present` finds those among some ids. */
export async function stillSeen<Row extends { id: string }>(
  tx: Tx,
  rows: Row[],
  present: (tx: Tx, ids: Row['id'][]) => Promise<ReadonlySet<string>>,
): Promise<Row[]> {
  if (tx.past === undefined || rows.length === 0) return rows
  const { past: _, ...now } = tx
  await readFrom(PRESENT).execute(tx.db)
  const seen = await present(
    now,
    rows.map(({ id }) => id),
  )
  await readFrom(PAST).execute(tx.db)
  return rows.filter(({ id }) => seen.has(id))
}

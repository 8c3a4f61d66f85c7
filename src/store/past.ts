import { sql } from 'kysely'
import { addDays, type Day, startOf } from '#domain/day.ts'
import { PRESENT, readFrom } from './named.ts'
import type { Page, Tx } from './store.ts'

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

/**
 * A page of what was seen in a past day and is in the present too, full where there is as much. `seenBy` says by what a
 * row is seen: itself, or what it hangs on.
 */
export async function pageStillSeen<Row extends { id: string }, Id extends string>(
  tx: Tx,
  page: Page,
  read: (page: Page) => Promise<Row[]>,
  seenBy: (row: Row) => Id,
  present: (tx: Tx, ids: Id[]) => Promise<ReadonlySet<string>>,
): Promise<Row[]> {
  const kept: Row[] = []
  for (let { after } = page; ; ) {
    const rows = await read({ after, limit: page.limit })
    kept.push(...(await stillSeen(tx, rows, present, seenBy)))
    if (rows.length < page.limit || kept.length >= page.limit) return kept.slice(0, page.limit)
    after = rows.at(-1)?.id
  }
}

/** Of what was seen in a past day, what is seen in the present too. `present` finds those among some ids. */
export async function stillSeen<Row extends { id: string }, Id extends string = Row['id']>(
  tx: Tx,
  rows: Row[],
  present: (tx: Tx, ids: Id[]) => Promise<ReadonlySet<string>>,
  seenBy: (row: Row) => Id = ({ id }) => id as string as Id,
): Promise<Row[]> {
  if (tx.past === undefined || rows.length === 0) return rows
  const { past: _, ...now } = tx
  await readFrom(PRESENT).execute(tx.db)
  const seen = await present(now, [...new Set(rows.map(seenBy))])
  await readFrom(PAST).execute(tx.db)
  return rows.filter((row) => seen.has(seenBy(row)))
}

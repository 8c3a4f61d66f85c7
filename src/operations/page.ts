import { invalid } from '#domain/problem.ts'

/** One more than a page is read: whether there is a next one is known without counting. */
export function asked(query: { cursor?: string | undefined; limit: number }): {
  after: string | undefined
  limit: number
} {
  if (query.cursor !== undefined && !CURSOR.test(query.cursor)) invalid('#/query/cursor', 'field.cursor')
  return { after: query.cursor, limit: query.limit + 1 }
}

const CURSOR = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{1,15})$/

/** A page of what was read; the cursor is the last one's id. */
export function paged<Row, Item>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): { items: Item[]; nextCursor: string | null } {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { items: kept.map(view), nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}

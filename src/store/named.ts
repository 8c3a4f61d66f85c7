import { createHash } from 'node:crypto'
import { type PostgresPool, type PostgresPoolClient, type RawBuilder, sql } from 'kysely'
import type pg from 'pg'

/**
 * The pool as the query builder uses it, with a name for each statement, so that a connection parses and plans it once:
 * what decides on visibility costs more to plan than to run. Lists are bound as arrays (`anyOf`), so there are as many
 * texts as there are ways to ask, not as there are lengths of lists.
 */
export function named(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect()
      // What a transaction reads from ends with it, and no connection of the query builder outlives its transaction.
      let schemas = PRESENT
      return {
        query: (text: unknown, values?: unknown[]) => {
          if (text === READ_FROM) schemas = String(values?.[0])
          return query(client, schemas, text, values)
        },
        release: (destroy?: boolean) => client.release(destroy),
      } as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}

/** One of these ids, bound as one value however many there are. */
export function anyOf<Id extends string>(ids: readonly Id[]): RawBuilder<Id> {
  return sql<Id>`any(${[...ids]}::uuid[])`
}

/** From which schemas the rest of a transaction reads: the first that has a table of that name. */
export function readFrom(schemas: string): RawBuilder<unknown> {
  return sql`select set_config('search_path', ${schemas}, true)`
}

const READ_FROM = `select set_config('search_path', $1, true)`
export const PRESENT = 'public'

function query(client: pg.PoolClient, schemas: string, text: unknown, values: unknown[] | undefined) {
  if (typeof text !== 'string' || !values || values.length === 0) return client.query(text as string, values)
  // The same words over other tables are another statement: under one name they would be planned anew at each change.
  const name = nameOf(schemas === PRESENT ? text : `${schemas}: ${text}`)
  return client.query(name ? { name, text, values } : { text, values })
}

const names = new Map<string, string>()

/** Statements beyond these are rare ones: they are planned each time rather than kept by every connection. */
const MOST = 600

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known) return known
  if (names.size >= MOST) return undefined
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}

import { CompiledQuery, type Kysely } from 'kysely'
import type { PoolClient } from 'pg'
import type { Database } from './database.ts'

/** A statement written by hand for a hot path. The name lets a connection keep its plan. */
export type Statement = { name: string; text: string }

/** Runs a hot statement in whatever transaction is under way. */
export type Execute = <Row>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>

export function executeIn(db: Kysely<Database>): Execute {
  return async <Row>({ text }: Statement, values: readonly unknown[]) =>
    (await db.executeQuery(CompiledQuery.raw(text, [...values]))).rows as Row[]
}

export function executeOn(client: PoolClient): Execute {
  return async <Row>({ name, text }: Statement, values: readonly unknown[]) => {
    const query = isLarge(values) ? { text, values: [...values] } : { name, text, values: [...values] }
    return (await client.query(query)).rows as Row[]
  }
}

// A kept plan goes row by row, within the set too; for more than a few rows a plan of their own pays for itself.
function isLarge(values: readonly unknown[]): boolean {
  return values.some((value) => Array.isArray(value) && value.length > 60)
}

/**
 * How the plans of hot statements are made: once for each connection, by index. A plan that was made while a table was
 * small would otherwise read the whole table when it has grown.
 */
export const HOT_PLANS = `set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan`

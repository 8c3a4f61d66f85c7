import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { type Day, dayAt } from '#domain/day.ts'
import { shortest } from '#domain/decimal.ts'
import type { OrganizationId } from '#domain/id.ts'
import type { Database } from './database.ts'
import { named } from './named.ts'
import { type Recorder, recorder } from './rows.ts'

/**
 * A transaction that belongs to one organization: what every query takes, so that none can be called without proof of
 * tenancy. Row-level security reads the same organization from the session.
 */
export type Tx = {
  readonly organizationId: OrganizationId
  readonly db: Transaction<Database>
  /** The instant of this transaction, ISO, UTC. Taken once the organization's lock is held: it only moves forward. */
  readonly now: string
  /** Where it reads a past day: which. See past.ts. */
  readonly past?: Day
}

/** A transaction that writes: what it changes is recorded, for the change, its audit and its undo. */
export type WriteTx = Tx & { readonly recorder: Recorder }

/** Of a list in the order of ids: those after one, at most so many. */
export type Page = { after?: string | undefined; limit: number }

export type Store = {
  /** Directory tables and health only; tenant tables show nothing here. */
  readonly db: Kysely<Database>
  readonly pool: pg.Pool
  /** The instant it is, ISO, UTC. */
  now(): string
  /** Runs in one consistent snapshot; where reports are not rolled up yet, `settle` gets a chance to see to it first. */
  read<T>(organizationId: OrganizationId, run: (tx: Tx) => Promise<T>, settle?: () => Promise<void>): Promise<T>
  /** Runs alone among the structure changes of its organization; check-ins go on beside it, drains wait. */
  write<T>(organizationId: OrganizationId, run: (tx: WriteTx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type StoreOptions = { url: string; clock: () => Date; connections?: number }

export function openStore({ url, clock, connections = 20 }: StoreOptions): Store {
  const pool = new pg.Pool({ connectionString: url, max: connections, types: { getTypeParser }, keepAlive: true })
  // A connection that breaks while idle is dropped by the pool; the next query opens another.
  pool.on('error', () => {})
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: named(pool) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  const now = () => clock().toISOString()
  return {
    db,
    pool,
    now,
    read: async (organizationId, run, settle) => {
      for (let patience = settle ? 1 : 0; ; patience--) {
        const answer = await snapshot(db, organizationId, async (trx) => {
          if (patience > 0 && (await isUnsettled(trx, organizationId, now()))) return UNSETTLED
          return run({ organizationId, db: trx, now: now() })
        })
        if (answer !== UNSETTLED) return answer as Awaited<ReturnType<typeof run>>
        await settle?.()
      }
    },
    write: (organizationId, run) =>
      db.transaction().execute(async (trx) => {
        await sql`select set_config('app.organization', ${organizationId}, true),
          pg_advisory_xact_lock(${STRUCTURE}, hashtext(${organizationId})),
          pg_advisory_xact_lock(${DRAIN}, hashtext(${organizationId}))`.execute(trx)
        const instant = now()
        await sql`select set_config('app.now', ${instant}, true)`.execute(trx)
        return run({ organizationId, db: trx, now: instant, recorder: recorder() })
      }),
    close: async () => {
      await db.destroy()
    },
  }
}

/** Another organization's part of a transaction. What is changed there is recorded there. */
export async function within<T>(
  tx: WriteTx,
  organizationId: OrganizationId,
  run: (tx: WriteTx) => Promise<T>,
): Promise<T> {
  await sql`select set_config('app.organization', ${organizationId}, true)`.execute(tx.db)
  const made = await run({ ...tx, organizationId, recorder: recorder() })
  await sql`select set_config('app.organization', ${tx.organizationId}, true)`.execute(tx.db)
  return made
}

/** Advisory locks of an organization. Structure is shared by check-ins; drains and structure changes take turns. */
export const STRUCTURE = 7310021
export const DRAIN = 7310022

const UNSETTLED = Symbol('unsettled')

function snapshot<T>(
  db: Kysely<Database>,
  organizationId: OrganizationId,
  run: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      await sql`select set_config('app.organization', ${organizationId}, true)`.execute(trx)
      return run(trx)
    })
}

/** Whether something was done that is not rolled up yet, or a day has ended that is not reckoned. */
export async function isUnsettled(
  trx: Transaction<Database>,
  organizationId: OrganizationId,
  now: string,
): Promise<boolean> {
  const found = await sql<{ some: boolean; reckonedOn: string; timeZone: string }>`
    select exists (select from outbox where organization_id = o.id) as some, reckoned_on, time_zone from organizations o
    where id = ${organizationId}`.execute(trx)
  const [state] = found.rows
  return state !== undefined && (state.some || state.reckonedOn < dayAt(now, state.timeZone))
}

const { builtins } = pg.types
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString()],
  [builtins.INT8, Number],
  [builtins.NUMERIC, shortest],
])

function getTypeParser(type: number, format?: string): (text: string) => unknown {
  return (
    parsers.get(type) ??
    (pg.types.getTypeParser as (type: number, format?: string) => (text: string) => unknown)(type, format)
  )
}

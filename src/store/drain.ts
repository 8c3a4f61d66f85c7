import { type Kysely, sql } from 'kysely'
import type { PoolClient } from 'pg'
import type { KeyResultId, OrganizationId } from '#domain/id.ts'
import type { Database } from './database.ts'
import { nothingDirty, settle } from './settle.ts'
import { DRAIN, type Store } from './store.ts'

/** The channel on which a drain tells every server: `<organization> <last position of the audit>`. */
export const CHANNEL = 'throughline'

/** At most so many reports a round, so that no drain holds its lock for long. */
const ROUND = 8192

/**
 * Brings an organization's figures up to its reports, puts what was done in order, seals it, and tells. Idempotent;
 * one at a time per organization, whichever server runs it. Returns how many marks it took: fewer than a round means
 * that everything committed before it began is settled.
 */
export async function drain(store: Store, organizationId: OrganizationId): Promise<number> {
  return await store.db.transaction().execute(async (trx) => {
    await sql`select set_config('app.organization', ${organizationId}, true), pg_advisory_xact_lock(${DRAIN}, hashtext(${organizationId}))`.execute(
      trx,
    )
    const taken = await settleMarks(trx, organizationId, ROUND)
    await order(trx, organizationId)
    return taken
  })
}

/**
 * Takes marks and recomputes what they stand for, under the drain lock. A structure change does so first: what it
 * freezes or moves must stand where the reports before it put it. Returns how many marks it took.
 */
export async function settleMarks(db: Kysely<Database>, organizationId: OrganizationId, most: number): Promise<number> {
  const taken = await sql<{ keyResultId: KeyResultId }>`
    delete from marks where organization_id = ${organizationId}
      and id in (select id from marks where organization_id = ${organizationId} order by id limit ${most})
    returning key_result_id`.execute(db)
  const dirty = nothingDirty()
  for (const row of taken.rows) dirty.keyResults.add(row.keyResultId)
  await settle(db, organizationId, dirty)
  return taken.rows.length
}

/** Moves the outbox into the audit: positions without gaps, one seal over each block, and word of it to every server. */
async function order(db: Kysely<Database>, organizationId: OrganizationId): Promise<void> {
  await sql`
    with taken as (delete from outbox where organization_id = ${organizationId} returning *),
    last as (select coalesce(max(position), 0) as position from audit where organization_id = ${organizationId}),
    ordered as (
      insert into audit (organization_id, position, id, operation, actor_id, actor_kind, noun, noun_id, objective_id, fields, hash, made_at)
      select organization_id, last.position + row_number() over (order by made_at, id, noun_id),
        id, operation, actor_id, actor_kind, noun, noun_id, objective_id, fields, hash, made_at
      from taken, last
      returning position, hash
    ),
    block as (select min(position) as first, max(position) as last, string_agg(hash, ''::bytea order by position) as hashes from ordered),
    before as (select number, hash from seals where organization_id = ${organizationId} order by number desc limit 1),
    sealed as (
      insert into seals (organization_id, number, first_position, last_position, hash)
      select ${organizationId}, coalesce((select number from before), 0) + 1, first, last,
        sha256(coalesce((select hash from before), ''::bytea) || hashes)
      from block where first is not null
    )
    select pg_notify(${CHANNEL}, ${`${organizationId} `}::text || last) from block where first is not null`.execute(db)
}

/** Whether anything waits for a drain. */
export async function needsDrain(store: Store, organizationId: OrganizationId): Promise<boolean> {
  return await store.read(organizationId, async (tx) => {
    const found = await sql<{
      some: boolean
    }>`select exists (select from marks where organization_id = ${organizationId})
      or exists (select from outbox where organization_id = ${organizationId}) as some`.execute(tx.db)
    return found.rows[0]?.some ?? false
  })
}

/** Every organization of this installation. */
export async function allOrganizations(store: Store): Promise<OrganizationId[]> {
  return (await store.db.selectFrom('organizations').select('id').execute()).map((row) => row.id)
}

/** Listens for drains, whichever server ran them, until the returned function is called. Throws when the link breaks. */
export async function listen(
  client: PoolClient,
  heard: (organizationId: OrganizationId, position: number) => void,
): Promise<void> {
  client.on('notification', (message) => {
    const [organizationId, position] = (message.payload ?? '').split(' ')
    if (organizationId) heard(organizationId as OrganizationId, Number(position))
  })
  await client.query(`listen ${CHANNEL}`)
}

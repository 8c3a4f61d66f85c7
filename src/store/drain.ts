import type { PoolClient } from 'pg'
import type { KeyResultId, OrganizationId } from '#domain/id.ts'
import { withClient } from './client.ts'
import { reckonUpTo } from './reckon.ts'
import { settle } from './settle.ts'
import { type Execute, executeOn, HOT_PLANS, type Statement } from './statement.ts'
import { DRAIN, isUnsettled, type Store } from './store.ts'

/** The channel on which a drain tells every server: `<organization> <last position of the audit>`. */
export const CHANNEL = 'throughline'

/** At most so many reports a round, so that no drain holds its lock for long. */
const ROUND = 8192

/**
 * Brings an organization's figures up to its reports, puts what was done in order, seals it, and tells. Idempotent;
 * one at a time per organization, whichever server runs it. Returns how many outbox rows it took: fewer than a round
 * means that everything committed before it began is settled.
 */
export async function drain(store: Store, organizationId: OrganizationId): Promise<number> {
  return await withClient(store.pool, async (client) => {
    await client.query(
      `begin; ${HOT_PLANS}; select set_config('app.organization', '${organizationId}', true), pg_advisory_xact_lock(${DRAIN}, hashtext('${organizationId}'))`,
    )
    const taken = await drainWithin(executeOn(client), organizationId, store.now(), ROUND)
    await client.query('commit')
    return taken
  })
}

/**
 * The same inside a transaction that holds the drain lock. A structure change begins with it: what it freezes or moves
 * must stand where the reports before it put it. Days that have ended since are reckoned first.
 */
export async function drainWithin(
  execute: Execute,
  organizationId: OrganizationId,
  now: string,
  most = Number.MAX_SAFE_INTEGER,
): Promise<number> {
  let taken = 0
  await reckonUpTo(execute, organizationId, now, async (before) => {
    taken += await take(execute, organizationId, Number.MAX_SAFE_INTEGER, before)
  })
  return taken + (await take(execute, organizationId, most, null))
}

/** `before`: only what was done before that instant. */
async function take(
  execute: Execute,
  organizationId: OrganizationId,
  most: number,
  before: string | null,
): Promise<number> {
  const [{ taken, marks, reportedAt, last }] = (await execute<Taken>(ORDER, [organizationId, most, before])) as [Taken]
  if (taken === 0) return 0
  const reports = new Map((marks ?? []).map((id, index) => [id, reportedAt?.[index] as string]))
  await settle(execute, organizationId, { keyResults: new Set(reports.keys()), objectives: new Set() }, reports)
  await execute(TELL, [CHANNEL, `${organizationId} ${last}`])
  return taken
}

type Taken = { taken: number; marks: KeyResultId[] | null; reportedAt: string[] | null; last: number }

/**
 * Moves the outbox into the audit: positions without gaps, one seal over each block and the seal before it. A seal
 * covers every column of every row, so that none can be changed, moved or left out unseen. Returns the marks among it.
 */
const ORDER: Statement = {
  name: 'drain.order',
  text: `
with taken as (
  delete from outbox where organization_id = $1
    and id in (select id from outbox where organization_id = $1 and ($3::timestamptz is null or made_at < $3) order by id limit $2)
  returning *
), last as (select coalesce(max(position), 0) as position from audit where organization_id = $1),
ordered as (
  insert into audit (organization_id, position, id, operation, actor_id, actor_kind, noun, noun_id, objective_id, fields, hash, made_at)
  select organization_id, last.position + row_number() over (order by made_at, id, noun_id),
    id, operation, actor_id, actor_kind, noun, noun_id, objective_id, fields, hash, made_at
  from taken, last
  returning position, record_send(row(position, id, operation, actor_id, actor_kind, noun, noun_id, objective_id, fields, hash, made_at)) as whole
),
block as (select min(position) as first, max(position) as last, string_agg(whole, ''::bytea order by position) as rows from ordered),
before as (select number, hash from seals where organization_id = $1 order by number desc limit 1),
sealed as (
  insert into seals (organization_id, number, first_position, last_position, hash)
  select $1, coalesce((select number from before), 0) + 1, first, last,
    sha256(coalesce((select hash from before), ''::bytea) || rows)
  from block where first is not null
)
select (select count(*) from taken) as taken, m.marks, m.reported_at as "reportedAt", (select last from block) as last
from (select array_agg(mark) as marks, array_agg(at::text) as reported_at
  from (select mark, max(made_at) as at from taken where mark is not null group by mark) each) m`,
}

const TELL: Statement = { name: 'drain.tell', text: 'select pg_notify($1, $2)' }

/** Whether anything waits for a drain: what was done, or a day that has ended. */
export async function needsDrain(store: Store, organizationId: OrganizationId): Promise<boolean> {
  return await store.read(organizationId, (tx) => isUnsettled(tx.db, organizationId, tx.now))
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

import { sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import { actorId } from '#domain/actor.ts'
import { type CheckIn, type Reportable, type Standing, said } from '#domain/check-in.ts'
import type { Day } from '#domain/day.ts'
import type { Decimal } from '#domain/decimal.ts'
import type { Delegation } from '#domain/delegate.ts'
import type { CheckInId, KeyResultId, ObjectiveId, OrganizationId, PersonId } from '#domain/id.ts'
import type { Reported as Said } from '#domain/measure.ts'
import type { RollUp } from '#domain/roll-up.ts'
import { withClient } from './client.ts'
import type { CheckInRow } from './database.ts'
import { type KeyResult, type MeasureColumn, measureOf } from './key-results.ts'
import { type Execute, executeIn, executeOn, HOT_PLANS, type Statement } from './statement.ts'
import { STRUCTURE, type Store, type Tx } from './store.ts'

/** A Key Result as a check-in needs it. `awaitsBaseline`: the value reported next will be its start. */
export type Reported = Reportable & { objectiveId: ObjectiveId; timeZone: string; awaitsBaseline: boolean }

/** The same as a group loads it, with what is decided without another look. */
export type ReportedInGroup = Reported & {
  /** Whom the owner has named to report, and whether the Objective is private. */
  delegation: (Delegation & { isPrivate: boolean }) | null
  /** The earliest day on which somebody leaves whose things have not passed on yet. */
  leavesOn: string | null
}

/** What is written for one check-in: the row, its trace in the audit, and the answer kept for a retry. */
export type CheckInWrite = {
  checkIn: CheckIn
  objectiveId: ObjectiveId
  actor: Actor
  salt: Buffer
  hash: Buffer
  fields: string[]
  retry: { key: string; requestHash: Buffer; body: string } | null
}

export type KeptAnswer = {
  actorId: string
  key: string
  requestHash: Buffer
  status: number
  body: string | null
  etag: string | null
}

/** The statements of a group of check-ins, in one transaction beside (never across) a structure change. */
export type CheckInGroup = {
  load(ids: readonly KeyResultId[]): Promise<Map<KeyResultId, ReportedInGroup>>
  kept(keys: readonly { actorId: string; key: string }[]): Promise<KeptAnswer[]>
  /** Writes them, but for those whose retry key was used before: their ids come back. */
  write(writes: readonly CheckInWrite[]): Promise<Set<CheckInId>>
}

/** Runs a group. Two statements beside those of the transaction, however many check-ins there are. */
export async function inGroup<T>(
  store: Store,
  organizationId: OrganizationId,
  run: (group: CheckInGroup) => Promise<T>,
): Promise<T> {
  return await withClient(store.pool, async (client) => {
    // One round trip: the simple protocol takes several statements, and the id has been checked to be one.
    await client.query(
      `begin; ${HOT_PLANS}; select set_config('app.organization', '${organizationId}', true), pg_advisory_xact_lock_shared(${STRUCTURE}, hashtext('${organizationId}'))`,
    )
    const result = await run(groupOn(executeOn(client), organizationId))
    await client.query('commit')
    return result
  })
}

function groupOn(execute: Execute, organizationId: OrganizationId): CheckInGroup {
  return {
    load: async (ids) => {
      const rows = await execute<LoadedRow & Pick<ReportedInGroup, 'delegation' | 'leavesOn'>>(LOAD, [
        organizationId,
        ids,
      ])
      return new Map(
        rows.map((row) => [row.id, { ...reportable(row), delegation: row.delegation, leavesOn: row.leavesOn }]),
      )
    },
    kept: (keys) =>
      execute<KeptAnswer>(KEPT, [organizationId, keys.map((one) => one.actorId), keys.map((one) => one.key)]),
    write: async (writes) => {
      if (writes.length === 0) return new Set()
      const rows = await execute<{ id: CheckInId }>(WRITE, [organizationId, ...columns(writes)])
      return new Set(rows.map((row) => row.id))
    },
  }
}

type LoadedRow = Pick<KeyResult, 'id' | 'objectiveId' | 'ownerId' | 'state' | MeasureColumn> & {
  rollUp: RollUp | null
  startHolds: string | null
  timeZone: string
}

function reportable(row: LoadedRow): Reported {
  return {
    id: row.id,
    objectiveId: row.objectiveId,
    ownerId: row.ownerId,
    state: row.state,
    measure: measureOf(row),
    rollUp: row.rollUp,
    awaitsBaseline: row.baseline && row.startHolds === null,
    timeZone: row.timeZone,
  }
}

/** The Key Result for a check-in that is made alone, inside a structure change. */
export async function loadReportable(tx: Tx, id: KeyResultId): Promise<Reported | undefined> {
  const { rows } = await sql<LoadedRow>`
    select k.id, k.objective_id, k.owner_id, k.state, k.measure_kind, k.start_value, k.baseline, k.target_value, k.by_percent, k.by_amount, k.unit,
      k.phases, k.at_least, k.at_most, k.evidence, k.steps,
      (select v.start_value from key_result_values v where v.organization_id = k.organization_id and v.key_result_id = k.id) as start_holds,
      (select l.roll_up from contributions l where l.organization_id = k.organization_id and l.to_id = k.id and l.state = 'accepted' and l.roll_up <> 'shown' and l.counts limit 1) as roll_up,
      o.time_zone
    from key_results k join organizations o on o.id = k.organization_id
    where k.organization_id = ${tx.organizationId} and k.id = ${id}`.execute(tx.db)
  return rows[0] && reportable(rows[0])
}

/** One that stands for correction: it belongs to this Key Result and nothing has corrected it or taken it back yet. */
export async function findCorrectable(
  tx: Tx,
  keyResultId: KeyResultId,
  id: CheckInId,
): Promise<CheckIn | 'corrected' | 'taken-back' | undefined> {
  const row = await tx.db
    .selectFrom('checkIns as c')
    .leftJoin('checkIns as x', (join) =>
      join.onRef('x.organizationId', '=', 'c.organizationId').onRef('x.correctsId', '=', 'c.id'),
    )
    .selectAll('c')
    .select('x.takesBack as takenBack')
    .where('c.organizationId', '=', tx.organizationId)
    .where('c.keyResultId', '=', keyResultId)
    .where('c.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { takenBack, ...checkIn } = row
  if (takenBack !== null) return takenBack ? 'taken-back' : 'corrected'
  return checkInOf(checkIn)
}

/** Those of a Key Result, the latest as measured first. `after` is the id of the last one seen. */
export async function listCheckIns(
  tx: Tx,
  keyResultId: KeyResultId,
  page: { after?: CheckInId | undefined; limit: number },
): Promise<CheckIn[]> {
  const rows = await tx.db
    .selectFrom('checkIns as c')
    .selectAll('c')
    .where('c.organizationId', '=', tx.organizationId)
    .where('c.keyResultId', '=', keyResultId)
    .$if(page.after !== undefined, (query) =>
      query.where(sql<boolean>`(c.measured_on, c.counted_at, c.id) < (select l.measured_on, l.counted_at, l.id from check_ins l
        where l.organization_id = ${tx.organizationId} and l.id = ${page.after})`),
    )
    .orderBy('c.measuredOn', 'desc')
    .orderBy('c.countedAt', 'desc')
    .orderBy('c.id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map(checkInOf)
}

/** The last report of a value that stands. */
export async function lastReport(
  tx: Tx,
  keyResultId: KeyResultId,
): Promise<{ id: CheckInId; value: string } | undefined> {
  const { rows } = await sql<{ id: CheckInId; value: string }>`
    select c.id, c.value from check_ins c
    where c.organization_id = ${tx.organizationId} and c.key_result_id = ${keyResultId} and c.value is not null and not c.takes_back
      and not exists (select from check_ins x where x.organization_id = c.organization_id and x.corrects_id = c.id)
    order by c.measured_on desc, c.counted_at desc, c.id desc limit 1`.execute(tx.db)
  return rows[0]
}

/** What the check-ins of a Key Result say that were measured up to a day. */
export async function reportedUpTo(tx: Tx, keyResultId: KeyResultId, day: Day | null): Promise<Said> {
  const { rows } = await sql<Pick<CheckIn, 'id' | 'value' | 'stepsDone' | 'done' | 'measuredOn' | 'countedAt'>>`
    select c.id, c.value, c.steps_done, c.done, c.measured_on, c.counted_at from check_ins c
    where c.organization_id = ${tx.organizationId} and c.key_result_id = ${keyResultId} and not c.takes_back
      and (${day}::date is null or c.measured_on <= ${day}::date)
      and not exists (select from check_ins x where x.organization_id = c.organization_id and x.corrects_id = c.id)
    order by c.measured_on, c.counted_at, c.id`.execute(tx.db)
  return said(rows)
}

/** The first two values of a Key Result that were reported and stand. */
export async function earliestReports(tx: Tx, keyResultId: KeyResultId): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select c.id, c.value, c.counted_at from check_ins c
    where c.organization_id = ${tx.organizationId} and c.key_result_id = ${keyResultId} and c.value is not null and not c.takes_back
      and not exists (select from check_ins x where x.organization_id = c.organization_id and x.corrects_id = c.id)
    order by c.counted_at, c.id limit 2`.execute(tx.db)
  return rows
}

/** Any of the organization's, by id. */
export async function findCheckIn(tx: Tx, id: CheckInId): Promise<CheckIn | undefined> {
  const row = await tx.db
    .selectFrom('checkIns')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && checkInOf(row)
}

/** Writes one inside a transaction of its own kind: the same statement as a group's. */
export async function writeCheckIn(tx: Tx, write: CheckInWrite): Promise<void> {
  await executeIn(tx.db)(WRITE, [tx.organizationId, ...columns([write])])
}

function checkInOf(row: CheckInRow): CheckIn {
  const { organizationId: _, salt: __, ...rest } = row
  return { ...rest, value: row.value as Decimal | null, ownerId: row.ownerId as PersonId }
}

function columns(writes: readonly CheckInWrite[]): unknown[] {
  const of = <T>(pick: (write: CheckInWrite) => T) => writes.map(pick)
  return [
    of((w) => w.checkIn.id),
    of((w) => w.checkIn.keyResultId),
    of((w) => w.checkIn.ownerId),
    of((w) => w.checkIn.reportedById),
    of((w) => w.checkIn.value),
    of((w) => w.checkIn.stepsDone && JSON.stringify(w.checkIn.stepsDone)),
    of((w) => w.checkIn.done),
    of((w) => w.checkIn.evidence),
    of((w) => w.checkIn.confidence),
    of((w) => w.checkIn.note),
    of((w) => w.checkIn.blockers),
    of((w) => w.checkIn.measuredOn),
    of((w) => w.checkIn.recordedAt),
    of((w) => w.checkIn.countedAt),
    of((w) => w.checkIn.correctsId),
    of((w) => w.checkIn.takesBack),
    of((w) => w.salt),
    of((w) => w.actor.kind),
    of((w) => w.objectiveId),
    of((w) => w.fields.join(' ')),
    of((w) => w.hash),
    of((w) => w.retry?.key ?? null),
    of((w) => w.retry?.requestHash ?? null),
    of((w) => w.retry?.body ?? null),
    of((w) => actorId(w.actor)),
  ]
}

const LOAD: Statement = {
  name: 'check-ins.load',
  text: `
select k.id, k.objective_id as "objectiveId", k.owner_id as "ownerId", k.state, k.measure_kind as "measureKind",
  k.start_value as "startValue", k.baseline, k.target_value as "targetValue", k.by_percent as "byPercent", k.by_amount as "byAmount", k.unit,
  k.phases, k.at_least as "atLeast", k.at_most as "atMost", k.evidence, k.steps,
  case when k.baseline then (select v.start_value from key_result_values v where v.organization_id = $1 and v.key_result_id = k.id) end as "startHolds",
  (select l.roll_up from contributions l where l.organization_id = $1 and l.to_id = k.id and l.state = 'accepted' and l.roll_up <> 'shown' and l.counts limit 1) as "rollUp",
  o.time_zone as "timeZone", o.leaves_on as "leavesOn",
  case when coalesce(k.delegate_id, k.delegate_service_id) is not null then jsonb_build_object(
    'delegateId', k.delegate_id, 'delegateServiceId', k.delegate_service_id, 'delegateUntil', k.delegate_until,
    'isPrivate', (select p.visibility = 'named' from objectives p where p.organization_id = $1 and p.id = k.objective_id)) end as "delegation"
from key_results k join organizations o on o.id = $1
where k.organization_id = $1 and k.id = any($2::uuid[])`,
}

const KEPT: Statement = {
  name: 'check-ins.kept',
  text: `
select actor_id as "actorId", key, request_hash as "requestHash", status, etag, body
from idempotency where organization_id = $1 and actor_id = any($2::uuid[]) and key = any($3::text[])`,
}

const WRITE: Statement = {
  name: 'check-ins.write',
  text: `
with b as (
  select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::numeric[], $7::text[], $8::boolean[], $9::text[], $10::smallint[],
    $11::text[], $12::text[], $13::date[], $14::timestamptz[], $15::timestamptz[], $16::uuid[], $17::boolean[], $18::bytea[], $19::text[],
    $20::uuid[], $21::text[], $22::bytea[], $23::text[], $24::bytea[], $25::text[], $26::uuid[])
  as b(id, key_result_id, owner_id, reported_by_id, value, steps_done, done, evidence, confidence, note, blockers, measured_on, recorded_at,
    counted_at, corrects_id, takes_back, salt, actor_kind, objective_id, fields, hash, retry_key, request_hash, body, actor_id)
), kept as (
  insert into idempotency (organization_id, actor_id, key, request_hash, status, body, made_at)
  select $1, actor_id, retry_key, request_hash, 201, body, recorded_at from b where retry_key is not null
  on conflict do nothing returning actor_id, key
), fresh as materialized (
  select b.* from b where retry_key is null or (actor_id, retry_key) in (select actor_id, key from kept)
), made as (
  insert into check_ins (organization_id, id, key_result_id, owner_id, reported_by_id, value, steps_done, done, evidence, confidence, note,
    blockers, measured_on, recorded_at, counted_at, corrects_id, takes_back, salt)
  select $1, id, key_result_id, owner_id, reported_by_id, value,
    case when steps_done is not null then array(select jsonb_array_elements_text(steps_done::jsonb)) end,
    done, evidence, confidence, note, blockers, measured_on, recorded_at, counted_at, corrects_id, takes_back, salt
  from fresh
), told as (
  insert into outbox (organization_id, id, operation, actor_id, actor_kind, noun, noun_id, objective_id, fields, hash, made_at, mark)
  select $1, id, 'check-ins.make', reported_by_id, actor_kind, 'key-result', key_result_id, objective_id, string_to_array(fields, ' '), hash, recorded_at,
    -- A correction is no news of the day it is made on, and what it moves is settled where it is made.
    case when corrects_id is null then key_result_id end
  from fresh
)
select id from b except all select id from fresh`,
}

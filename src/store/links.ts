import { type Selectable, sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { AlignmentRow, ContributionRow } from './database.ts'
import { keyResultsSeen } from './key-results.ts'
import { anyOf } from './named.ts'
import { seenAmong } from './objectives.ts'
import { pageStillSeen } from './past.ts'
import type { Page, Tx } from './store.ts'
import { sees, seesKeyResult } from './visible.ts'

/** A literal, so that the index of standing links serves a kept plan too. */
const STANDING = sql<boolean>`state in ('accepted', 'offered')`

export type Alignment = Selectable<AlignmentRow>
export type Contribution = Selectable<ContributionRow>

/** The accepted and offered alignments that lead up from these Objectives. */
export async function alignmentsFrom(tx: Tx, ids: readonly ObjectiveId[]): Promise<Alignment[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('alignments')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('fromId', '=', anyOf(ids))
    .where(STANDING)
    .execute()
}

/** The accepted and offered alignments that lead up to these Objectives. */
export async function alignmentsTo(tx: Tx, ids: readonly ObjectiveId[]): Promise<Alignment[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('alignments')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('toId', '=', anyOf(ids))
    .where(STANDING)
    .execute()
}

/** The accepted and offered contributions from these Key Results. */
export async function contributionsFrom(tx: Tx, ids: readonly KeyResultId[]): Promise<Contribution[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('contributions')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('fromId', '=', anyOf(ids))
    .where(STANDING)
    .execute()
}

/** The accepted and offered contributions into these Key Results. */
export async function contributionsTo(tx: Tx, ids: readonly KeyResultId[]): Promise<Contribution[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('contributions')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('toId', '=', anyOf(ids))
    .where(STANDING)
    .execute()
}

/** The accepted and offered contributions from Key Results of an Objective to those of others. */
export async function contributionsLeaving(tx: Tx, id: ObjectiveId): Promise<Contribution[]> {
  return await tx.db
    .selectFrom('contributions as l')
    .innerJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'l.organizationId').onRef('k.id', '=', 'l.fromId'),
    )
    .selectAll('l')
    .where('l.organizationId', '=', tx.organizationId)
    .where('k.objectiveId', '=', id)
    .where('l.withinObjective', '=', false)
    .where(sql<boolean>`l.state in ('accepted', 'offered')`)
    .orderBy('l.id')
    .execute()
}

/** The accepted contributions that add up in one of these units, without a share in another. */
export async function sumsInUnits(tx: Tx, units: readonly string[]): Promise<Contribution[]> {
  if (units.length === 0) return []
  return await tx.db
    .selectFrom('contributions as l')
    .innerJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'l.organizationId').onRef('k.id', '=', 'l.fromId'),
    )
    .selectAll('l')
    .where('l.organizationId', '=', tx.organizationId)
    .where('l.state', '=', 'accepted')
    .where('l.rollUp', '=', 'sum')
    .where('l.share', 'is', null)
    .where('k.unit', '=', sql<string>`any(${[...units]}::text[])`)
    .orderBy('l.id')
    .execute()
}

/** Whether an Objective is another, or lies below it over accepted alignments. */
export async function liesAtOrBelow(tx: Tx, below: ObjectiveId, above: ObjectiveId): Promise<boolean> {
  if (below === above) return true
  return (await lineAbove(tx, [below])).some(
    (step) => step.toId === above && step.state === 'accepted' && step.overAccepted,
  )
}

export type LineStep = {
  fromId: ObjectiveId
  toId: ObjectiveId
  state: 'accepted' | 'offered'
  statement: string | null
  accountableId: Alignment['accountableId']
  /** Every step up to here is accepted. */
  overAccepted: boolean
}

/** Every step up from these Objectives: the accepted link of each, or where there is none its offered one. */
export async function lineAbove(tx: Tx, ids: readonly ObjectiveId[]): Promise<LineStep[]> {
  if (ids.length === 0) return []
  const rows = await sql<LineStep>`
    with recursive line(from_id, over) as (
      select id, true from unnest(${[...ids]}::uuid[]) id
      union
      select step.to_id, line.over and step.state = 'accepted' from line
      cross join lateral (
        select l.to_id, l.state from alignments l
        where l.organization_id = ${tx.organizationId} and l.from_id = line.from_id and l.state in ('accepted', 'offered')
        order by l.state limit 1) step
    )
    select distinct on (line.from_id, line.over) line.from_id, l.to_id, l.state, l.statement, l.accountable_id, line.over as over_accepted
    from line join alignments l on l.organization_id = ${tx.organizationId} and l.from_id = line.from_id and l.state in ('accepted', 'offered')
    order by line.from_id, line.over, l.state`.execute(tx.db)
  return rows.rows
}

/** Whether a link from one Key Result to another would close a ring of counting contributions. */
export async function wouldRing(tx: Tx, fromId: KeyResultId, toId: KeyResultId): Promise<boolean> {
  const found = await sql<{ ring: boolean }>`
    with recursive line(id) as (
      select ${toId}::uuid
      union
      select l.to_id from line join contributions l on l.organization_id = ${tx.organizationId} and l.from_id = line.id
        and l.state = 'accepted' and l.roll_up <> 'shown'
    )
    select exists (select from line where id = ${fromId}) as ring`.execute(tx.db)
  return found.rows[0]?.ring ?? false
}

/** Whether aligning one Objective to another would close a ring of accepted alignments. */
export async function wouldAlignInRing(tx: Tx, fromId: ObjectiveId, toId: ObjectiveId): Promise<boolean> {
  return await liesAtOrBelow(tx, toId, fromId)
}

/** Every alignment from or to an Objective, whatever its state, by id; those of others only from what the actor sees. */
export async function listAlignments(tx: Tx, actor: Actor, objectiveId: ObjectiveId, page: Page): Promise<Alignment[]> {
  const query = tx.db
    .selectFrom('alignments as l')
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'l.organizationId').onRef('o.id', '=', 'l.fromId'),
    )
    .selectAll('l')
    .where('l.organizationId', '=', tx.organizationId)
    .where((eb) => eb.or([eb('l.fromId', '=', objectiveId), eb('l.toId', '=', objectiveId)]))
    .where(sees(actor))
    .orderBy('l.id')
  return await pageStillSeen(
    tx,
    page,
    ({ after, limit }) => (after ? query.where('l.id', '>', after as Alignment['id']) : query).limit(limit).execute(),
    ({ fromId }) => fromId,
    (now, ids) => seenAmong(now, actor, ids),
  )
}

/** Every contribution from or to a Key Result, whatever its state, by id; those of others only from what the actor sees. */
export async function listContributions(
  tx: Tx,
  actor: Actor,
  keyResultId: KeyResultId,
  page: Page,
): Promise<Contribution[]> {
  const query = tx.db
    .selectFrom('contributions as l')
    .innerJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'l.organizationId').onRef('k.id', '=', 'l.fromId'),
    )
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'k.organizationId').onRef('o.id', '=', 'k.objectiveId'),
    )
    .selectAll('l')
    .where('l.organizationId', '=', tx.organizationId)
    .where((eb) => eb.or([eb('l.fromId', '=', keyResultId), eb('l.toId', '=', keyResultId)]))
    .where(sees(actor))
    .where(seesKeyResult(actor))
    .orderBy('l.id')
  return await pageStillSeen(
    tx,
    page,
    ({ after, limit }) =>
      (after ? query.where('l.id', '>', after as Contribution['id']) : query).limit(limit).execute(),
    ({ fromId }) => fromId,
    (now, ids) => keyResultsSeen(now, actor, ids),
  )
}

/** The accepted and offered alignments from and to an Objective. */
export async function alignmentsOf(tx: Tx, id: ObjectiveId): Promise<Alignment[]> {
  return await tx.db
    .selectFrom('alignments')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where((eb) => eb.or([eb('fromId', '=', id), eb('toId', '=', id)]))
    .where(STANDING)
    .execute()
}

/**
 * Where an organization includes aligned Objectives: whose progress stands in whose mean, from these Objectives all the
 * way down. One of which a Key Result counts towards the one above stands there by that alone.
 */
export async function alignedInMeans(
  tx: Tx,
  ids: readonly ObjectiveId[],
): Promise<{ aboveId: ObjectiveId; belowId: ObjectiveId }[]> {
  const { rows } = await sql<{ aboveId: ObjectiveId; belowId: ObjectiveId }>`
    with recursive step(above_id, below_id) as (
      select null::uuid, id from unnest(${[...ids]}::uuid[]) id
      union
      select step.below_id, b.id from step
      join alignments l on l.organization_id = ${tx.organizationId} and l.to_id = step.below_id and l.state = 'accepted'
      join objectives b on b.organization_id = l.organization_id and b.id = l.from_id and b.state in ('published', 'closed')
        and b.conforms and b.counts
      where not exists (select from key_results k
        join contributions c on c.organization_id = k.organization_id and c.from_id = k.id and c.state = 'accepted'
          and c.roll_up <> 'shown' and c.counts
        join key_results t on t.organization_id = c.organization_id and t.id = c.to_id and t.objective_id = step.below_id
        where k.organization_id = b.organization_id and k.objective_id = b.id)
    )
    select distinct above_id, below_id from step where above_id is not null`.execute(tx.db)
  return rows
}

import { sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { Day } from '#domain/day.ts'
import type { Decimal } from '#domain/decimal.ts'
import type { CycleId, GroupId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import type { Ambition, Level } from '#domain/objective.ts'
import { anyOf } from './named.ts'
import { here } from './reporting-line.ts'
import type { Tx } from './store.ts'
import { sees, seesKeyResult } from './visible.ts'

export type Placed = { id: ObjectiveId; level: Level; groupId: GroupId | null; cycleId: CycleId }

/** The published and closed Objectives of the company and of these groups in these cycles that the actor sees. */
export async function objectivesIn(
  tx: Tx,
  actor: Actor,
  cycleIds: readonly CycleId[],
  groupIds: readonly GroupId[],
): Promise<Placed[]> {
  return await tx.db
    .selectFrom('objectives as o')
    .select(['o.id', 'o.level', 'o.groupId', 'o.cycleId'])
    .where('o.organizationId', '=', tx.organizationId)
    .where('o.cycleId', '=', anyOf(cycleIds))
    .where('o.state', 'in', ['published', 'closed'])
    .where((eb) =>
      eb.or([
        eb('o.level', '=', 'company'),
        eb.and([eb('o.level', '=', 'group'), eb('o.groupId', '=', anyOf(groupIds))]),
      ]),
    )
    .where(sees(actor))
    .execute()
}

/** Of these Objectives, those that serve one of a group below their own, which the actor sees. */
export async function alignedToGroupBelow(
  tx: Tx,
  actor: Actor,
  ids: readonly ObjectiveId[],
): Promise<Map<ObjectiveId, { title: string; group: string }>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: ObjectiveId; title: string; group: string }>`
    select l.from_id as id, t.title, g.name as "group"
    from alignments l
    join objectives o on o.organization_id = l.organization_id and o.id = l.from_id
    join objectives t on t.organization_id = l.organization_id and t.id = l.to_id
    join groups g on g.organization_id = t.organization_id and g.id = t.group_id
    where l.organization_id = ${tx.organizationId} and l.from_id = ${anyOf(ids)} and l.state = 'accepted'
      and o.level = 'group' and t.level = 'group' and o.group_id <> t.group_id and ${sees(actor, 't')}
      and exists (
        with recursive line(id) as (
          select t.group_id
          union
          select a.parent_id from groups a join line on a.organization_id = l.organization_id and a.id = line.id
        )
        select from line where id = o.group_id)`.execute(tx.db)
  return new Map(rows.map(({ id, ...above }) => [id, above]))
}

type Astray = { title: string; reported: boolean }

/**
 * Of these Key Results, those that add to one to whose Objective theirs has no line: its title ('…' out of sight) and
 * whether a value was reported there.
 */
export async function contributionsAstray(
  tx: Tx,
  actor: Actor,
  ids: readonly KeyResultId[],
): Promise<Map<KeyResultId, Astray>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Astray & { id: KeyResultId }>`
    with recursive links as (
      select k.id, k.objective_id as here, t.objective_id as there,
        case when ${sees(actor)} and ${seesKeyResult(actor, 't')} then t.title else '…' end as title,
        exists (select from check_ins c where c.organization_id = t.organization_id and c.key_result_id = t.id and c.value is not null)
          as reported
      from contributions l
      join key_results k on k.organization_id = l.organization_id and k.id = l.from_id
      join key_results t on t.organization_id = l.organization_id and t.id = l.to_id
      join objectives o on o.organization_id = t.organization_id and o.id = t.objective_id
      where l.organization_id = ${tx.organizationId} and l.from_id = ${anyOf(ids)} and l.state = 'accepted'
        and k.objective_id <> t.objective_id
    ), above(start, id) as (
      select distinct here, here from links
      union
      select above.start, l.to_id from above
      join alignments l on l.organization_id = ${tx.organizationId} and l.from_id = above.id and l.state = 'accepted'
    )
    select id, title, reported from links
    where not exists (select from above where above.start = links.here and above.id = links.there)`.execute(tx.db)
  return new Map(rows.map(({ id, ...above }) => [id, above]))
}

/** By owner and ambition, the latest first. */
export type Scores = ReadonlyMap<PersonId, Partial<Record<Ambition, Decimal[]>>>

/**
 * The last three scores of each of these owners' closed Key Results that the actor sees, of each ambition: the latest
 * closed first. Of two that were closed on one day, when each was last open tells which.
 */
export async function lastScores(tx: Tx, actor: Actor, ownerIds: readonly PersonId[]): Promise<Scores> {
  if (ownerIds.length === 0) return new Map()
  const { rows } = await sql<{ ownerId: PersonId; ambition: Ambition; scores: Decimal[] }>`
    with closed as (
      select k.owner_id, k.ambition, k.score, row_number() over (
        partition by k.owner_id, k.ambition
        order by k.closed_on desc, (select max(h.valid_to) from key_results_history h
          where h.organization_id = k.organization_id and h.id = k.id and h.state <> 'closed') desc nulls last, k.id desc) as place
      from key_results k
      join objectives o on o.organization_id = k.organization_id and o.id = k.objective_id
      where k.organization_id = ${tx.organizationId} and k.owner_id = ${anyOf(ownerIds)} and k.state = 'closed'
        and k.score is not null and ${sees(actor)} and ${seesKeyResult(actor)}
    )
    select owner_id as "ownerId", ambition, array_agg(trim_scale(score)::text order by place) as scores
    from closed where place <= 3 group by owner_id, ambition`.execute(tx.db)
  const byOwner = Map.groupBy(rows, ({ ownerId }) => ownerId)
  return new Map(
    [...byOwner].map(([id, own]) => [id, Object.fromEntries(own.map(({ ambition, scores }) => [ambition, scores]))]),
  )
}

/**
 * Who is here, is in this group or in one below it, and has somebody of the grade above them without being of it: how
 * many, and whether one of them owns something in the cycle that the actor sees.
 */
export async function belowGradeIn(
  tx: Tx,
  actor: Actor,
  { id, cycleId, grade }: { id: GroupId; cycleId: CycleId; grade: string },
  today: Day,
): Promise<{ people: number; ownSomething: boolean }> {
  const { rows } = await sql<{ people: number; ownSomething: boolean }>`
    with recursive tree(id) as (
      select ${id}::uuid
      union
      select g.id from groups g join tree on g.organization_id = ${tx.organizationId} and g.parent_id = tree.id
    ), line(start, id) as (
      select id, manager_id from people
      where organization_id = ${tx.organizationId} and group_ids && array(select id from tree)
        and ${here(today)} and grade is distinct from ${grade}
      union
      select line.start, p.manager_id from line
      join people p on p.organization_id = ${tx.organizationId} and p.id = line.id and p.grade is distinct from ${grade}
    ), below as (
      select distinct line.start as id from line
      join people p on p.organization_id = ${tx.organizationId} and p.id = line.id and p.grade = ${grade}
    )
    select (select count(*)::integer from below) as people, exists (
      select from below
      join key_results k on k.organization_id = ${tx.organizationId} and k.owner_id = below.id
        and k.state in ('draft', 'published', 'postponed', 'closed')
      join objectives o on o.organization_id = k.organization_id and o.id = k.objective_id and o.cycle_id = ${cycleId}
      where ${sees(actor)} and ${seesKeyResult(actor)}
    ) as "ownSomething"`.execute(tx.db)
  return rows[0] as { people: number; ownSomething: boolean }
}

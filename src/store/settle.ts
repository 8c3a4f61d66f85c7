import type { KeyResultId, ObjectiveId, OrganizationId } from '#domain/id.ts'
import type { Execute, Statement } from './statement.ts'

/** What is to be recomputed: these Key Results and Objectives, and all that follows from them. */
export type Dirty = { keyResults: Set<KeyResultId>; objectives: Set<ObjectiveId> }

export function nothingDirty(): Dirty {
  return { keyResults: new Set(), objectives: new Set() }
}

type Step = { id: KeyResultId; objectiveId: ObjectiveId; parentId: KeyResultId | null }

/**
 * Recomputes what is dirty and everything above it, level by level in sets, exactly as `#domain/roll-up.ts` says.
 * Runs under the organization's drain lock: nobody else writes these figures, so each level reads what the last wrote.
 * Returns how many Key Results it looked at.
 */
export async function settle(execute: Execute, organizationId: OrganizationId, dirty: Dirty): Promise<number> {
  const objectives = new Set(dirty.objectives)
  let looked = 0
  let level = [...dirty.keyResults]
  for (let first = true; level.length > 0; first = false) {
    looked += level.length
    const steps = await execute<Step>(first ? RECOMPUTE : CLIMB, [organizationId, level])
    for (const step of steps) objectives.add(step.objectiveId)
    level = [...new Set(steps.flatMap((step) => (step.parentId ? [step.parentId] : [])))]
  }
  if (objectives.size > 0) await execute(OBJECTIVES, [organizationId, [...objectives]])
  return looked
}

/** Gives new Key Results and Objectives a row for their figures, so that recomputing only ever updates. */
export async function makeRoom(execute: Execute, organizationId: OrganizationId, dirty: Dirty): Promise<void> {
  await execute(ROOM_FOR_KEY_RESULTS, [organizationId, [...dirty.keyResults]])
  await execute(ROOM_FOR_OBJECTIVES, [organizationId, [...dirty.objectives]])
}

const ROOM_FOR_KEY_RESULTS: Statement = {
  name: 'settle.room-for-key-results',
  text: `insert into key_result_values (organization_id, key_result_id)
    select $1, id from key_results where organization_id = $1 and id = any($2::uuid[]) on conflict do nothing`,
}

const ROOM_FOR_OBJECTIVES: Statement = {
  name: 'settle.room-for-objectives',
  text: `insert into objective_values (organization_id, objective_id)
    select $1, id from objectives where organization_id = $1 and id = any($2::uuid[]) on conflict do nothing`,
}

/** A check-in that stands: neither corrected nor taken back. */
const STANDS = `not c.takes_back and not exists (select from check_ins x where x.organization_id = $1 and x.corrects_id = c.id)`
const OF = `from check_ins c where c.organization_id = $1 and c.key_result_id = t.id and ${STANDS}`
const LATEST = 'order by c.measured_on desc, c.counted_at desc, c.id desc limit 1'

/**
 * What the accepted children of one Key Result (r) come to: a sum, and the parts of a mean. Row by row through the
 * indexes, so that no estimate of how many there are can lead astray.
 */
const CHILDREN = `
  left join lateral (
    select bool_or(l.roll_up = 'average') as averaged,
      sum(case
        when l.roll_up <> 'sum' or v.progress is null then 0
        when l.share is not null then case r.measure_kind when 'decrease' then -1 else 1 end * half_even(l.share * v.numerator, v.denominator, 6)
        when c.measure_kind = 'milestone' then 0
        else v.current - c.start_value end) as adds,
      count(v.progress) filter (where c.state <> 'cancelled') as known,
      sum(l.weight) filter (where c.state <> 'cancelled' and v.progress is not null) as weight,
      sum(l.weight * least(greatest(v.progress, 0), 1)) filter (where c.state <> 'cancelled') as weighed,
      sum(least(greatest(v.progress, 0), 1)) filter (where c.state <> 'cancelled') as plain
    from contributions l
    left join key_results c on c.organization_id = $1 and c.id = l.from_id and c.state not in ('draft', 'discarded') and c.conforms
    left join key_result_values v on v.organization_id = $1 and v.key_result_id = c.id
    where l.organization_id = $1 and l.to_id = r.id and l.state = 'accepted' and l.roll_up <> 'shown'
  ) c on true`

/** The two cases in which an average stands for the parent's own value. */
const AVERAGED = `
      when c.averaged and (c.known = 0 or r.target_value is null) then r.start_value
      when c.averaged then r.start_value + half_even((r.target_value - r.start_value) * case when c.weight = 0 then c.plain else c.weighed end,
        case when c.weight = 0 then c.known else c.weight end, 6)`

/**
 * The first level, from its reports up. Frozen Key Results keep their figures. All of it is passed on, since something
 * about each has changed: its reports, its state, its weight, its link.
 */
const RECOMPUTE: Statement = {
  name: 'settle.recompute',
  text: `
with target as materialized (
  select id, objective_id, state, measure_kind, start_value, target_value, steps
  from key_results where organization_id = $1 and id = any($2::uuid[])
), reported as materialized (
  select t.*, l.id as check_in_id, l.measured_on,
    case when l.confidence is not null or l.id is null then l.confidence
      else (select c.confidence ${OF} and c.confidence is not null ${LATEST}) end as confidence,
    case when l.value is not null or l.id is null then l.value
      else (select c.value ${OF} and c.value is not null ${LATEST}) end as value,
    case when t.measure_kind <> 'milestone' or l.id is null then false
      else (select coalesce(c.done, false) ${OF} and (c.done is not null or c.steps_done is not null) ${LATEST}) end as done,
    case when t.measure_kind <> 'milestone' or l.id is null then null
      else (select c.steps_done ${OF} and c.steps_done is not null ${LATEST}) end as steps_done
  from target t
  left join lateral (select c.id, c.value, c.confidence, c.measured_on ${OF} ${LATEST}) l on true
), standing as materialized (
  select r.*,
    case
      when r.measure_kind is null or r.measure_kind = 'milestone' then null
      when r.start_value is null then r.value
${AVERAGED}
      else coalesce(r.value, r.start_value) + coalesce(c.adds, 0) end as current,
    case when r.measure_kind <> 'milestone' then coalesce(r.value, r.start_value) end as own,
    m.done_weight, m.all_weight
  from reported r
${CHILDREN}
  left join lateral (
    select sum(case when w.weightless then 1 else w.weight end) filter (where w.id = any(r.steps_done)) as done_weight,
      sum(case when w.weightless then 1 else w.weight end) as all_weight
    from (select s ->> 'id' as id, (s ->> 'weight')::numeric as weight, sum((s ->> 'weight')::numeric) over () = 0 as weightless
      from jsonb_array_elements(r.steps) s where r.measure_kind = 'milestone') w
  ) m on true
), fractions as materialized (
  select s.*,
    case
      when s.measure_kind = 'milestone' then case
        when s.done then 1
        when coalesce(s.all_weight, 0) = 0 then 0
        when coalesce(s.done_weight, 0) * 100 > s.all_weight * 99 then 99
        else coalesce(s.done_weight, 0) end
      when s.start_value is not null and s.target_value is not null then s.current - s.start_value end as numerator,
    case
      when s.measure_kind = 'milestone' then case
        when s.done or coalesce(s.all_weight, 0) = 0 then 1
        when coalesce(s.done_weight, 0) * 100 > s.all_weight * 99 then 100
        else s.all_weight end
      when s.start_value is not null then s.target_value - s.start_value end as denominator
  from standing s
), progressed as materialized (
  select f.*, half_even(f.numerator, f.denominator, 12) as progress from fractions f
), moved as (
  update key_result_values v
  set own = f.own, current = f.current, numerator = f.numerator, denominator = f.denominator,
    progress = f.progress,
    confidence = f.confidence, check_in_id = f.check_in_id, measured_on = f.measured_on
  from progressed f
  where v.organization_id = $1 and v.key_result_id = f.id and f.state in ('draft', 'published')
    and (v.own, v.current, v.numerator, v.denominator, v.confidence, v.check_in_id, v.measured_on)
      is distinct from (f.own, f.current, f.numerator, f.denominator, f.confidence, f.check_in_id, f.measured_on)
  returning v.key_result_id as id
)
select t.id, t.objective_id as "objectiveId", l.to_id as "parentId"
from target t
left join contributions l on l.organization_id = $1 and l.from_id = t.id and l.state = 'accepted' and l.roll_up <> 'shown'`,
}

/**
 * A level above: only its children have moved, so what its owner reported stands as it was written down last. What does
 * not move here moves nothing further up.
 */
const CLIMB: Statement = {
  name: 'settle.climb',
  text: `
with target as materialized (
  select id, objective_id, state, measure_kind, start_value, target_value
  from key_results where organization_id = $1 and id = any($2::uuid[])
), standing as materialized (
  select r.id, r.state, r.measure_kind, r.start_value, r.target_value,
    case
${AVERAGED}
      else v.own + coalesce(c.adds, 0) end as current
  from target r
  join key_result_values v on v.organization_id = $1 and v.key_result_id = r.id
${CHILDREN}
), moved as (
  update key_result_values v
  set current = s.current, numerator = s.current - s.start_value, progress = half_even(s.current - s.start_value, s.target_value - s.start_value, 12)
  from standing s
  where v.organization_id = $1 and v.key_result_id = s.id and v.current is distinct from s.current
    and s.state in ('draft', 'published') and s.measure_kind in ('increase', 'decrease') and s.start_value is not null
  returning v.key_result_id as id
)
select t.id, t.objective_id as "objectiveId", l.to_id as "parentId"
from moved m join key_results t on t.organization_id = $1 and t.id = m.id
left join contributions l on l.organization_id = $1 and l.from_id = t.id and l.state = 'accepted' and l.roll_up <> 'shown'`,
}

/** A Key Result stands in its Objective's mean when it is published or closed, conforms and has progress. */
const OBJECTIVES: Statement = {
  name: 'settle.objectives',
  text: `
with means as materialized (
  select o.id, case when c.known > 0 then half_even(case when c.weight = 0 then c.plain else c.weighed end,
    case when c.weight = 0 then c.known else c.weight end, 12) end as progress
  from objectives o
  cross join lateral (
    select count(*) as known, sum(k.weight) as weight, sum(k.weight * least(greatest(v.progress, 0), 1)) as weighed,
      sum(least(greatest(v.progress, 0), 1)) as plain
    from key_results k join key_result_values v on v.organization_id = $1 and v.key_result_id = k.id
    where k.organization_id = $1 and k.objective_id = o.id
      and k.state in ('published', 'closed') and k.conforms and v.progress is not null
      and not exists (
        select from contributions l
        join key_results p on p.organization_id = $1 and p.id = l.to_id
        join key_result_values pv on pv.organization_id = $1 and pv.key_result_id = p.id
        where l.organization_id = $1 and l.from_id = k.id and l.within_objective and l.state = 'accepted' and l.roll_up <> 'shown'
          and p.state in ('published', 'closed') and p.conforms and pv.progress is not null)
  ) c
  where o.organization_id = $1 and o.id = any($2::uuid[]) and o.state in ('draft', 'published')
)
update objective_values v set progress = m.progress from means m
where v.organization_id = $1 and v.objective_id = m.id and v.progress is distinct from m.progress`,
}

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
 * `reports`: of Key Results about which nothing but new reports is known, the moment of the latest; it saves looking it
 * up. Returns how many Key Results it looked at.
 */
export async function settle(
  execute: Execute,
  organizationId: OrganizationId,
  dirty: Dirty,
  reports: ReadonlyMap<KeyResultId, string> = new Map(),
): Promise<number> {
  const objectives = new Set(dirty.objectives)
  let looked = dirty.keyResults.size
  let steps = looked > 0 ? await recompute(execute, organizationId, [...dirty.keyResults], reports) : []
  while (steps.length > 0) {
    for (const step of steps) objectives.add(step.objectiveId)
    const level = [...new Set(steps.flatMap((step) => (step.parentId ? [step.parentId] : [])))]
    looked += level.length
    steps = level.length > 0 ? await execute<Step>(CLIMB, [organizationId, level]) : []
  }
  if (objectives.size > 0) await settleObjectives(execute, organizationId, [...objectives])
  return looked
}

function recompute(
  execute: Execute,
  organizationId: OrganizationId,
  ids: readonly KeyResultId[],
  reports: ReadonlyMap<KeyResultId, string>,
): Promise<Step[]> {
  return execute<Step>(RECOMPUTE, [organizationId, ids, ids.map((id) => reports.get(id) ?? null)])
}

/** Where an organization counts aligned Objectives, what moves goes on up the alignments. */
async function settleObjectives(
  execute: Execute,
  organizationId: OrganizationId,
  ids: readonly ObjectiveId[],
): Promise<void> {
  let moved = await execute<{ id: ObjectiveId; aboveId: ObjectiveId | null }>(OBJECTIVES, [organizationId, ids])
  for (;;) {
    const above = [...new Set(moved.flatMap(({ aboveId }) => (aboveId ? [aboveId] : [])))]
    if (above.length === 0) return
    moved = await execute(OBJECTIVES, [organizationId, above])
  }
}

/** Gives new Key Results and Objectives a row for their figures, so that recomputing only ever updates. */
export async function makeRoom(execute: Execute, organizationId: OrganizationId, dirty: Dirty): Promise<void> {
  await execute(ROOM_FOR_KEY_RESULTS, [organizationId, [...dirty.keyResults]])
  await execute(ROOM_FOR_OBJECTIVES, [organizationId, [...dirty.objectives]])
}

/** The day that the figures stand for: see reckon.ts. */
const TODAY = '(select reckoned_on from organizations where id = $1)'

const ROOM_FOR_KEY_RESULTS: Statement = {
  name: 'settle.room-for-key-results',
  text: `insert into key_result_values (organization_id, key_result_id, moved_on)
    select $1, id, ${TODAY} from key_results where organization_id = $1 and id = any($2::uuid[]) on conflict do nothing`,
}

const ROOM_FOR_OBJECTIVES: Statement = {
  name: 'settle.room-for-objectives',
  text: `insert into objective_values (organization_id, objective_id, moved_on)
    select $1, id, ${TODAY} from objectives where organization_id = $1 and id = any($2::uuid[]) on conflict do nothing`,
}

/** A check-in that stands: neither corrected nor taken back. */
const STANDS = `not c.takes_back and not exists (select from check_ins x where x.organization_id = $1 and x.corrects_id = c.id)`
const OF = `from check_ins c where c.organization_id = $1 and c.key_result_id = t.id and ${STANDS}`
const LATEST = 'order by c.measured_on desc, c.counted_at desc, c.id desc limit 1'

/** A link that counts. */
const COUNTS = `l.state = 'accepted' and l.roll_up <> 'shown' and l.counts`

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
        when c.measure_kind in ('increase', 'decrease') then v.current - v.start_value
        else 0 end) as adds,
      count(v.progress) filter (where c.state <> 'cancelled') as known,
      sum(l.weight) filter (where c.state <> 'cancelled' and v.progress is not null) as weight,
      sum(l.weight * least(greatest(v.progress, 0), 1)) filter (where c.state <> 'cancelled') as weighed,
      sum(least(greatest(v.progress, 0), 1)) filter (where c.state <> 'cancelled') as plain
    from contributions l
    left join key_results c on c.organization_id = $1 and c.id = l.from_id and c.state not in ('draft', 'discarded') and c.conforms
    left join key_result_values v on v.organization_id = $1 and v.key_result_id = c.id
    where l.organization_id = $1 and l.to_id = r.id and ${COUNTS}
  ) c on true`

/** The two cases in which an average stands for the parent's own value. */
const AVERAGED = `
      when c.averaged and (c.known = 0 or r.target_value is null) then r.start_value
      when c.averaged then r.start_value + half_even((r.target_value - r.start_value) * case when c.weight = 0 then c.plain else c.weighed end,
        case when c.weight = 0 then c.known else c.weight end, 6)`

/** What a baseline of 200 comes to "by 25 %" or "by 50"; else the target as it was entered. */
const TARGET = `case
      when r.baseline and r.by_percent is not null then r.start_value + case r.measure_kind when 'decrease' then -1 else 1 end
        * half_even(abs(r.start_value) * r.by_percent, 100, 6)
      when r.baseline and r.by_amount is not null then r.start_value + case r.measure_kind when 'decrease' then -1 else 1 end * r.by_amount
      else r.target_value end`

/**
 * Of a maintained value (r), how many of the days from its first report (not before its start day) to today or its
 * deadline ended within its bounds, and how many there are. A case, not a join: of other kinds it costs nothing.
 */
const MAINTAINED = `case when r.measure_kind = 'maintain' then (
    select array[
      coalesce(sum(until - since + 1) filter (where (r.at_least is null or value >= r.at_least) and (r.at_most is null or value <= r.at_most)), 0),
      sum(until - since + 1)]
    from (
      select value, greatest(measured_on, r.first_day) as since,
        least(lead(measured_on) over (order by measured_on) - 1, r.last_day) as until
      from (
        select distinct on (c.measured_on) c.measured_on, c.value
        from check_ins c where c.organization_id = $1 and c.key_result_id = r.id and ${STANDS} and c.value is not null
        order by c.measured_on, c.counted_at desc, c.id desc
      ) by_day
    ) spans
    where since <= until) end`

/** Of a milestone (r), the weights of the steps that are done, and of all. */
const STEPPED = `case when r.measure_kind = 'milestone' then (
    select array[coalesce(sum(case when w.weightless then 1 else w.weight end) filter (where w.id = any(r.steps_done)), 0),
      coalesce(sum(case when w.weightless then 1 else w.weight end), 0)]
    from (select s ->> 'id' as id, (s ->> 'weight')::numeric as weight, sum((s ->> 'weight')::numeric) over () = 0 as weightless
      from jsonb_array_elements(r.steps) s) w) end`

/**
 * The first level, from its reports up. Frozen Key Results keep their figures. All of it is passed on, since something
 * about each has changed: its reports, its state, its weight, its link, or the day.
 */
const RECOMPUTE: Statement = {
  name: 'settle.recompute',
  text: `
with target as materialized (
  select t.id, t.objective_id, t.state, t.measure_kind, t.baseline, t.start_value, t.target_value, t.by_percent, t.by_amount, t.at_least, t.at_most,
    t.steps, m.at, case when t.measure_kind = 'maintain' then coalesce(t.starts_on,
      (select c.starts_on from objectives o join cycles c on c.organization_id = $1 and c.id = o.cycle_id where o.organization_id = $1 and o.id = t.objective_id)
    ) end as first_day, least(t.deadline, ${TODAY}) as last_day
  from unnest($2::uuid[], $3::timestamptz[]) m(id, at)
  join key_results t on t.organization_id = $1 and t.id = m.id
), reported as materialized (
  select t.id, t.objective_id, t.state, t.measure_kind, t.baseline, t.target_value, t.by_percent, t.by_amount, t.at_least, t.at_most, t.steps,
    t.at, t.first_day, t.last_day, l.id as check_in_id, l.measured_on,
    case when t.baseline then (select c.value ${OF} and c.value is not null order by c.counted_at, c.id limit 1) else t.start_value end as start_value,
    case when t.at is null then (select max(c.counted_at) ${OF}) end as reported_at,
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
), aimed as materialized (
  select r.id, r.objective_id, r.state, r.measure_kind, r.start_value, r.at_least, r.at_most, r.steps, r.at, r.first_day, r.last_day, r.check_in_id,
    r.measured_on, r.reported_at, r.confidence, r.value, r.done, r.steps_done, ${TARGET} as target_value
  from reported r
), standing as materialized (
  select r.*,
    case
      when r.measure_kind is null or r.measure_kind = 'milestone' then null
      when r.measure_kind = 'maintain' or r.start_value is null then r.value
${AVERAGED}
      else coalesce(r.value, r.start_value) + coalesce(c.adds, 0) end as current,
    case when r.measure_kind <> 'milestone' then coalesce(r.value, r.start_value) end as own,
    ${STEPPED} as weights, ${MAINTAINED} as days
  from aimed r
${CHILDREN}
), fractions as materialized (
  select s.*,
    case
      when s.measure_kind = 'maintain' then case when s.days[2] is not null then s.days[1] end
      when s.measure_kind = 'milestone' then case
        when s.done then 1
        when s.weights[2] = 0 then 0
        when s.weights[1] * 100 > s.weights[2] * 99 then 99
        else s.weights[1] end
      when s.start_value is not null and s.target_value is not null then s.current - s.start_value end as numerator,
    case
      when s.measure_kind = 'maintain' then s.days[2]
      when s.measure_kind = 'milestone' then case
        when s.done or s.weights[2] = 0 then 1
        when s.weights[1] * 100 > s.weights[2] * 99 then 100
        else s.weights[2] end
      when s.start_value is not null then nullif(s.target_value - s.start_value, 0) end as denominator
  from standing s
), moved as (
  update key_result_values v
  set own = f.own, current = f.current, numerator = f.numerator, denominator = f.denominator,
    progress = half_even(f.numerator, f.denominator, 12),
    confidence = f.confidence, check_in_id = f.check_in_id, measured_on = f.measured_on, start_value = f.start_value, target_value = f.target_value,
    reported_at = case when f.at is null then f.reported_at else greatest(v.reported_at, f.at) end, moved_on = ${TODAY}
  from fractions f
  where v.organization_id = $1 and v.key_result_id = f.id and f.state in ('draft', 'published')
    and (v.own, v.current, v.numerator, v.denominator, v.confidence, v.check_in_id, v.measured_on, v.start_value, v.target_value, v.reported_at)
      is distinct from (f.own, f.current, f.numerator, f.denominator, f.confidence, f.check_in_id, f.measured_on, f.start_value, f.target_value,
        case when f.at is null then f.reported_at else greatest(v.reported_at, f.at) end)
  returning v.key_result_id as id
)
select t.id, t.objective_id as "objectiveId", l.to_id as "parentId"
from target t
left join contributions l on l.organization_id = $1 and l.from_id = t.id and ${COUNTS}`,
}

/**
 * A level above: only its children have moved, so what its owner reported stands as it was written down last. What does
 * not move here moves nothing further up.
 */
const CLIMB: Statement = {
  name: 'settle.climb',
  text: `
with target as materialized (
  select k.id, k.state, k.measure_kind, v.start_value, v.target_value, v.own
  from key_results k join key_result_values v on v.organization_id = $1 and v.key_result_id = k.id
  where k.organization_id = $1 and k.id = any($2::uuid[])
), standing as materialized (
  select r.id, r.state, r.measure_kind, r.start_value, r.target_value,
    case
${AVERAGED}
      else r.own + coalesce(c.adds, 0) end as current
  from target r
${CHILDREN}
), moved as (
  update key_result_values v
  set current = s.current, numerator = s.current - s.start_value, progress = half_even(s.current - s.start_value, s.target_value - s.start_value, 12),
    moved_on = ${TODAY}
  from standing s
  where v.organization_id = $1 and v.key_result_id = s.id and v.current is distinct from s.current
    and s.state in ('draft', 'published') and s.measure_kind in ('increase', 'decrease') and s.start_value is not null
  returning v.key_result_id as id
)
select t.id, t.objective_id as "objectiveId", l.to_id as "parentId"
from moved m join key_results t on t.organization_id = $1 and t.id = m.id
left join contributions l on l.organization_id = $1 and l.from_id = t.id and ${COUNTS}`,
}

/**
 * A Key Result stands in its Objective's mean when it is published or closed, conforms and has progress. Where the
 * organization says so, Objectives aligned directly below stand in it too, save where one of their Key Results already
 * counts towards one of this Objective's.
 */
const OBJECTIVES: Statement = {
  name: 'settle.objectives',
  text: `
with org as materialized (
  select coalesce((settings -> 'includeAligned')::boolean, false) as include_aligned from organizations where id = $1
), means as materialized (
  select o.id, case when c.known > 0 then half_even(case when c.weight = 0 then c.plain else c.weighed end,
    case when c.weight = 0 then c.known else c.weight end, 12) end as progress
  from objectives o
  cross join lateral (
    select count(*) as known, sum(weight) as weight, sum(weight * least(greatest(progress, 0), 1)) as weighed,
      sum(least(greatest(progress, 0), 1)) as plain
    from (
      select k.weight, v.progress
      from key_results k join key_result_values v on v.organization_id = $1 and v.key_result_id = k.id
      where k.organization_id = $1 and k.objective_id = o.id
        and k.state in ('published', 'closed') and k.conforms and v.progress is not null
        and not exists (
          select from contributions l
          join key_results p on p.organization_id = $1 and p.id = l.to_id
          join key_result_values pv on pv.organization_id = $1 and pv.key_result_id = p.id
          where l.organization_id = $1 and l.from_id = k.id and l.within_objective and ${COUNTS}
            and p.state in ('published', 'closed') and p.conforms and pv.progress is not null)
      union all
      select 1, v.progress
      from alignments a
      join objectives b on b.organization_id = $1 and b.id = a.from_id and b.state in ('published', 'closed') and b.conforms and b.counts
      join objective_values v on v.organization_id = $1 and v.objective_id = b.id and v.progress is not null
      where (select include_aligned from org) and a.organization_id = $1 and a.to_id = o.id and a.state = 'accepted'
        and not exists (
          select from key_results k
          join contributions l on l.organization_id = $1 and l.from_id = k.id and ${COUNTS}
          join key_results p on p.organization_id = $1 and p.id = l.to_id and p.objective_id = o.id
          where k.organization_id = $1 and k.objective_id = b.id)
    ) items
  ) c
  where o.organization_id = $1 and o.id = any($2::uuid[]) and o.state in ('draft', 'published')
), moved as (
  update objective_values v set progress = m.progress, moved_on = ${TODAY} from means m
  where v.organization_id = $1 and v.objective_id = m.id and v.progress is distinct from m.progress
  returning v.objective_id as id
)
select m.id, a.to_id as "aboveId" from moved m
join org on org.include_aligned
join alignments a on a.organization_id = $1 and a.from_id = m.id and a.state = 'accepted'`,
}

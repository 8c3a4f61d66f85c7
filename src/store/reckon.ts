import { addDays, type Day, dayAt, startOf } from '#domain/day.ts'
import type { KeyResultId, OrganizationId } from '#domain/id.ts'
import { settle } from './settle.ts'
import type { Execute, Statement } from './statement.ts'

/**
 * Ends the days that are over. Of each: `drain` takes what was done before it ended, the figures that changed on it are
 * kept as they stood then, and what depends on the day is recomputed for the next. Runs under the drain lock, before
 * anything that belongs to a later day; a server that was down catches up day by day.
 */
export async function reckonUpTo(
  execute: Execute,
  organizationId: OrganizationId,
  now: string,
  drain: (before: string) => Promise<void>,
): Promise<void> {
  const [organization] = await execute<{ reckonedOn: Day; timeZone: string }>(DAY, [organizationId])
  if (!organization) return
  const { reckonedOn, timeZone } = organization
  const today = dayAt(now, timeZone)
  for (let day = reckonedOn; day < today; day = addDays(day, 1)) {
    const next = addDays(day, 1)
    await drain(startOf(next, timeZone))
    await execute(KEEP_KEY_RESULTS, [organizationId, day])
    await execute(KEEP_OBJECTIVES, [organizationId, day])
    await execute(TURN, [organizationId, next])
    const moving = await execute<{ id: KeyResultId }>(OF_THE_DAY, [organizationId, day])
    await settle(execute, organizationId, { keyResults: new Set(moving.map(({ id }) => id)), objectives: new Set() })
  }
}

const DAY: Statement = {
  name: 'reckon.day',
  text: 'select reckoned_on as "reckonedOn", time_zone as "timeZone" from organizations where id = $1',
}

const KEEP_KEY_RESULTS: Statement = {
  name: 'reckon.keep-key-results',
  text: `insert into key_result_days (organization_id, key_result_id, day, own, current, numerator, denominator, progress, confidence,
    check_in_id, measured_on, start_value, target_value, reported_at)
  select organization_id, key_result_id, $2, own, current, numerator, denominator, progress, confidence,
    check_in_id, measured_on, start_value, target_value, reported_at
  from key_result_values where organization_id = $1 and moved_on = $2::date
  on conflict do nothing`,
}

const KEEP_OBJECTIVES: Statement = {
  name: 'reckon.keep-objectives',
  text: `insert into objective_days (organization_id, objective_id, day, progress)
  select organization_id, objective_id, $2, progress from objective_values where organization_id = $1 and moved_on = $2::date
  on conflict do nothing`,
}

const TURN: Statement = { name: 'reckon.turn', text: 'update organizations set reckoned_on = $2 where id = $1' }

/** Values to be maintained are judged on each day until their deadline is over. */
const OF_THE_DAY: Statement = {
  name: 'reckon.of-the-day',
  text: `select id from key_results where organization_id = $1 and measure_kind = 'maintain' and state in ('draft', 'published')
    and (deadline is null or deadline > $2::date)`,
}

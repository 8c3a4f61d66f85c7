import type * as z from 'zod'
import { type Absence, isExcused } from '#domain/absence.ts'
import { dueDay, missedWindows, type Reporting } from '#domain/cadence.ts'
import { type Day, dayAt, later } from '#domain/day.ts'
import { type Decimal, ratioText, ratioUnits, WHOLE } from '#domain/decimal.ts'
import type { KeyResultId } from '#domain/id.ts'
import { isMetric } from '#domain/measure.ts'
import { paceOf } from '#domain/pace.ts'
import { expectedScore, type Judgeable, type Sayable, statusOf } from '#domain/status.ts'
import { absencesAmong } from '#store/absences.ts'
import { holdingMeasureOf, type KeyResultWithFigures } from '#store/key-results.ts'
import { type Cycle, cyclesOf } from '#store/people.ts'
import type { status } from './declared/statuses.ts'
import type { Context } from './operation.ts'

/** What a Key Result's numbers say: what was expected by now, how it stands, when its owner reports next. */
export type Judgement = { pace: Decimal | null; status: z.output<typeof status>; dueOn: Day | null }

/** Of these Key Results, by id. */
export async function judgements(
  context: Context,
  rows: readonly KeyResultWithFigures[],
): Promise<Map<KeyResultId, Judgement>> {
  const cycles = await cyclesOf(context.tx, [...new Set(rows.map((row) => row.objectiveId))])
  const away = await absencesAmong(context.tx, [...new Set(rows.map((row) => row.ownerId))])
  return new Map(
    rows.map((row) => [
      row.id,
      judgementOf(context, row, cycles.get(row.objectiveId) as Cycle, away.get(row.ownerId) ?? []),
    ]),
  )
}

function judgementOf(
  context: Context,
  row: KeyResultWithFigures,
  cycle: Cycle,
  absences: readonly Absence[],
): Judgement {
  const judgeable = judgeableOf(context, row, cycle, absences)
  return {
    pace: judgeable.pace === null ? null : ratioText(judgeable.pace),
    status: statusView(context, row, judgeable),
    dueOn: row.state === 'published' ? dueDay(reportingOf(context, row, cycle), context.today) : null,
  }
}

/** What the status of a Key Result is decided on. `absences`: its owner's. */
export function judgeableOf(
  context: Context,
  row: KeyResultWithFigures,
  cycle: Cycle,
  absences: readonly Absence[],
): Judgeable {
  const excused = (due: Day) => isExcused({ absences }, due)
  const { settings, today } = context
  const measure = holdingMeasureOf(row)
  const startsOn = row.startsOn ?? cycle.startsOn
  return {
    state: row.state,
    startsOn,
    progress: row.progress === null ? null : ratioUnits(row.progress),
    pace: paceOf({ measure, startsOn, deadline: row.deadline }, today, settings.maintainTolerance),
    confidence: row.confidence === null ? null : BigInt(row.confidence) * WHOLE,
    missed: row.state === 'published' ? missedWindows(reportingOf(context, row, cycle), today, excused) : 0,
    completes: isMetric(measure),
    score: row.score === null ? null : ratioUnits(row.score),
    expected: expectedScore({ ambition: row.ambition, measure }, settings),
    override: row.statusOverride === null ? null : saidOf(row),
  }
}

function saidOf(row: KeyResultWithFigures): Judgeable['override'] {
  return { is: row.statusOverride as Sayable, reason: row.statusOverrideReason ?? '' }
}

/** The status as it is shown; where somebody said otherwise, with who and with what it would be. */
function statusView(context: Context, row: KeyResultWithFigures, judgeable: Judgeable): Judgement['status'] {
  const judged = statusOf(judgeable, context.today, context.settings)
  if (judged === null) return null
  const instead = statusOf({ ...judgeable, override: null }, context.today, context.settings)
  const stands = judgeable.override !== null && row.state === 'published' && instead !== null
  return {
    ...judged,
    overridden: stands ? { byId: row.statusOverrideById, at: row.statusOverrideAt as string, instead } : null,
  }
}

/** How often its owner reports: as the Key Result says, or its cycle, or the organization. */
function reportingOf(context: Context, row: KeyResultWithFigures, cycle: Cycle): Reporting {
  return {
    cadence: row.cadence ?? cycle.cadence ?? context.settings.cadence,
    first: firstDay(context, row, cycle),
    reportedOn: row.reportedAt === null ? null : dayAt(row.reportedAt, context.organization.timeZone),
  }
}

/** From when on reports are due: its start day, or the day on which it was published where that came later. */
export function firstDay(
  { organization }: Context,
  row: Pick<KeyResultWithFigures, 'startsOn' | 'publishedOn' | 'createdAt'>,
  cycle: Cycle,
): Day {
  const startsOn = row.startsOn ?? cycle.startsOn
  const publishedOn = row.publishedOn ?? dayAt(row.createdAt, organization.timeZone)
  return later(startsOn, publishedOn)
}

import type { Day } from './day.ts'
import { type Decimal, ratioText, ratioUnits, WHOLE } from './decimal.ts'
import type { Measure } from './measure.ts'
import type { Ambition } from './objective.ts'
import { points } from './pace.ts'
import type { Reason, Values } from './problem.ts'
import type { State } from './roll-up.ts'
import type { Settings } from './settings.ts'

export const STATUSES = [
  'not started',
  'on track',
  'behind',
  'at risk',
  'silent',
  'achieved',
  'missed',
  'postponed',
  'cancelled',
] as const
export type Status = (typeof STATUSES)[number]

/** What somebody may say instead of what follows from the numbers. Silence only reports end. */
export const SAYABLE = ['not started', 'on track', 'behind', 'at risk', 'achieved', 'missed'] as const
export type Sayable = (typeof SAYABLE)[number]

/** What a status is decided on. Ratios in 10⁻¹² parts. */
export type Judgeable = {
  state: State
  startsOn: Day
  progress: bigint | null
  pace: bigint | null
  /** 0 to 10, in 10⁻¹² parts: an Objective's is a mean. */
  confidence: bigint | null
  /** How many windows in a row went by without a report. */
  missed: number
  /** Whether the whole of its progress achieves it before it is closed: an increase's, a decrease's. */
  completes: boolean
  score: bigint | null
  /** The score at which it is achieved. */
  expected: bigint
  /** What somebody said instead, and why. */
  override: { is: Sayable; reason: string } | null
}

export type Judged = { is: Status; reason: Reason }

/** The status at the end of a day, with what decided it; null for what is not published. Source: DOMAIN.md, Status. */
export function statusOf(thing: Judgeable, today: Day, settings: Pick<Settings, 'status'>): Judged | null {
  if (thing.state === 'draft' || thing.state === 'discarded') return null
  if (thing.state === 'cancelled' || thing.state === 'postponed') return { is: thing.state, ...because(thing.state) }
  if (thing.state === 'closed') return closed(thing)
  if (thing.override) return { is: thing.override.is, ...because('override', { reason: thing.override.reason }) }
  return derived(thing, today, settings)
}

/** What is expected at the close: the whole, less its tolerance of what is maintained, less of what is aspirational. */
export function expectedScore(
  { ambition, measure }: { ambition: Ambition; measure: Measure | null },
  settings: Pick<Settings, 'maintainTolerance' | 'aspirationalScore'>,
): bigint {
  if (ambition === 'aspirational') return ratioUnits(settings.aspirationalScore)
  return measure?.kind === 'maintain' ? WHOLE - points(settings.maintainTolerance) : WHOLE
}

function closed({ score, expected }: Judgeable): Judged {
  if (score === null) return { is: 'missed', ...because('closed.unscored') }
  const is = score >= expected ? 'achieved' : 'missed'
  return { is, ...because(`closed.${is}`, { score: ratioText(score), expected: ratioText(expected) }) }
}

function derived(thing: Judgeable, today: Day, { status }: Pick<Settings, 'status'>): Judged {
  const { startsOn, progress, pace, confidence, missed } = thing
  const under = progress === null || pace === null ? null : pace - progress
  const values = {
    progress: text(progress),
    pace: text(pace),
    points: text(under === null ? null : under * 100n),
    confidence: text(confidence),
    day: today,
  }
  if (today < startsOn) return { is: 'not started', ...because('before-start', { startsOn, day: today }) }
  if (thing.completes && progress !== null && progress >= WHOLE)
    return { is: 'achieved', ...because('achieved', values) }
  if (under !== null && under >= points(status.atRisk)) return { is: 'at risk', ...because('at-risk', values) }
  if (confidence !== null && confidence <= BigInt(status.lowConfidence) * WHOLE)
    return { is: 'at risk', ...because('low-confidence', values) }
  if (under !== null && under >= points(status.behind)) return { is: 'behind', ...because('behind', values) }
  if (missed >= status.silentAfter) return { is: 'silent', ...because('silent', { ...values, missed }) }
  if (progress === null) return { is: 'not started', ...because('no-progress', values) }
  return { is: 'on track', ...because(pace === null ? 'on-track.unpaced' : 'on-track', values) }
}

function because(word: string, values: Values = {}): { reason: Reason } {
  return { reason: { key: `status.reason.${word}`, values } }
}

function text(parts: bigint | null): Decimal | null {
  return parts === null ? null : ratioText(parts)
}

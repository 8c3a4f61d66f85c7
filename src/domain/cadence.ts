import { addDays, type Day, daysBetween } from './day.ts'

/** How often an owner reports, and when at the latest: on a weekday (1 is Monday), or on a day of the month (1 to 28). */
export type Cadence = { every: Every; dueOn: number }

export const EVERY = ['week', 'two-weeks', 'four-weeks', 'month'] as const
export type Every = (typeof EVERY)[number]

/** The last day that a cadence may fall due on: every month has a 28th. */
export function lastDueOn(every: Every): number {
  return every === 'month' ? 28 : 7
}

/**
 * What is reported, as far as windows depend on it: `first` is the later of start day and day published, `reportedOn`
 * the day on which a report was recorded last.
 */
export type Reporting = { cadence: Cadence; first: Day; reportedOn: Day | null }

/**
 * How many of the latest windows that are over were missed in a row. A report ends the row, also one in the window that
 * still runs; so does a window that ended while its owner was excused.
 */
export function missedWindows(
  { cadence, first, reportedOn }: Reporting,
  today: Day,
  isExcused: (due: Day) => boolean = () => false,
): number {
  let missed = 0
  let due = dueBefore(cadence, dueFrom(cadence, today))
  while (due > first && !isExcused(due) && !isReported({ cadence, first, reportedOn }, due)) {
    missed += 1
    due = dueBefore(cadence, due)
  }
  return missed
}

/** The day by which the next report is due: the end of the window that runs, or of the next where that has its report. */
export function dueDay({ cadence, first, reportedOn }: Reporting, today: Day): Day {
  const due = dueFrom(cadence, today > first ? today : addDays(first, 1))
  return isReported({ cadence, first, reportedOn }, due) ? dueFrom(cadence, addDays(due, 1)) : due
}

/** Whether a report was recorded in the window that runs to this due day, or after it. */
function isReported({ cadence, first, reportedOn }: Reporting, due: Day): boolean {
  const before = dueBefore(cadence, due)
  return reportedOn !== null && reportedOn >= first && (before <= first || reportedOn > before)
}

/** The due day that is not before this day. */
function dueFrom({ every, dueOn }: Cadence, day: Day): Day {
  if (every !== 'month') return addDays(day, modulo(dueOn - 1 - daysBetween(MONDAY, day), LENGTH[every]))
  const due = inMonthOf(day, dueOn)
  return due >= day ? due : inMonthOf(addDays(inMonthOf(day, 28), 4), dueOn)
}

/** The due day before this one. */
function dueBefore({ every, dueOn }: Cadence, due: Day): Day {
  return every === 'month' ? inMonthOf(addDays(inMonthOf(due, 1), -1), dueOn) : addDays(due, -LENGTH[every])
}

// Every organization's fortnights are counted from the same Monday, so that all that report so are due together.
const MONDAY: Day = '1970-01-05'
const LENGTH = { week: 7, 'two-weeks': 14, 'four-weeks': 28 } as const

function inMonthOf(day: Day, dueOn: number): Day {
  return `${day.slice(0, -2)}${String(dueOn).padStart(2, '0')}`
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}

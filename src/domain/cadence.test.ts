import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cadence, dueDay, EVERY, lastDueOn, missedWindows } from './cadence.ts'
import { addDays, type Day, daysBetween } from './day.ts'

const MONDAYS: Cadence = { every: 'week', dueOn: 1 }
/** A Thursday, like the first day of the quarter. */
const FIRST = '2026-10-01'

const missed = (today: Day, reportedOn: Day | null = null, cadence = MONDAYS, excused: Day[] = []) =>
  missedWindows({ cadence, first: FIRST, reportedOn }, today, (due) => excused.includes(due))
const due = (today: Day, reportedOn: Day | null = null, cadence = MONDAYS) =>
  dueDay({ cadence, first: FIRST, reportedOn }, today)

describe('A window', () => {
  test('is missed when its due day has ended without a report', () => {
    expect(['2026-10-01', '2026-10-05', '2026-10-06'].map((today) => missed(today))).toEqual([0, 0, 1])
  })

  test('after another is missed too: two of them after the second Monday', () => {
    expect(['2026-10-12', '2026-10-13', '2026-10-19', '2026-10-20'].map((today) => missed(today))).toEqual([1, 2, 2, 3])
  })

  test('has its report on any of its days, the first and the due day among them', () => {
    const days = ['2026-10-05', '2026-10-06', '2026-10-12', '2026-10-13']
    expect(days.map((day) => missed('2026-10-13', day))).toEqual([1, 0, 0, 0])
    expect([FIRST, '2026-10-05'].map((day) => missed('2026-10-06', day))).toEqual([0, 0])
  })

  test('the first runs from the day on which all began; what was said before that is in none', () => {
    expect(missed('2026-10-06', '2026-09-30')).toBe(1)
  })

  test('that begins on a due day runs a whole week', () => {
    const reporting = { cadence: MONDAYS, first: '2026-10-05', reportedOn: null }
    expect(['2026-10-06', '2026-10-12', '2026-10-13'].map((day) => missedWindows(reporting, day))).toEqual([0, 0, 1])
    expect(dueDay(reporting, '2026-10-05')).toBe('2026-10-12')
    const said = { ...reporting, reportedOn: '2026-10-05' }
    expect([missedWindows(said, '2026-10-13'), missedWindows(said, '2026-10-20')]).toEqual([0, 1])
    expect(dueDay(said, '2026-10-05')).toBe('2026-10-19')
  })

  test('that ended while the owner was excused is not missed, and ends the row', () => {
    expect(missed('2026-10-20', null, MONDAYS, ['2026-10-19'])).toBe(0)
    expect(missed('2026-10-27', null, MONDAYS, ['2026-10-19'])).toBe(1)
  })

  test('that still runs ends the silence as soon as a report comes in', () => {
    expect([missed('2026-10-21'), missed('2026-10-21', '2026-10-21')]).toEqual([3, 0])
  })
})

describe('The next report', () => {
  test('is due on the day itself, and a week later once it is there', () => {
    expect([due('2026-10-05'), due('2026-10-05', '2026-10-02'), due('2026-10-06')]).toEqual([
      '2026-10-05',
      '2026-10-12',
      '2026-10-12',
    ])
  })

  test('is due in the first window while nothing has begun yet', () => {
    expect(due('2026-08-20')).toBe('2026-10-05')
  })

  test('is due every month on its day, in February too', () => {
    const monthly: Cadence = { every: 'month', dueOn: 28 }
    expect(['2026-12-28', '2026-12-29', '2027-01-31', '2027-02-28'].map((day) => due(day, null, monthly))).toEqual([
      '2026-12-28',
      '2027-01-28',
      '2027-02-28',
      '2027-02-28',
    ])
  })

  test('is due every other week on the same days for everybody', () => {
    const fortnightly: Cadence = { every: 'two-weeks', dueOn: 5 }
    const days = new Set(
      ['2026-10-01', '2026-10-02', '2026-10-08'].map((first) =>
        dueDay({ cadence: fortnightly, first, reportedOn: null }, '2026-11-01'),
      ),
    )
    expect([...days]).toEqual(['2026-11-13'])
  })
})

const cadence = fc
  .record({ every: fc.constantFrom(...EVERY), place: fc.nat(27) })
  .map(({ every, place }): Cadence => ({ every, dueOn: (place % lastDueOn(every)) + 1 }))
const day = (from: Day, within: number) => fc.nat(within).map((count) => addDays(from, count))

/** Every due day, found by looking at each day. */
function isDue({ every, dueOn }: Cadence, date: Day): boolean {
  if (every === 'month') return Number(date.slice(8)) === dueOn
  const weekday = new Date(date).getUTCDay() || 7
  const weeks = { week: 1, 'two-weeks': 2, 'four-weeks': 4 }[every]
  return weekday === dueOn && Math.floor(daysBetween('1970-01-05', date) / 7) % weeks === 0
}

test('Whatever the cadence, windows and due days are what counting day by day says', () => {
  fc.assert(
    fc.property(
      cadence,
      day('2026-10-01', 30),
      day('2026-09-25', 120),
      fc.option(day('2026-09-25', 60)),
      (every, first, today, said) => {
        const dues: Day[] = []
        for (let at = addDays(first, 1); at <= addDays(today, 400); at = addDays(at, 1))
          if (isDue(every, at)) dues.push(at)
        const windows = dues.map((due, index) => ({
          from: index === 0 ? first : addDays(dues[index - 1] as Day, 1),
          due,
        }))
        const reported = (window: (typeof windows)[number]) =>
          said !== null && window.from <= said && said <= window.due
        const saidBeforeToday = said !== null && said <= today ? said : null
        const over = windows.filter((window) => window.due < today)
        const open = windows.find((window) => window.due >= today) as (typeof windows)[number]
        const row = over.length - 1 - over.findLastIndex((window) => said !== null && said <= today && reported(window))
        const silent = saidBeforeToday !== null && reported(open) ? 0 : row
        const reporting = { cadence: every, first, reportedOn: saidBeforeToday }
        expect(missedWindows(reporting, today)).toBe(silent)
        const next = saidBeforeToday !== null && reported(open) ? windows[windows.indexOf(open) + 1] : open
        expect(dueDay(reporting, today)).toBe(next?.due)
      },
    ),
    { numRuns: 1500 },
  )
})

import { describe, expect, test } from 'vitest'
import { lies, liesWithin } from './cycle.ts'
import { dayAt, isDay, isTimeZone, overlap } from './day.ts'

const span = (startsOn: string, endsOn: string) => ({ startsOn, endsOn })
const QUARTER = span('2026-10-01', '2026-12-31')

describe('A day', () => {
  test('is counted in the organization’s time zone', () => {
    const instant = '2026-10-11T22:30:00.000Z'
    const days = ['UTC', 'Europe/Oslo', 'America/New_York', 'Pacific/Kiritimati'].map((zone) => dayAt(instant, zone))
    expect(days).toEqual(['2026-10-11', '2026-10-12', '2026-10-11', '2026-10-12'])
  })

  test('begins at midnight there, also on the night the clocks go back', () => {
    expect(dayAt('2026-10-24T21:59:59.999Z', 'Europe/Oslo')).toBe('2026-10-24')
    expect(dayAt('2026-10-24T22:00:00.000Z', 'Europe/Oslo')).toBe('2026-10-25')
    expect(dayAt('2026-10-25T22:59:59.999Z', 'Europe/Oslo')).toBe('2026-10-25')
    expect(dayAt('2026-10-25T23:00:00.000Z', 'Europe/Oslo')).toBe('2026-10-26')
  })

  test.each(['2026-10-01', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('is %s', (text) =>
    expect(isDay(text)).toBe(true),
  )

  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026-10-00',
    '01.10.2026',
    '',
  ])('is not %j', (text) => expect(isDay(text)).toBe(false))

  test('lies in no year 0: our calendar has none, and neither has the database', () => {
    expect(isDay('0000-01-01')).toBe(false)
  })
})

describe('A time zone', () => {
  test('is one that IANA knows', () => {
    expect(['Europe/Oslo', 'Asia/Kolkata', 'UTC', 'Marram/Dunes', ''].map(isTimeZone)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('A cycle', () => {
  test('holds its first and its last day', () => {
    const days = ['2026-09-30', '2026-10-01', '2026-12-31', '2027-01-01']
    expect(days.map((day) => lies(day, QUARTER))).toEqual([false, true, true, false])
  })

  test('overlaps another when they share a single day', () => {
    expect(overlap(QUARTER, span('2026-12-31', '2027-03-31'))).toBe(true)
    expect(overlap(QUARTER, span('2027-01-01', '2027-03-31'))).toBe(false)
    expect(overlap(span('2026-01-01', '2026-12-31'), QUARTER)).toBe(true)
  })

  test('lies within another when both its ends do', () => {
    expect(liesWithin(QUARTER, span('2026-01-01', '2026-12-31'))).toBe(true)
    expect(liesWithin(QUARTER, QUARTER)).toBe(true)
    expect(liesWithin(span('2026-01-01', '2026-12-31'), QUARTER)).toBe(false)
  })
})

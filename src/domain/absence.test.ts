import { describe, expect, test } from 'vitest'
import { type Absence, before, isAbsent, isExcused, standInOn } from './absence.ts'
import type { PersonId } from './id.ts'

const ben = 'ben' as PersonId
const away = (startsOn: string, endsOn: string, delegateId: PersonId | null = null): Absence => ({
  startsOn,
  endsOn,
  delegateId,
})
const maya = { absences: [away('2026-11-16', '2026-11-20', ben), away('2026-12-21', '2027-01-03')] }

describe('Somebody is away', () => {
  test.each([
    ['2026-11-15', false],
    ['2026-11-16', true],
    ['2026-11-18', true],
    ['2026-11-20', true],
    ['2026-11-21', false],
    ['2026-12-31', true],
    ['2027-01-04', false],
  ])('from the first day to the last, both included: on %s %s', (day, absent) => {
    expect(isAbsent(maya, day)).toBe(absent)
  })

  test('and whoever stands in does so on those days alone', () => {
    expect(['2026-11-15', '2026-11-16', '2026-11-20', '2026-11-21'].map((day) => standInOn(maya, day))).toEqual([
      null,
      ben,
      ben,
      null,
    ])
    expect(standInOn(maya, '2026-12-24')).toBeNull()
  })
})

test('Nobody is expected to report for whoever is away and has nobody to stand in', () => {
  expect(['2026-11-18', '2026-12-24', '2027-01-04'].map((day) => isExcused(maya, day))).toEqual([false, true, false])
})

test('Of an absence that ends early the days that are over stay, and nothing where none is', () => {
  const week = away('2026-11-16', '2026-11-20')
  expect(before(week, '2026-11-18')).toEqual(away('2026-11-16', '2026-11-17'))
  expect(before(week, '2026-11-17')).toEqual(away('2026-11-16', '2026-11-16'))
  expect(before(week, '2026-11-16')).toBeNull()
  expect(before(week, '2026-11-10')).toBeNull()
  expect(before(week, '2026-11-21')).toEqual(week)
  expect(before(away('2026-12-28', '2027-01-08'), '2027-01-01')).toEqual(away('2026-12-28', '2026-12-31'))
})

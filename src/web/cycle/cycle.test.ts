import { expect, test } from 'vitest'
import type { Cycle } from '#web/directory/directory.ts'
import { currentCycle, overlapping } from './current.ts'
import { quarterOf } from './quarter.ts'

const cycle = (name: string, startsOn: string, endsOn: string) =>
  ({ id: name, name, startsOn, endsOn }) as unknown as Cycle
const year = cycle('2026', '2026-01-01', '2026-12-31')
const summer = cycle('Q3', '2026-07-01', '2026-09-30')
const autumn = cycle('Q4', '2026-10-01', '2026-12-31')

test('the current cycle is the shortest around today; between cycles, the latest', () => {
  expect(currentCycle([year, summer, autumn], '2026-11-23')).toBe(autumn)
  expect(currentCycle([year, summer], '2026-11-23')).toBe(year)
  expect(currentCycle([summer], '2026-11-23')).toBe(summer)
  expect(currentCycle([], '2026-11-23')).toBe(undefined)
})

test('a quarter is looked at together with its year', () => {
  expect(overlapping([year, summer, autumn], autumn)).toEqual([year, autumn])
})

test('a first cycle is the quarter that it is', () => {
  expect(quarterOf('2026-11-23')).toEqual({ name: 'Q4 2026', startsOn: '2026-10-01', endsOn: '2026-12-31' })
  expect(quarterOf('2028-02-29')).toEqual({ name: 'Q1 2028', startsOn: '2028-01-01', endsOn: '2028-03-31' })
})

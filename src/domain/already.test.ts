import { describe, expect, test } from 'vitest'
import { type Already, answersIn, correctionBy, standsAt } from './already.ts'
import type { Decimal } from './decimal.ts'
import type { Metric } from './measure.ts'
import type { Contributor } from './roll-up.ts'

const usd = (start: string, target: string): Metric => ({
  kind: Number(target) > Number(start) ? 'increase' : 'decrease',
  start: start as Decimal,
  baseline: false,
  target: target as Decimal,
  by: null,
  unit: 'USD',
  phases: [],
})
const million = 1_000_000n
const child = (current: number, rollUp: Contributor['rollUp'] = 'sum'): Contributor => ({
  measure: usd('0', '300'),
  state: 'published',
  conforms: true,
  current: BigInt(current) * million,
  progress: (BigInt(current) * million * million) / 300n,
  fraction: { numerator: BigInt(current) * million, denominator: 300n * million },
  rollUp,
  share: null,
  weight: million,
})

describe('What is said of reports', () => {
  test('in one word answers both moments, in an object each apart, and what is left out is open', () => {
    const cases: [Already | undefined, unknown, unknown][] = [
      ['included', 'included', 'included'],
      ['additional', 'additional', 'additional'],
      [{ ending: 'included', beginning: 'additional' }, 'included', 'additional'],
      [{ beginning: 'included' }, undefined, 'included'],
      [{}, undefined, undefined],
      [undefined, undefined, undefined],
    ]
    for (const [already, ending, beginning] of cases) expect(answersIn(already)).toEqual({ ending, beginning })
  })

  test('raises own by what ended and stays, lowers it by what begins and was in it', () => {
    const by = (ending: bigint | null, beginning: bigint | null, already: Already) =>
      correctionBy({ ending, beginning }, answersIn(already))
    expect(by(60n, null, 'included')).toBe(60n)
    expect(by(null, 60n, 'included')).toBe(-60n)
    expect(by(60n, 90n, 'included')).toBe(-30n)
    expect(by(60n, 90n, 'additional')).toBe(0n)
    expect(by(60n, 90n, { ending: 'included', beginning: 'additional' })).toBe(60n)
    expect(by(60n, 90n, { ending: 'additional', beginning: 'included' })).toBe(-90n)
    expect(by(null, null, 'included')).toBe(0n)
  })
})

test('A parent stands at own and its children, or at their mean; at nothing while it has no start', () => {
  const parent = usd('0', '300')
  expect(standsAt(parent, 140n * million, [child(60)])).toBe(200n * million)
  expect(standsAt(parent, 140n * million, [child(60, 'average'), child(120, 'average')])).toBe(90n * million)
  expect(standsAt(parent, 140n * million, [child(60, 'shown')])).toBe(140n * million)
  expect(standsAt({ ...parent, start: null }, 140n * million, [child(60)])).toBe(140n * million)
})

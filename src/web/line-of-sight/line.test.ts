import { expect, test } from 'vitest'
import { type Line, type Stop, waysOf } from './line.ts'

const path = (id: string) =>
  [
    { objectiveId: id, level: 'group' },
    { objectiveId: 'growth', level: 'company' },
  ] as Stop[]
const line = (from: string, id: string, state: string, broken: Line['broken'] = null) =>
  ({ path: path(from), broken, unbroken: broken === null, keyResult: { id, state } }) as Line
const draft = { why: 'key-result-not-published', objectiveId: null } as const
const published = line('america', 'customers', 'published')
const begun = line('america', 'towns', 'draft', draft)

test('Key Results of one Objective share the way up; a draft among them breaks nobody’s line but its own', () => {
  for (const order of [
    [published, begun],
    [begun, published],
  ]) {
    const [way, ...others] = waysOf(order)
    expect(others).toEqual([])
    expect(way?.broken).toBe(null)
    expect(way?.begins.map(({ keyResult, broken }) => [keyResult.id, broken])).toEqual([
      ['customers', null],
      ['towns', 'key-result-not-published'],
    ])
  }
})

test('what breaks further up breaks it for all of them', () => {
  const above = { why: 'not-accepted', objectiveId: 'america' as never } as const
  const [way] = waysOf([line('america', 'towns', 'draft', above), line('america', 'customers', 'published', above)])
  expect(way?.broken).toEqual(above)
  expect(way?.begins.map(({ broken }) => broken)).toEqual([null, 'key-result-not-published'])
})

test('a postponed one is frozen; ways that lead on come first', () => {
  const frozen = line('service', 'calls', 'postponed', { why: 'frozen', objectiveId: null })
  expect(waysOf([frozen, published]).map(({ path: [first] }) => first?.objectiveId)).toEqual(['america', 'service'])
  expect(waysOf([frozen])[0]).toMatchObject({ broken: null, begins: [{ broken: 'frozen' }] })
})

import { describe, expect, test } from 'vitest'
import type { KeyResult } from '#web/key-result/key-result.ts'
import type { Objective } from '#web/objective/objective.ts'
import { rowsOf } from './rows.ts'
import { stepFor } from './step.ts'
import { byAlignment, bySection } from './tree.ts'

const MAYA = 'maya'

const objective = (id: string, more: Partial<Record<keyof Objective, unknown>> = {}) =>
  ({
    id,
    title: id,
    level: 'group',
    leadId: 'priya',
    alignedToId: null,
    alignmentOffer: null,
    ...more,
  }) as unknown as Objective

const keyResult = (id: string, objectiveId: string, ownerId = 'priya') =>
  ({ id, objectiveId, ownerId, title: id }) as unknown as KeyResult

const growth = objective('growth', { level: 'company', leadId: 'ingrid' })
const america = objective('america', { alignedToId: 'growth' })
const dach = objective('dach', { alignedToId: 'growth' })
const ships = objective('ships', { alignmentOffer: { toObjectiveId: 'growth' } })
const northeast = objective('northeast', { alignedToId: 'america', level: 'individual' })
const customers = keyResult('customers', 'northeast', MAYA)
const objectives = [northeast, ships, america, growth, dach]
const everything = { objectives, keyResults: [customers, keyResult('sales', 'growth')], meId: MAYA }

const unfolded = () => true
const drawn = (rows: ReturnType<typeof rowsOf>) =>
  rows.map(({ branch, level }) => `${' '.repeat(level - 1)}${branch.id}`)

describe('by alignment', () => {
  test('everything stands under what it serves, or is offered to; Key Results first', () => {
    expect(drawn(rowsOf(byAlignment(everything), unfolded))).toEqual([
      'growth',
      ' sales',
      ' ships',
      ' america',
      '  northeast',
      '   customers',
      ' dach',
    ])
  })

  test('what serves something out of sight stands on its own', () => {
    const rows = rowsOf(byAlignment({ ...everything, objectives: [northeast, dach] }), unfolded)
    expect(drawn(rows)).toEqual(['dach', 'northeast', ' customers'])
  })

  test('offers that lead in a ring are no endless tree', () => {
    const ring = [objective('a', { alignmentOffer: { toObjectiveId: 'b' } }), objective('b', { alignedToId: 'a' })]
    expect(drawn(rowsOf(byAlignment({ objectives: ring, keyResults: [], meId: MAYA }), unfolded)).sort()).toEqual([
      'a',
      'b',
    ])
  })
})

test('by section: a heading above each that holds something', () => {
  const sections = [
    { id: 'company', title: 'Company', holds: ({ level }: Objective) => level === 'company' },
    { id: 'nobody', title: 'Nobody', holds: () => false },
  ]
  const rows = rowsOf(bySection(everything, sections), unfolded)
  expect(rows.map(({ branch, depth }) => `${depth} ${branch.id}`)).toEqual(['1 company', '2 growth', '3 sales'])
})

describe('lines', () => {
  const rows = rowsOf(byAlignment(everything), unfolded)
  const row = (id: string) => rows.find(({ branch }) => branch.id === id)

  test('mine runs from the company down to what I own, past what is not mine', () => {
    expect(row('growth')).toMatchObject({ below: 'mine' })
    expect(row('sales')).toMatchObject({ elbow: 'plain', upper: 'mine', after: 'mine' })
    expect(row('america')).toMatchObject({ elbow: 'mine', after: 'plain', below: 'mine' })
    expect(row('customers')).toMatchObject({ passing: ['plain', 'none'], elbow: 'mine', after: 'none' })
    expect(row('dach')).toMatchObject({ elbow: 'plain', upper: 'plain', after: 'none' })
  })

  test('an offered link is drawn as one, and is no line of mine', () => {
    expect(row('ships')).toMatchObject({ elbow: 'offered', upper: 'mine', after: 'mine' })
  })
})

describe('keys', () => {
  const folded = rowsOf(byAlignment(everything), (branch) => branch.id !== 'america')
  const at = (id: string) => folded.findIndex(({ branch }) => branch.id === id)

  test('right unfolds, then goes in; left folds, then goes out', () => {
    expect(stepFor('ArrowRight', folded, at('america'), 10)).toEqual({ unfold: folded[at('america')] })
    expect(stepFor('ArrowRight', folded, at('growth'), 10)).toEqual({ go: 1 })
    expect(stepFor('ArrowLeft', folded, at('growth'), 10)).toEqual({ fold: folded[0] })
    expect(stepFor('ArrowLeft', folded, at('dach'), 10)).toEqual({ go: 0 })
    expect(stepFor('ArrowLeft', folded, at('sales'), 10)).toEqual({ go: 0 })
  })

  test('nothing leads out of the outline', () => {
    expect(stepFor('ArrowUp', folded, 0, 10)).toEqual({ go: 0 })
    expect(stepFor('End', folded, 0, 10)).toEqual({ go: folded.length - 1 })
    expect(stepFor('PageDown', folded, 0, 100)).toEqual({ go: folded.length - 1 })
    expect(stepFor('a', folded, 0, 10)).toBe(null)
  })
})

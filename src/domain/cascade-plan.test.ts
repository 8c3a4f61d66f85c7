import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CascadeNode } from './cascade.ts'
import { type Known, type Planned, planCascade, refsIn } from './cascade-plan.ts'

const YEAR = { startsOn: '2026-01-01', endsOn: '2026-12-31' }

function plan(nodes: CascadeNode[], known: [string, Known][] = []): Planned[] {
  return planCascade(nodes, YEAR, new Map(known))
}

const objective = (id: string, parent_id: string | null, more: Partial<CascadeNode> = {}): CascadeNode => ({
  id,
  parent_id,
  type: 'objective',
  level: 'group',
  owner: 'Anna',
  text: `Objective ${id}`,
  ...more,
})
const keyResult = (id: string, parent_id: string | null, more: Partial<CascadeNode> = {}) =>
  objective(id, parent_id, { type: 'key_result', text: `Result ${id}`, ...more })

const by = (planned: Planned[], nodeId: string) => planned.find((one) => one.nodeId === nodeId) as Planned
const why = (one: Planned) => one.reasons.map((reason) => reason.key.replace('import.cascade.', ''))

describe('What a published cascade comes in as', () => {
  test('an Objective under an Objective is aligned to it', () => {
    const planned = plan([objective('a', null, { level: 'company' }), objective('b', 'a')])
    expect(by(planned, 'b')).toMatchObject({
      becomes: 'objective',
      level: 'group',
      alignsTo: '#a',
      publishedUnder: null,
    })
    expect(why(by(planned, 'b'))).toEqual(['aligned'])
  })

  test('an Objective under a Key Result comes in unaligned, and says where it stood', () => {
    const planned = plan([objective('a', null), keyResult('k', 'a'), objective('b', 'k')])
    expect(by(planned, 'b')).toMatchObject({ becomes: 'objective', alignsTo: null, publishedUnder: '#k' })
    expect(why(by(planned, 'b'))).toEqual(['published-under-key-result'])
  })

  test('an Objective above its level is not aligned', () => {
    const planned = plan([objective('a', null, { level: 'individual' }), objective('b', 'a', { level: 'company' })])
    expect(by(planned, 'b')).toMatchObject({ alignsTo: null, publishedUnder: null })
    expect(why(by(planned, 'b'))).toEqual(['not-aligned.lower-level'])
  })

  test('a Key Result belongs to the nearest Objective above it, also through other Key Results', () => {
    const planned = plan([objective('a', null), keyResult('k', 'a'), keyResult('l', 'k')])
    expect(by(planned, 'l')).toMatchObject({ becomes: 'key-result', objective: '#a', conforms: false })
    expect(why(by(planned, 'l'))).toEqual(['key-result-under-key-result', 'not-conforming'])
  })

  test('Key Results without an Objective share one of their owner', () => {
    const planned = plan([
      keyResult('k', null),
      keyResult('l', null),
      keyResult('m', null, { owner: 'Bo' }),
      keyResult('n', 'm', { owner: null }),
    ])
    expect(planned.map((one) => one.nodeId)).toEqual([null, 'k', 'l', null, 'm', 'n'])
    expect(planned[0]).toMatchObject({ becomes: 'objective', level: 'group', owner: 'Anna', alignsTo: null })
    expect(planned[3]).toMatchObject({ becomes: 'objective', owner: 'Bo' })
    expect(by(planned, 'n')).toMatchObject({ objective: planned[3]?.ref, owner: 'Bo' })
  })

  test('a node without a type is an Objective when something stands below it', () => {
    const planned = plan([
      objective('a', null, { type: 'unknown' }),
      objective('b', 'a', { type: null }),
      objective('c', 'a', { type: 'pillar' }),
    ])
    expect(planned.map((one) => one.becomes)).toEqual(['objective', 'key-result', 'key-result'])
    expect(why(by(planned, 'a'))).toEqual(['type-from-children'])
  })

  test('empty nodes are left out, and what stands below them moves up', () => {
    const planned = plan([objective('a', null), objective('e', 'a', { text: ' \n ' }), objective('b', 'e')])
    expect(planned.map((one) => one.becomes)).toEqual(['objective', 'left-out', 'objective'])
    expect(by(planned, 'b')).toMatchObject({ alignsTo: '#a' })
  })

  test('an initiative is work for the nearest Key Result above it; without one it is left out, and says why', () => {
    const planned = plan([
      objective('a', null),
      objective('i', 'a', { type: 'initiative' }),
      keyResult('k', 'i'),
      objective('j', 'k', { type: 'initiative' }),
      objective('l', 'j', { type: 'initiative', owner: null }),
      objective('b', 'k'),
      objective('m', 'b', { type: 'initiative' }),
      keyResult('n', 'j'),
    ])
    expect(planned.map((one) => one.becomes)).toEqual([
      ...['objective', 'left-out', 'key-result', 'initiative', 'initiative', 'objective', 'initiative', 'key-result'],
    ])
    expect(why(by(planned, 'i'))).toEqual(['initiative-without-key-result'])
    expect(by(planned, 'k')).toMatchObject({ objective: '#a' })
    for (const id of ['j', 'l', 'm']) expect(by(planned, id)).toMatchObject({ keyResult: '#k' })
    expect(why(by(planned, 'l'))).toEqual(['owner-from-above', 'initiative'])
    expect(by(planned, 'n')).toMatchObject({ objective: '#a' })
  })

  test('a missing owner is the nearest one above, else whoever imports', () => {
    const planned = plan([
      objective('a', null, { owner: null }),
      objective('b', 'a', { owner: 'Bo' }),
      objective('i', 'b', { type: 'initiative', owner: 'Cy' }),
      keyResult('k', 'i', { owner: ' ' }),
    ])
    expect(planned.map((one) => ('owner' in one ? one.owner : undefined))).toEqual([null, 'Bo', undefined, 'Cy'])
    expect(why(by(planned, 'a'))).toContain('owner-is-importer')
    expect(by(planned, 'k').reasons).toContainEqual({ key: 'import.cascade.owner-from-above', values: { owner: 'Cy' } })
  })

  test('a text keeps its words and loses its line breaks', () => {
    const planned = plan([objective('a', null, { text: '  Be  the\n warning\u2028people act on ' })])
    expect(planned[0]?.text).toBe('Be  the warning people act on')
  })

  test('what came in before stays as it is, and what is new finds its place by it', () => {
    const before: Known = { noun: 'objective', level: 'company', state: 'published', cycle: YEAR }
    const nodes = [objective('a', null), objective('b', 'a'), keyResult('k', 'a')]
    const planned = plan(nodes, [['#a', before]])
    expect(by(planned, 'a').becomes).toBe('already-there')
    expect(by(planned, 'b')).toMatchObject({ alignsTo: '#a' })
    expect(by(planned, 'k')).toMatchObject({ objective: '#a' })
    expect(by(plan(nodes, [['#a', { ...before, state: 'cancelled' }]]), 'b')).toMatchObject({
      alignsTo: null,
      reasons: [{ key: 'import.cascade.not-aligned.not-open' }],
    })
  })
})

const forest = fc
  .array(
    fc.record({
      parent: fc.option(fc.nat(), { nil: null }),
      type: fc.constantFrom('objective', 'key_result', 'initiative', 'unknown', null, 'theme'),
      level: fc.constantFrom('company', 'group', 'individual', null),
      owner: fc.constantFrom('Anna', 'Bo', '', null),
      text: fc.constantFrom('Words', ''),
    }),
    { maxLength: 40 },
  )
  .chain((drawn) => {
    const nodes = drawn.map(
      ({ parent, ...rest }, at): CascadeNode => ({
        ...rest,
        id: `${at}`,
        parent_id: parent === null || at === 0 ? null : `${parent % at}`,
      }),
    )
    return fc.shuffledSubarray(nodes, { minLength: nodes.length })
  })

describe('Any cascade', () => {
  test('leaves no node untold, no Key Result without an Objective, no Objective aligned to anything else', () => {
    fc.assert(
      fc.property(forest, (nodes) => {
        const planned = plan(nodes)
        expect(planned.filter((one) => one.nodeId !== null).map((one) => one.nodeId)).toEqual(
          nodes.map((node) => node.id),
        )
        const at = new Map(planned.map((one) => [one.ref, one]))
        expect(at.size).toBe(planned.length)
        for (const one of planned) {
          if (one.becomes === 'key-result') expect(at.get(one.objective)?.becomes).toBe('objective')
          if (one.becomes === 'initiative') expect(at.get(one.keyResult)?.becomes).toBe('key-result')
          if (one.becomes !== 'objective') continue
          if (one.alignsTo !== null) expect(at.get(one.alignsTo)?.becomes).toBe('objective')
          if (one.publishedUnder !== null) expect(at.get(one.publishedUnder)?.becomes).toBe('key-result')
          expect(one.alignsTo === null || one.publishedUnder === null).toBe(true)
        }
      }),
    )
  })

  test('makes nothing when it comes in again', () => {
    fc.assert(
      fc.property(forest, (nodes) => {
        const first = plan(nodes)
        const made = first.flatMap((one): [string, Known][] => {
          if (one.becomes === 'objective')
            return [[one.ref, { noun: 'objective', level: one.level, state: 'published', cycle: YEAR }]]
          return one.becomes === 'left-out' || one.becomes === 'already-there' ? [] : [[one.ref, { noun: one.becomes }]]
        })
        const refs = new Set(refsIn(nodes))
        expect(made.every(([ref]) => refs.has(ref))).toBe(true)
        expect(plan(nodes, made).every((one) => one.becomes === 'already-there' || one.becomes === 'left-out')).toBe(
          true,
        )
      }),
    )
  })
})

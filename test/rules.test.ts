import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { RULES } from '#domain/rules.ts'
import { type Company, openCompany } from './company.ts'
import { keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

/**
 * The table of rules in DOMAIN.md, row by row, but for those that judge wording: the shortest attempt that each of them
 * stands against. What else each of them says has its stories elsewhere.
 */
let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const group = (more: Partial<InputOf<'objectives.create'>> & { draft?: boolean } = {}) =>
  objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, why: 'The river does not wait', ...more })
const refusedBy = async (attempt: Promise<unknown>) => [(await refused(attempt)).rule]
const findings = async (id: ObjectiveId) =>
  (await marram.administrator.call('objectives.findings', { id })).items.map(({ rule }) => rule)
const contribute = (id: KeyResultId, toKeyResultId: KeyResultId, rollUp: 'sum' | 'average' = 'sum') =>
  marram.hanna.call('key-results.contribute', { id, toKeyResultId, rollUp })
const customers = { kind: 'increase' as const, start: '0', target: '9', unit: 'customers' }

const BY_CALL: Record<string, () => Promise<string[]>> = {
  'objective-aligns-to-objective': async () => {
    const toKeyResultId = await keyResult(marram.hanna, await group())
    return refusedBy(marram.hanna.call('objectives.align', { id: await group(), toKeyResultId }))
  },
  'no-cycles': async () => {
    const [above, below] = [await group(), await group()]
    await marram.hanna.call('objectives.align', { id: below, toObjectiveId: above })
    return refusedBy(marram.hanna.call('objectives.align', { id: above, toObjectiveId: below }))
  },
  'one-owner': async () => {
    const { id } = await marram.administrator.call('people.create', { name: 'Left Yesterday' })
    await marram.administrator.call('people.leave', { id })
    return refusedBy(keyResult(marram.hanna, await group(), { ownerId: id }))
  },
  measurable: async () => refusedBy(keyResult(marram.hanna, await group(), { measure: null })),
  'time-bound': async () => refusedBy(keyResult(marram.hanna, await group(), { deadline: null })),
  'contribution-follows-alignment': async () =>
    refusedBy(contribute(await keyResult(marram.hanna, await group()), await keyResult(marram.hanna, await group()))),
  'one-roll-up': async () => {
    const home = await group()
    const [parent, one, other] = [
      await keyResult(marram.hanna, home),
      await keyResult(marram.hanna, home),
      await keyResult(marram.hanna, home),
    ]
    await contribute(one, parent)
    return refusedBy(contribute(other, parent, 'average'))
  },
  'like-sums-with-like': async () => {
    const home = await group()
    return refusedBy(
      contribute(await keyResult(marram.hanna, home, { measure: customers }), await keyResult(marram.hanna, home)),
    )
  },
  'no-why': async () => findings(await group({ why: null })),
  few: async () => {
    const home = await group()
    for (let count = 0; count < 6; count++) await keyResult(marram.hanna, home)
    return findings(home)
  },
  'no-baseline-yet': async () => {
    const home = await group()
    const measure = { kind: 'increase' as const, baseline: true, by: { percent: '25' }, unit: 'customers' }
    for (let count = 0; count < 2; count++) await keyResult(marram.hanna, home, { measure })
    marram.clock.pass(15 * 86_400_000)
    return [...new Set(await findings(home))]
  },
  'history-is-kept': async () =>
    refusedBy(marram.hanna.call('objectives.edit', { id: await group(), title: 'Something else' })),
}

type Node = InputOf<'imports.cascade'>['cascade']['nodes'][number]
const node = (id: string, parent_id: string | null, type: string, owner: string | null, text = id): Node => {
  return { id, parent_id, type, owner, text, level: parent_id === null ? 'company' : 'group' }
}
/** Imports what Marram published of a year; what the report says of one of the nodes, as keys. */
async function bring(title: string, nodes: Node[], about = '') {
  const cascade = { title, nodes }
  const span = { startsOn: '2026-10-01', endsOn: '2026-12-31' }
  const { lines } = await marram.administrator.call('imports.cascade', { cascade, ...span })
  const line = lines.find(({ nodeId }) => nodeId === about)
  return { id: line?.id as never, reasons: line?.reasons.map(({ key }) => key.replace('import.cascade.', '')) ?? [] }
}

/** What the cascade import can bring in: nothing is refused, save what cannot be; the rest is told, and kept apart. */
const BY_IMPORT: Record<string, () => Promise<void>> = {
  'objective-aligns-to-objective': async () => {
    const nodes = [node('a', null, 'objective', 'CEO'), node('k', 'a', 'key_result', 'CEO')]
    const { id, reasons } = await bring('Under a Key Result', [...nodes, node('x', 'k', 'objective', 'Apps')], 'x')
    expect(reasons).toEqual(['published-under-key-result'])
    const { publishedUnderId, alignedToId } = await marram.administrator.call('objectives.show', { id })
    expect([publishedUnderId === null, alignedToId]).toEqual([false, null])
  },
  'no-cycles': async () => {
    const ring = [node('a', 'b', 'objective', 'CEO'), node('b', 'a', 'objective', 'CEO')]
    const no = await refused(bring('A ring', ring))
    expect(no.errors?.map(({ reason }) => reason.key)).toEqual(['import.cascade.fault.ring'])
  },
  'one-owner': async () => {
    const nodes = [node('a', null, 'objective', 'CEO'), node('k', 'a', 'key_result', null)]
    const { id, reasons } = await bring('Nobody’s', nodes, 'k')
    expect(reasons).toContain('owner-from-above')
    const { ownerId } = await marram.administrator.call('key-results.show', { id })
    expect((await marram.administrator.call('people.show', { id: ownerId })).name).toBe('CEO')
  },
  measurable: async () => {
    const nodes = [node('a', null, 'objective', 'CEO'), node('k', 'a', 'key_result', 'CEO')]
    const { id, reasons } = await bring('Without a measure', nodes, 'k')
    expect(reasons).toEqual(['not-conforming'])
    const { state, conforms, objectiveId } = await marram.administrator.call('key-results.show', { id })
    expect([state, conforms]).toEqual(['published', false])
    expect(await findings(objectiveId)).toContain('measurable')
  },
  'no-why': async () => {
    const { id } = await bring('Without a why', [node('a', null, 'objective', 'CEO')], 'a')
    expect(await findings(id)).toEqual(['no-why'])
  },
  few: async () => {
    const many = Array.from({ length: 6 }, (_, index) => node(`k${index}`, 'a', 'key_result', 'CEO'))
    const { id } = await bring('Many', [node('a', null, 'objective', 'CEO'), ...many], 'a')
    expect(await findings(id)).toContain('few')
  },
  'history-is-kept': async () => {
    const { id } = await bring('Twice', [node('a', null, 'objective', 'CEO', 'As it was published')], 'a')
    await bring('Twice', [node('a', null, 'objective', 'CEO', 'As it would rather have been')], 'a')
    expect((await marram.administrator.call('objectives.show', { id })).title).toBe('As it was published')
  },
}

describe('The table of rules, by a call', () => {
  test('has a row here for each that judges no wording', () => {
    const facts = RULES.filter(({ wording }) => !wording).map(({ name }) => name)
    expect(facts.filter((rule) => !(rule in BY_CALL))).toEqual(['sandbagged-or-impossible', 'owned-only-at-the-top'])
  })

  test.each(Object.keys(BY_CALL))('%s', async (rule) => {
    expect(await BY_CALL[rule]?.()).toEqual([rule])
  })
})

describe('The table of rules, by an import', () => {
  test.each(Object.keys(BY_IMPORT))('%s', async (rule) => BY_IMPORT[rule]?.())
})

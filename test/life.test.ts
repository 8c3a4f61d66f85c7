import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const group = (above: ObjectiveId | null = null) =>
  objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, alignedToId: above })
const report = (id: KeyResultId, value: string) => marram.hanna.call('check-ins.make', { id, value })
const contribute = (id: KeyResultId, toKeyResultId: KeyResultId, rollUp: 'sum' | 'average' = 'sum') =>
  marram.hanna.call('key-results.contribute', { id, toKeyResultId, rollUp })
const live = (verb: 'close' | 'reopen' | 'postpone' | 'resume' | 'cancel', id: ObjectiveId) =>
  marram.hanna.call(`objectives.${verb}`, { id })
const keyResultLives = (verb: 'close' | 'reopen' | 'postpone' | 'resume' | 'cancel', id: KeyResultId) =>
  marram.hanna.call(`key-results.${verb}`, { id })
const current = async (id: KeyResultId) => (await marram.ben.call('key-results.show', { id })).current
const progress = async (id: ObjectiveId) => (await marram.ben.call('objectives.show', { id })).progress

const FREEZE = [
  ['close', 'closed', 'reopen'],
  ['postpone', 'postponed', 'resume'],
  ['cancel', 'cancelled', 'reopen'],
] as const

describe.each(FREEZE)('To %s an Objective', (freeze, state, thaw) => {
  test('does the same to its open Key Results, in one change; values stay, check-ins are refused', async () => {
    const home = await group()
    const [first, second, draft] = [
      await keyResult(marram.hanna, home),
      await keyResult(marram.hanna, home),
      await keyResult(marram.hanna, home, { draft: true }),
    ]
    await report(first, '150000')
    const sent = await marram.hanna.send(`objectives.${freeze}`, { id: home })
    expect(sent.data).toMatchObject({ state, progress: '0.25' })
    for (const id of [first, second]) expect((await marram.ben.call('key-results.show', { id })).state).toBe(state)
    expect((await marram.hanna.call('key-results.show', { id: draft })).state).toBe('draft')
    expect(await refused(report(first, '200000'))).toMatchObject({
      rule: 'life',
      reason: { key: 'rule.life.frozen', values: { state } },
    })
    expect([await current(first), await progress(home)]).toEqual(['150000', '0.25'])
    const { items } = await marram.ben.call('activity.list', { objectiveId: home })
    expect(
      items
        .filter((item) => item.changeId === sent.changeId)
        .map((item) => item.noun)
        .toSorted(),
    ).toEqual(['key-result', 'key-result', 'objective'])
  })

  test(`is taken back by ${thaw}, with its Key Results, which go on from where they were`, async () => {
    const home = await group()
    const id = await keyResult(marram.hanna, home)
    await report(id, '150000')
    await live(freeze, home)
    expect(await live(thaw, home)).toMatchObject({ state: 'published', progress: '0.5' })
    await report(id, '300000')
    expect([await current(id), await progress(home)]).toEqual(['300000', '1'])
  })

  test('freezes words and structure too', async () => {
    const { hanna } = marram
    const home = await group()
    const id = await keyResult(hanna, home)
    await live(freeze, home)
    const attempts: (() => Promise<unknown>)[] = [
      () => hanna.call('objectives.edit', { id: home, title: 'Other words', reason: 'Clearer' }),
      () => hanna.call('key-results.edit', { id, title: 'Other words', reason: 'Clearer' }),
      () => keyResult(hanna, home),
      () => hanna.call('key-results.reopen', { id }).catch(() => hanna.call('key-results.resume', { id })),
    ]
    for (const attempt of attempts) expect((await refused(attempt())).rule).toBe('life')
  })
})

describe('A frozen Key Result', () => {
  test.each(FREEZE)('goes on adding to a sum what it had added: %s', async (freeze) => {
    const home = await group()
    const [parent, child] = [await keyResult(marram.hanna, home), await keyResult(marram.hanna, home)]
    await contribute(child, parent)
    await report(child, '60000')
    await keyResultLives(freeze, child)
    expect(await current(parent)).toBe('60000')
  })

  test('stays in an average when closed or postponed, and leaves it when cancelled', async () => {
    const home = await group()
    const parent = await keyResult(marram.hanna, home)
    const children = [
      await keyResult(marram.hanna, home),
      await keyResult(marram.hanna, home),
      await keyResult(marram.hanna, home),
    ] as const
    for (const [index, child] of children.entries()) {
      await contribute(child, parent, 'average')
      await report(child, `${150000 * index}`)
    }
    expect(await current(parent)).toBe('150000')
    await keyResultLives('close', children[0])
    await keyResultLives('postpone', children[1])
    expect(await current(parent)).toBe('150000')
    await keyResultLives('cancel', children[2])
    expect(await current(parent)).toBe('75000')
  })

  test('stays in its Objective’s mean when closed, and leaves it while postponed or cancelled', async () => {
    const home = await group()
    const [first, second] = [await keyResult(marram.hanna, home), await keyResult(marram.hanna, home)]
    await report(first, '300000')
    await keyResultLives('close', first)
    expect(await progress(home)).toBe('0.5')
    await keyResultLives('reopen', first)
    await keyResultLives('postpone', first)
    expect(await progress(home)).toBe('0')
    await keyResultLives('resume', first)
    await keyResultLives('cancel', second)
    expect(await progress(home)).toBe('1')
    await keyResultLives('cancel', first)
    expect(await progress(home)).toBeNull()
  })

  test('is not moved by what goes on below it, and catches up when it is reopened', async () => {
    const home = await group()
    const [parent, child] = [await keyResult(marram.hanna, home), await keyResult(marram.hanna, home)]
    await contribute(child, parent)
    await report(child, '60000')
    await keyResultLives('close', parent)
    await report(child, '90000')
    expect(await current(parent)).toBe('60000')
    expect(await keyResultLives('reopen', parent)).toMatchObject({ current: '90000', progress: '0.3' })
  })
})

test('Objectives below one that is cancelled stay; their line is broken there', async () => {
  const { hanna } = marram
  const above = await objective(hanna, { level: 'company', cycleId: marram.cycles.quarter })
  const middle = await group(above)
  const below = await group(middle)
  const id = await keyResult(hanna, below)
  const line = () => hanna.call('key-results.line-of-sight', { id })
  expect((await line()).unbroken).toBe(true)
  await live('cancel', middle)
  expect(await line()).toMatchObject({ unbroken: false, broken: { why: 'frozen', objectiveId: middle } })
  expect((await line()).path.map((stop) => stop.objectiveId)).toEqual([below, middle, above])
  expect((await hanna.call('objectives.show', { id: below })).state).toBe('published')
  await live('reopen', middle)
  expect((await line()).unbroken).toBe(true)
})

describe('Every verb', () => {
  test('is refused from a state in which it does not start', async () => {
    const { hanna } = marram
    const home = await group()
    const id = await keyResult(hanna, home)
    for (const verb of ['publish', 'reopen', 'resume', 'discard'] as const) {
      expect(await refused(hanna.call(`objectives.${verb}`, { id: home }))).toMatchObject({
        rule: 'life',
        reason: { key: 'rule.life.wrong-state', values: { verb, state: 'published' } },
      })
      expect((await refused(hanna.call(`key-results.${verb}`, { id }))).rule).toBe('life')
    }
  })

  test('that would publish a Key Result wants its Objective to be published', async () => {
    const { hanna } = marram
    const home = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter, draft: true })
    const id = await keyResult(hanna, home, { draft: true })
    const no = await refused(hanna.call('key-results.publish', { id }))
    expect(no.reason).toMatchObject({ key: 'rule.life.objective-not-published', values: { state: 'draft' } })
  })

  test('a draft that is thrown away is gone for everybody, with what it offered', async () => {
    const { hanna, jun } = marram
    const above = await objective(jun, { level: 'company', cycleId: marram.cycles.quarter })
    const draft = await objective(hanna, {
      level: 'group',
      cycleId: marram.cycles.quarter,
      draft: true,
      alignedToId: above,
    })
    const id = await keyResult(hanna, draft, { draft: true })
    await hanna.call('objectives.discard', { id: draft })
    for (const who of [hanna, jun, marram.administrator]) {
      expect((await refused(who.call('objectives.show', { id: draft }))).kind).toBe('not-found')
      expect((await refused(who.call('key-results.show', { id }))).kind).toBe('not-found')
    }
    expect((await jun.call('objectives.alignments', { id: above })).items.map((item) => item.state)).toEqual([])
  })
})

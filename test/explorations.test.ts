import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BarrierId, ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const open = (who: Caller, barriers: string[] = [], more: { attemptId?: ObjectiveId; groupId?: never } = {}) =>
  who.call('explorations.open', { id: marram.objectives.growth, barriers, ...more })
const kind = async (attempt: Promise<unknown>) => (await refused(attempt)).kind
const texts = async (who: Caller, id: Awaited<ReturnType<typeof open>>['id']) =>
  (await who.call('explorations.show', { id })).barriers.map(({ text }) => text)

describe('An exploration', () => {
  test('is opened by any member, and read by whoever sees what is explored', async () => {
    const { maya, ben } = marram
    const made = await open(maya, ['Nobody knows us', 'It takes too long'])
    expect(made).toMatchObject({ objectiveId: marram.objectives.growth, authorId: idOf(maya), draftId: null })
    expect(await texts(ben, made.id)).toEqual(['Nobody knows us', 'It takes too long'])
    const { items } = await ben.call('explorations.list', { id: marram.objectives.growth })
    expect(items.at(-1)).toEqual(made)
    expect(await kind(open(marram.service('guest')))).toBe('forbidden')
  })

  test('is of an Objective that is open, and not of the attempt itself', async () => {
    const { noor, cycles } = marram
    const over = await objective(noor, { level: 'group', cycleId: cycles.quarter })
    const own = noor.call('explorations.open', { id: over, barriers: [], attemptId: over })
    expect((await refused(own)).errors?.[0]?.pointer).toBe('/attemptId')
    await noor.call('objectives.close', { id: over })
    expect((await refused(noor.call('explorations.open', { id: over, barriers: [] }))).rule).toBe('life')
  })

  test('of what is private is there for nobody else; a private attempt is not told of', async () => {
    const { hanna, tomas, daniel, cycles } = marram
    const secret = await objective(hanna, { level: 'group', cycleId: cycles.quarter, visibility: 'named' })
    const within = await hanna.call('explorations.open', { id: secret, barriers: ['Secret'] })
    const barrier = within.barriers[0]?.id as BarrierId
    const attempts: ((who: Caller) => Promise<unknown>)[] = [
      (who) => who.call('explorations.show', { id: within.id }),
      (who) => who.call('explorations.list', { id: secret }),
      (who) => who.call('explorations.draft', { id: within.id }),
      (who) => who.call('barriers.add', { id: within.id, text: 'Mine' }),
      (who) => who.call('barriers.reword', { id: barrier, text: 'Mine' }),
      (who) => who.call('barriers.remove', { id: barrier }),
    ]
    for (const attempt of attempts) expect(await kind(attempt(tomas))).toBe('not-found')
    expect(await texts(daniel, within.id)).toEqual(['Secret'])
    const opened = await open(hanna, [], { attemptId: secret })
    expect([opened.attemptId, (await tomas.call('explorations.show', { id: opened.id })).attemptId]).toEqual([
      secret,
      null,
    ])
    expect(await kind(open(tomas, [], { attemptId: secret }))).toBe('not-found')
  })
})

describe('A barrier', () => {
  test('is added by anybody, one after the other, and stays in the order in which it was said', async () => {
    const { maya, ben } = marram
    const { id } = await open(maya, ['One'])
    await ben.call('barriers.add', { id, text: 'Two' })
    await maya.call('barriers.add', { id, text: 'Three' })
    expect(await texts(ben, id)).toEqual(['One', 'Two', 'Three'])
  })

  test('is reworded and removed by who said it, who opened the exploration, and its group', async () => {
    const { maya, ben, luisa, noor, priya, groups } = marram
    const opened = await maya.call('explorations.open', {
      ...{ id: marram.objectives.growth, barriers: ['One'], groupId: groups.northAmerica },
    })
    const { id } = await noor.call('barriers.add', { id: opened.id, text: 'Noor’s' })
    for (const who of [noor, maya, ben, luisa, priya, marram.administrator])
      expect(await who.call('barriers.reword', { id, text: `In ${idOf(maya)} words` })).toMatchObject({ id })
    for (const who of [marram.tomas, marram.daniel, marram.service('guest')])
      expect(await kind(who.call('barriers.reword', { id, text: 'Mine' }))).toBe('forbidden')
    expect(await kind(noor.call('barriers.remove', { id: opened.barriers[0]?.id as BarrierId }))).toBe('forbidden')
    await ben.call('barriers.remove', { id })
    expect(await texts(maya, opened.id)).toEqual(['One'])
  })

  test('that a Key Result shows the fall of is not removed before it is let go of', async () => {
    const { hanna } = marram
    const { id, barriers } = await open(hanna, ['Nobody knows us'])
    const barrierId = barriers[0]?.id as BarrierId
    const { id: home } = await hanna.call('explorations.draft', { id, title: 'Be known' })
    const draft = await hanna.call('key-results.create', { id: home, title: 'Ports that know us', barrierId })
    const facts = await refused(hanna.call('barriers.remove', { id: barrierId }))
    expect(facts).toMatchObject({ rule: 'still-needed', errors: [{ pointer: `/keyResults/${draft.id}` }] })
    for (const repair of facts.repairs ?? []) await hanna.repair(repair)
    expect((await hanna.call('key-results.show', { id: draft.id })).barrierId).toBeNull()
    await hanna.call('barriers.remove', { id: barrierId })
  })
})

describe('The draft that comes of it', () => {
  test('stands where the attempt stood, is aligned to what was explored, and is led by who writes it', async () => {
    const { hanna, ben, groups, cycles } = marram
    const body = { level: 'group' as const, groupId: groups.dach, cycleId: cycles.quarter, draft: true }
    const attemptId = await objective(hanna, { title: 'A million', ...body })
    const { id } = await open(hanna, [], { attemptId })
    const drafted = await hanna.call('explorations.draft', { id })
    expect(drafted).toMatchObject({
      ...{ title: '', why: null, level: 'group', groupId: groups.dach, cycleId: cycles.quarter, state: 'draft' },
      ...{ leadId: idOf(hanna), explorationId: id, alignmentOffer: { toObjectiveId: marram.objectives.growth } },
    })
    expect((await hanna.call('explorations.show', { id })).draftId).toBe(drafted.id)
    expect((await ben.call('explorations.show', { id })).draftId).toBeNull()
  })

  test('is as its writer says, and one at a time', async () => {
    const { maya, cycles } = marram
    const { id } = await open(maya)
    const said = { title: 'Be known', why: 'Nobody buys from strangers', level: 'individual' as const }
    const first = await maya.call('explorations.draft', { id, ...said, cycleId: cycles.year })
    expect(first).toMatchObject({ ...said, cycleId: cycles.year, leadId: idOf(maya) })
    expect(await refused(maya.call('explorations.draft', { id }))).toMatchObject({
      kind: 'conflict',
      rule: 'already-drafted',
    })
    await maya.call('objectives.discard', { id: first.id })
    expect((await maya.call('explorations.draft', { id })).level).toBe('individual')
  })

  test('is written by who opened the exploration or belongs to its group, and by no other', async () => {
    const { maya, tomas, ben, groups } = marram
    const { id } = await maya.call('explorations.open', {
      ...{ id: marram.objectives.growth, barriers: [], groupId: groups.northAmerica },
    })
    expect(await kind(tomas.call('explorations.draft', { id }))).toBe('forbidden')
    expect(await ben.call('explorations.draft', { id })).toMatchObject({
      leadId: idOf(ben),
      groupId: groups.northAmerica,
    })
  })
})

describe('A Key Result', () => {
  test('names a barrier of the exploration behind its Objective, when it is written or later, and no other', async () => {
    const { hanna, cycles } = marram
    const first = await open(hanna, ['Nobody knows us', 'It takes too long'])
    const second = await open(hanna, ['Elsewhere'])
    const [known, long] = first.barriers.map((barrier) => barrier.id) as [BarrierId, BarrierId]
    const elsewhere = second.barriers[0]?.id as BarrierId
    const { id: home } = await hanna.call('explorations.draft', { id: first.id, title: 'Be known' })
    const named = await keyResult(hanna, home, { barrierId: known, draft: true })
    expect((await hanna.call('key-results.edit', { id: named, barrierId: long })).barrierId).toBe(long)
    const said = async (attempt: Promise<unknown>) => {
      const { errors = [] } = await refused(attempt)
      return errors.map(({ pointer, reason }) => `${pointer} ${reason.key}`)
    }
    expect(await said(keyResult(hanna, home, { barrierId: elsewhere }))).toEqual([
      '/barrierId key-result.barrier.elsewhere',
    ])
    expect(await said(hanna.call('key-results.edit', { id: named, barrierId: elsewhere }))).toEqual([
      '/barrierId key-result.barrier.elsewhere',
    ])
    const plain = await objective(hanna, { level: 'group', cycleId: cycles.quarter })
    expect(await said(keyResult(hanna, plain, { barrierId: known }))).toEqual([
      '/barrierId key-result.barrier.no-exploration',
    ])
    const nothing = '01900000-0000-7000-8000-000000000000' as BarrierId
    expect(await said(keyResult(hanna, home, { barrierId: nothing }))).toEqual(['/barrierId field.names-nothing'])
  })

  test('tells of its barrier only who sees what was explored', async () => {
    const { hanna, tomas, cycles } = marram
    const secret = await objective(hanna, { level: 'group', cycleId: cycles.quarter, visibility: 'named' })
    const { id, barriers } = await hanna.call('explorations.open', { id: secret, barriers: ['Secret'] })
    const drafted = await hanna.call('explorations.draft', { id, title: 'Open' })
    const named = await keyResult(hanna, drafted.id, { barrierId: barriers[0]?.id as BarrierId, draft: true })
    await hanna.call('objectives.publish', { id: drafted.id })
    expect((await hanna.call('key-results.show', { id: named })).barrierId).toBe(barriers[0]?.id)
    expect((await tomas.call('key-results.show', { id: named })).barrierId).toBeNull()
    expect((await tomas.call('objectives.show', { id: drafted.id })).explorationId).toBeNull()
  })
})

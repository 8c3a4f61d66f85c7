import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

/** Hanna's region, in the open, into which two private and one open Key Result contribute. */
async function region() {
  const { hanna, cycles } = marram
  const cycleId = cycles.quarter
  const top = await objective(hanna, { level: 'group', cycleId })
  const parent = await keyResult(hanna, top)
  const children: { home: ObjectiveId; id: KeyResultId }[] = []
  for (const visibility of ['named', 'named', 'everyone'] as const) {
    const home = await objective(hanna, { level: 'group', cycleId, alignedToId: top, visibility })
    const id = await keyResult(hanna, home)
    await hanna.call('key-results.contribute', { id, toKeyResultId: parent, rollUp: 'sum' })
    children.push({ home, id })
  }
  for (const [index, { id }] of children.entries())
    await hanna.call('check-ins.make', { id, value: 10000 * (index + 1) })
  return { top, parent, children }
}

describe('What is private', () => {
  test('counts towards what others see, who see it as one figure', async () => {
    const { parent } = await region()
    const whole = await marram.hanna.call('key-results.show', { id: parent })
    expect(whole).toMatchObject({ current: '60000', fromPrivate: null })
    const ben = await marram.ben.call('key-results.show', { id: parent })
    expect(ben).toMatchObject({ current: '60000', fromPrivate: { adds: '30000', progress: null } })
    const links = (await marram.ben.call('key-results.contributions', { id: parent })).items
    expect(links.map(({ fromKeyResultId }) => fromKeyResultId === null)).toEqual([false])
  })

  test('of an average is one mean', async () => {
    const { hanna, ben, cycles } = marram
    const top = await objective(hanna, { level: 'group', cycleId: cycles.quarter })
    const parent = await keyResult(hanna, top)
    const home = await objective(hanna, {
      level: 'group',
      cycleId: cycles.quarter,
      alignedToId: top,
      visibility: 'named',
    })
    for (const value of ['30000', '90000']) {
      const id = await keyResult(hanna, home)
      await hanna.call('key-results.contribute', { id, toKeyResultId: parent, rollUp: 'average' })
      await hanna.call('check-ins.make', { id, value })
    }
    expect(await ben.call('key-results.show', { id: parent })).toMatchObject({
      progress: '0.2',
      fromPrivate: { adds: null, progress: '0.2' },
    })
  })

  test('and does not count moves nothing elsewhere, and is no part of anybody’s figure', async () => {
    const { parent, children } = await region()
    const [first] = children as [(typeof children)[0]]
    const edit = { id: first.home, counts: false, reason: 'It can be told from the whole' }
    const { changeId } = await marram.hanna.send('objectives.edit', edit)
    expect(await marram.ben.call('key-results.show', { id: parent })).toMatchObject({
      current: '50000',
      shares: { taken: '600000' },
      fromPrivate: { adds: '20000' },
    })
    await marram.hanna.call('check-ins.make', { id: first.id, value: '90000' })
    expect((await marram.hanna.call('key-results.show', { id: parent })).current).toBe('50000')
    await marram.hanna.call('changes.undo', { id: changeId as never })
    expect((await marram.hanna.call('key-results.show', { id: parent })).current).toBe('140000')
  })

  test('says so to whoever makes it private, with the way to keep it from counting', async () => {
    const { parent, children } = await region()
    const open = children[2] as (typeof children)[0]
    const made = await marram.hanna.call('objectives.edit', {
      id: open.home,
      visibility: 'named',
      viewerIds: [idOf(marram.maya)],
      reason: 'A takeover',
    })
    expect(made.notices).toMatchObject([{ reason: { key: 'objective.private.figure-shows', values: { count: 1 } } }])
    await marram.hanna.repair(made.notices[0]?.repairs[0] as never)
    expect((await marram.hanna.call('key-results.show', { id: parent })).current).toBe('30000')
    const opened = { id: open.home, visibility: 'everyone' as const, reason: 'It is known by now' }
    expect(await marram.hanna.call('objectives.edit', opened)).toMatchObject({ counts: true, notices: [] })
    expect((await marram.hanna.call('key-results.show', { id: parent })).current).toBe('60000')
  })

  test('alone can be kept from counting', async () => {
    const { top } = await region()
    const no = await refused(marram.hanna.call('objectives.edit', { id: top, counts: false, reason: 'No' }))
    expect(no.errors).toMatchObject([{ pointer: '/counts' }])
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyResultId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany('2026-12-30T08:00:00.000Z')
})
afterAll(() => marram.close())

const due = { deadline: '2026-12-20' }
const home = () => objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter })
const report = (id: KeyResultId, value: string, measuredOn: string) =>
  marram.hanna.call('check-ins.make', { id, value, measuredOn })

describe('A close', () => {
  test('scores a Key Result with its progress, clamped, unless whoever closes says otherwise and why', async () => {
    const [even, over, own] = await Promise.all(
      [home(), home(), home()].map(async (at) => keyResult(marram.hanna, await at, due)),
    )
    await report(even as KeyResultId, '150000', '2026-12-15')
    await report(over as KeyResultId, '400000', '2026-12-15')
    const close = (id: KeyResultId | undefined, body: object = {}) =>
      marram.hanna.call('key-results.close', { id: id as string, ...body })
    expect(await close(even)).toMatchObject({ score: '0.5', scoreNote: null, closedOn: '2026-12-30' })
    expect(await close(over)).toMatchObject({ score: '1', progress: '1.333333333333' })
    expect(await refused(close(own, { score: '0.7' }))).toMatchObject({ errors: [{ pointer: '/note' }] })
    expect(await close(own, { score: '0.7', note: 'Signed, not yet paid' })).toMatchObject({ score: '0.7' })
    const reopened = await marram.hanna.call('key-results.reopen', { id: own as string })
    expect(reopened).toMatchObject({ score: null, scoreNote: null, closedOn: null })
  })

  test('leaves out what was measured after the deadline, unless whoever closes counts it', async () => {
    const id = await keyResult(marram.hanna, await home(), due)
    await report(id, '150000', '2026-12-15')
    await report(id, '300000', '2026-12-28')
    const suggested = await marram.hanna.call('key-results.suggested-score', { id })
    expect(suggested).toEqual({ keyResultId: id, score: '0.5', withLate: '1' })
    expect(await marram.hanna.call('key-results.close', { id })).toMatchObject({ score: '0.5', progress: '1' })
    await marram.hanna.call('key-results.reopen', { id })
    expect(await marram.hanna.call('key-results.close', { id, countLate: true })).toMatchObject({ score: '1' })
  })

  test('of an Objective closes its open Key Results, postponed ones too, and weighs their scores', async () => {
    const id = await home()
    const first = await keyResult(marram.hanna, id, due)
    const second = await keyResult(marram.hanna, id, { ...due, weight: '3' })
    await report(first, '60000', '2026-12-15')
    await report(second, '180000', '2026-12-15')
    await marram.hanna.call('key-results.postpone', { id: second })
    const suggested = await marram.hanna.call('objectives.suggested-scores', { id })
    expect(suggested).toMatchObject({ score: '0.5', keyResults: [{ score: '0.2' }, { score: '0.6' }] })
    const given = [{ id: first, score: '1', note: 'The last contract was signed on Tuesday' }]
    expect(await marram.hanna.call('objectives.close', { id, keyResults: given })).toMatchObject({
      state: 'closed',
      score: '0.7',
      closedOn: '2026-12-30',
    })
    expect(await marram.hanna.call('key-results.show', { id: second })).toMatchObject({ state: 'closed', score: '0.6' })
  })

  test('is undone with its scores', async () => {
    const id = await home()
    const only = await keyResult(marram.hanna, id, due)
    await report(only, '150000', '2026-12-15')
    const { changeId } = await marram.hanna.send('objectives.close', { id })
    await marram.hanna.call('changes.undo', { id: changeId as never })
    expect(await marram.hanna.call('objectives.show', { id })).toMatchObject({ state: 'published', score: null })
    expect(await marram.hanna.call('key-results.show', { id: only })).toMatchObject({ state: 'published', score: null })
  })
})

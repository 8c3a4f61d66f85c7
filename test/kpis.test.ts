import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { ChangeId, KpiId, KpiValueId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

/** Stations that answer, of all; healthy from 98 %. Aisha watches it, unless it is somebody else's. */
const watched = (who: Caller = marram.aisha, more: Partial<InputOf<'kpis.create'>> = {}) =>
  who.call('kpis.create', { name: 'Stations online', unit: '%', atLeast: '98', ...more })
const group = (more: Partial<Parameters<typeof objective>[1]> = {}) =>
  objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, ...more })
const report = (id: KpiId, value: string, more: Partial<InputOf<'kpis.report'>> = {}) =>
  marram.aisha.send('kpis.report', { id, value, ...more })
const show = (id: KpiId, who: Caller = marram.ben) => who.call('kpis.show', { id })
const valuesOf = async (id: KpiId) => (await marram.ben.call('kpis.values', { id })).items

describe('A KPI', () => {
  test('is made by any member, and is theirs unless they name another; everybody sees it', async () => {
    const { ben, noor, groups } = marram
    const own = await ben.call('kpis.create', { name: 'Answer time', unit: 'hours', atMost: 24, direction: 'decrease' })
    expect(own).toMatchObject({
      name: 'Answer time',
      description: null,
      unit: 'hours',
      ownerId: idOf(ben),
      groupId: null,
      atLeast: null,
      atMost: '24',
      direction: 'decrease',
      current: null,
      measuredOn: null,
      state: 'unknown',
      objectiveIds: [],
      archivedAt: null,
      version: 1,
    })
    const hers = await ben.call('kpis.create', {
      name: 'Forecasts in time',
      unit: '%',
      ownerId: idOf(noor),
      groupId: groups.forecasting,
    })
    expect([hers.ownerId, hers.groupId]).toEqual([idOf(noor), groups.forecasting])
    const guest = marram.service('guest')
    expect(await show(hers.id, guest)).toEqual(hers)
    expect((await refused(watched(guest))).kind).toBe('forbidden')
    expect((await refused(watched(marram.service('member')))).errors?.[0]?.pointer).toBe('/ownerId')
  })

  test('is listed by owner, group, and whether it is archived', async () => {
    const { luisa, groups } = marram
    const [one, two, three] = [
      await watched(luisa),
      await watched(luisa, { groupId: groups.northAmerica }),
      await watched(luisa, { groupId: groups.northAmerica }),
    ]
    await luisa.call('kpis.archive', { id: two.id })
    const list = async (filter: InputOf<'kpis.list'>) =>
      (await marram.ben.call('kpis.list', { ownerId: idOf(luisa), ...filter })).items.map(({ id }) => id)
    expect(await list({})).toEqual([one.id, two.id, three.id])
    expect(await list({ groupId: groups.northAmerica })).toEqual([two.id, three.id])
    expect(await list({ archived: 'true' })).toEqual([two.id])
    expect(await list({ archived: 'false' })).toEqual([one.id, three.id])
    const begin = await marram.ben.call('kpis.list', { ownerId: idOf(luisa), limit: 2 })
    expect(await list({ cursor: begin.nextCursor as string })).toEqual([three.id])
  })

  test('has an owner who is here, a group that is there, and a range with room in it', async () => {
    const { ben, ingrid } = marram
    const { id: gone } = await ingrid.call('people.create', { name: 'Ida Berg', leftOn: '2026-01-31' })
    const pointerOf = async (more: Partial<InputOf<'kpis.create'>>) =>
      (await refused(watched(ben, more))).errors?.map(({ pointer }) => pointer)
    expect(await pointerOf({ ownerId: gone })).toEqual(['/ownerId'])
    expect(await pointerOf({ groupId: idOf(ben) as string as never })).toEqual(['/groupId'])
    expect(await pointerOf({ atLeast: '98', atMost: '97.999999' })).toEqual(['/atMost'])
    await watched(ben, { atLeast: '98', atMost: '98' })
    const { id } = await watched()
    const no = await refused(marram.aisha.call('kpis.edit', { id, atMost: '2' }))
    expect(no.errors?.[0]).toMatchObject({ pointer: '/atMost', reason: { values: { atLeast: '98', atMost: '2' } } })
  })

  test('is edited by its owner, and by administrators on behalf', async () => {
    const { id } = await watched()
    for (const other of [marram.ben, marram.daniel, marram.service('member')])
      expect((await refused(other.call('kpis.edit', { id, name: 'Mine' }))).kind).toBe('forbidden')
    const edited = await marram.aisha.call('kpis.edit', { id, atMost: '100', atLeast: '99' }, { ifMatch: 1 })
    expect(edited).toMatchObject({ atLeast: '99', atMost: '100', version: 2 })
    await marram.ingrid.call('kpis.edit', { id, ownerId: idOf(marram.ben), reason: 'Aisha moves on' })
    expect((await refused(marram.aisha.call('kpis.edit', { id, name: 'Mine' }))).kind).toBe('forbidden')
  })

  test('that is archived stays as it is until it is restored', async () => {
    const { aisha } = marram
    const { id } = await watched()
    expect((await refused(aisha.call('kpis.restore', { id }))).reason?.key).toBe('rule.life.not-archived')
    const archived = await aisha.call('kpis.archive', { id, reason: 'Nobody looks at it' })
    expect(archived.archivedAt).not.toBeNull()
    const attempts = [
      () => aisha.call('kpis.archive', { id }),
      () => aisha.call('kpis.edit', { id, name: 'Other' }),
      () => aisha.call('kpis.report', { id, value: '1' }),
    ]
    for (const attempt of attempts)
      expect(await refused(attempt())).toMatchObject({ rule: 'life', reason: { key: 'rule.life.archived' } })
    expect((await aisha.call('kpis.restore', { id })).archivedAt).toBeNull()
    await report(id, '99')
  })
})

describe('What is measured', () => {
  test('shows where it stands to the healthy range', async () => {
    const { id } = await watched(marram.aisha, { atLeast: '98', atMost: '99.5' })
    const states = []
    for (const value of ['97.999999', '98', '99.5', '99.500001', '-3']) {
      await report(id, value)
      const { current, state } = await show(id)
      states.push([current, state])
    }
    expect(states).toEqual([
      ['97.999999', 'below'],
      ['98', 'within'],
      ['99.5', 'within'],
      ['99.500001', 'above'],
      ['-3', 'below'],
    ])
    const open = await watched(marram.aisha, { atLeast: null })
    await report(open.id, '5')
    expect(await show(open.id)).toMatchObject({ current: '5', state: 'unknown' })
  })

  test('last counts: by the day it was measured on, then by when it was recorded', async () => {
    const { id } = await watched()
    await report(id, '90', { measuredOn: '2026-11-10' })
    await report(id, '91', { measuredOn: '2026-11-20', note: 'After the storm' })
    await report(id, '92', { measuredOn: '2026-11-15' })
    expect(await show(id)).toMatchObject({ current: '91', measuredOn: '2026-11-20' })
    await report(id, '93', { measuredOn: '2026-11-20' })
    expect(await show(id)).toMatchObject({ current: '93', measuredOn: '2026-11-20' })
    expect((await valuesOf(id)).map(({ value }) => value)).toEqual(['93', '91', '92', '90'])
    const begin = await marram.ben.call('kpis.values', { id, limit: 3 })
    const end = await marram.ben.call('kpis.values', { id, limit: 3, cursor: begin.nextCursor as string })
    expect(end.items.map(({ value }) => value)).toEqual(['90'])
  })

  test('is corrected by a value that names it, and taken back by one without a value', async () => {
    const { id } = await watched()
    await report(id, '97', { measuredOn: '2026-11-18' })
    const wrong = await report(id, '9.8', { measuredOn: '2026-11-19' })
    const right = await report(id, '98', { corrects: wrong.data.id })
    expect(right.data).toMatchObject({ corrects: wrong.data.id, measuredOn: '2026-11-19', takesBack: false })
    expect(await show(id)).toMatchObject({ current: '98', measuredOn: '2026-11-19', state: 'within' })
    const back = await marram.aisha.call('kpis.report', { id, corrects: right.data.id, note: 'It was another station' })
    expect(back).toMatchObject({ value: null, takesBack: true })
    expect(await show(id)).toMatchObject({ current: '97', measuredOn: '2026-11-18', state: 'below' })
    expect(await valuesOf(id)).toHaveLength(4)
    expect((await refused(report(id, '5', { corrects: wrong.data.id }))).errors).toEqual([
      { pointer: '/corrects', reason: { key: 'check-in.corrects.already', values: {} } },
    ])
  })

  test('has a day that has begun, a value, and corrects what is its own', async () => {
    const { id } = await watched()
    const other = await report((await watched()).id, '5')
    const pointerOf = async (input: Partial<InputOf<'kpis.report'>>) =>
      (await refused(marram.aisha.call('kpis.report', { id, ...input }))).errors?.[0]
    expect(await pointerOf({ value: '1', measuredOn: '2026-11-24' })).toMatchObject({
      pointer: '/measuredOn',
      reason: { values: { today: '2026-11-23' } },
    })
    expect(await pointerOf({})).toMatchObject({ pointer: '/value', reason: { key: 'check-in.value.missing' } })
    expect(await pointerOf({ value: '1', corrects: other.data.id })).toMatchObject({ pointer: '/corrects' })
    expect(await pointerOf({ value: '1', corrects: id as string as KpiValueId })).toMatchObject({
      pointer: '/corrects',
    })
    expect(await valuesOf(id)).toEqual([])
  })

  test('is reported by the owner, or on their behalf, and shows it', async () => {
    const { ben, ingrid, aisha } = marram
    const { id } = await watched()
    expect((await refused(ben.call('kpis.report', { id, value: '1' }))).kind).toBe('forbidden')
    const { data } = await ingrid.send('kpis.report', { id, value: '99' })
    expect(data).toMatchObject({ ownerId: idOf(aisha), reportedById: idOf(ingrid) })
    const own = await aisha.call('kpis.report', { id, value: '99' })
    expect(own.reportedById).toBe(own.ownerId)
  })

  test('leaves an editor’s save as good as it was', async () => {
    const { id, version } = await watched()
    await report(id, '99')
    await marram.aisha.call('kpis.edit', { id, name: 'Stations that answer' }, { ifMatch: version })
  })

  test('takes what is sent again under its key once', async () => {
    const { id } = await watched()
    const send = () => marram.aisha.send('kpis.report', { id, value: '99' }, { idempotencyKey: `value ${id}` })
    expect((await send()).data).toEqual((await send()).data)
    expect(await valuesOf(id)).toHaveLength(1)
  })

  test('is told in the activity under its KPI', async () => {
    const made = await marram.aisha.send('kpis.create', { name: 'Told', unit: '%' })
    await report(made.data.id, '99', { note: 'A good week' })
    await marram.drain()
    const { items } = await marram.ben.call('activity.list', { limit: 5 })
    expect(items.slice(0, 2)).toMatchObject([
      {
        operation: 'kpis.report',
        noun: 'kpi',
        nounId: made.data.id,
        fields: expect.arrayContaining(['value', 'note']),
      },
      { operation: 'kpis.create', noun: 'kpi', nounId: made.data.id },
    ])
  })
})

describe('What was measured is undone by a value that takes it back', () => {
  const undo = (id: string | null) => marram.aisha.send('changes.undo', { id: id as ChangeId })

  test('or puts back what it had corrected, and undoing that does it again', async () => {
    const { id } = await watched()
    const first = await report(id, '97', { note: 'By eye' })
    const second = await report(id, '98', { corrects: first.data.id })
    const third = await report(id, '99')
    const undone = await undo(third.changeId)
    expect((await show(id)).current).toBe('98')
    await undo(undone.changeId)
    expect((await show(id)).current).toBe('99')
    await undo((await report(id, '5')).changeId)
    expect((await show(id)).current).toBe('99')
    const back = await undo(second.changeId)
    expect((await valuesOf(id)).find((one) => one.corrects === second.data.id)).toMatchObject({
      value: '97',
      note: 'By eye',
      takesBack: false,
    })
    await undo(back.changeId)
    expect((await valuesOf(id)).filter((one) => one.value === '98')).toHaveLength(2)
    expect((await refused(undo(second.changeId))).rule).toBe('already-undone')
  })

  test('not when it was corrected since, and not while it is archived', async () => {
    const { id } = await watched()
    const first = await report(id, '97')
    await report(id, '98', { corrects: first.data.id })
    expect((await refused(undo(first.changeId))).rule).toBe('touched-since')
    const last = await report(id, '99')
    await marram.aisha.call('kpis.archive', { id })
    expect((await refused(undo(last.changeId))).reason?.key).toBe('rule.life.archived')
  })

  test('several at once, also of those that corrected one another', async () => {
    const { id } = await watched()
    await report(id, '90')
    const call = (body: object) => ({ method: 'POST' as const, path: `/v1/kpis/${id}/values`, body })
    const calls = [call({ value: '95' }), call({ value: '96' })]
    const sent = await marram.aisha.send('changes.make', { calls })
    expect((await show(id)).current).toBe('96')
    await undo(sent.changeId)
    expect((await show(id)).current).toBe('90')
  })

  test('a KPI of which something was measured is no longer only the change that made it', async () => {
    const made = await marram.aisha.send('kpis.create', { name: 'Kept', unit: '%' })
    await report(made.data.id, '99')
    expect((await refused(undo(made.changeId))).rule).toBe('touched-since')
  })
})

describe('An Objective sets out to improve a KPI', () => {
  test('named when it is written or later, and found by it', async () => {
    const { hanna, ben } = marram
    const [first, second] = [await watched(), await watched()]
    const made = await group({ kpiId: first.id })
    const later = await group()
    await hanna.call('objectives.edit', { id: later, kpiId: first.id, reason: 'It is why we do this' })
    expect((await ben.call('objectives.show', { id: made })).kpiId).toBe(first.id)
    expect((await ben.call('objectives.list', { kpiId: first.id })).items.map(({ id }) => id)).toEqual([made, later])
    expect((await show(first.id)).objectiveIds).toEqual([made, later])
    await hanna.call('objectives.edit', { id: made, kpiId: second.id, reason: 'It is another' })
    await hanna.call('objectives.edit', { id: later, kpiId: null, reason: 'It is not' })
    expect((await show(first.id)).objectiveIds).toEqual([])
    expect((await show(second.id)).objectiveIds).toEqual([made])
  })

  test('that is there, and not archived when it is named', async () => {
    const { hanna, aisha } = marram
    const { id: kpiId } = await watched()
    const home = await group({ kpiId })
    await aisha.call('kpis.archive', { id: kpiId })
    await hanna.call('objectives.edit', { id: home, kpiId, title: 'Other words', reason: 'Clearer' })
    expect((await refused(group({ kpiId }))).errors).toEqual([
      { pointer: '/kpiId', reason: { key: 'objective.kpi.archived', values: { name: 'Stations online' } } },
    ])
    const nothing = idOf(hanna) as string as KpiId
    expect((await refused(group({ kpiId: nothing }))).errors?.[0]?.reason.key).toBe('field.names-nothing')
  })

  test('which tells nobody of an Objective that they do not see', async () => {
    const { hanna, daniel, ben } = marram
    const { id: kpiId } = await watched()
    const open = await group({ kpiId })
    const hidden = await group({ kpiId, visibility: 'named' })
    const draft = await group({ kpiId, draft: true })
    expect((await show(kpiId, ben)).objectiveIds).toEqual([open])
    expect(
      (await ben.call('kpis.list', { ownerId: idOf(marram.aisha), limit: 200 })).items.at(-1)?.objectiveIds,
    ).toEqual([open])
    expect((await ben.call('objectives.list', { kpiId })).items.map(({ id }) => id)).toEqual([open])
    for (const who of [hanna, daniel]) expect((await show(kpiId, who)).objectiveIds).toEqual([open, hidden, draft])
    expect((await show(kpiId, marram.administrator)).objectiveIds).toEqual([open, hidden])
  })

  test('and keeps it from being taken back', async () => {
    const made = await marram.aisha.send('kpis.create', { name: 'Kept', unit: '%' })
    await group({ kpiId: made.data.id })
    const no = await refused(marram.aisha.call('changes.undo', { id: made.changeId as ChangeId }))
    expect(no).toMatchObject({ kind: 'conflict', rule: 'touched-since' })
  })
})

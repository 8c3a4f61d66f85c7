import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const group = (lead: Caller, more: Partial<Parameters<typeof objective>[1]> = {}) =>
  objective(lead, { level: 'group', cycleId: marram.cycles.quarter, ...more })
const reason = 'It is theirs to do'
const handOver = (who: Caller, id: KeyResultId, to: Caller) =>
  who.call('key-results.hand-over', { id, toId: idOf(to), reason })
const handOverObjective = (who: Caller, id: ObjectiveId, to: Caller) =>
  who.call('objectives.hand-over', { id, toId: idOf(to), reason })

/** Somebody below Hanna, who leaves: what they held is hers for now. */
async function leftToHanna(): Promise<{ home: ObjectiveId; id: KeyResultId }> {
  const { ingrid, hanna } = marram
  const who = marram.as(await ingrid.call('people.create', { name: 'Gone since', managerId: idOf(hanna) }))
  const home = await group(who)
  const id = await keyResult(who, home)
  await ingrid.call('people.leave', { id: idOf(who) })
  return { home, id }
}

describe('To hand a Key Result over', () => {
  test('sets its owner, and shows with its reason, who, when, from and to', async () => {
    const { hanna, tomas, ben } = marram
    const id = await keyResult(hanna, await group(hanna))
    const sent = await hanna.send('key-results.hand-over', { id, toId: idOf(tomas), reason })
    expect(sent.data).toMatchObject({ ownerId: idOf(tomas), interim: false })
    const { items } = await ben.call('activity.list', {})
    expect(items.find((item) => item.changeId === sent.changeId)).toMatchObject({
      operation: 'key-results.hand-over',
      actorId: idOf(hanna),
      nounId: id,
      fields: ['ownerId'],
    })
    expect((await refused(hanna.call('check-ins.make', { id, value: 1 }))).kind).toBe('forbidden')
    expect(await tomas.call('check-ins.make', { id, value: 1 })).toMatchObject({ ownerId: idOf(tomas) })
  })

  test('wants a reason once it is published and its cycle has begun; a draft does not', async () => {
    const { hanna, tomas } = marram
    const home = await group(hanna)
    const [published, draft] = [await keyResult(hanna, home), await keyResult(hanna, home, { draft: true })]
    const no = await refused(hanna.call('key-results.hand-over', { id: published, toId: idOf(tomas) }))
    expect(no).toMatchObject({ rule: 'history-is-kept', errors: [{ pointer: '/reason' }] })
    expect((await refused(hanna.call('objectives.hand-over', { id: home, toId: idOf(tomas) }))).rule).toBe(
      'history-is-kept',
    )
    expect(await hanna.call('key-results.hand-over', { id: draft, toId: idOf(tomas) })).toMatchObject({
      ownerId: idOf(tomas),
    })
  })

  test('is for its owner, the leads above it and administrators', async () => {
    const { hanna, tomas, noor, jun, ingrid, ben, groups } = marram
    const home = await objective(jun, { level: 'group', groupId: groups.forecasting, cycleId: marram.cycles.quarter })
    for (const who of [tomas, jun, noor, ingrid]) {
      const id = await keyResult(jun, home, { ownerId: idOf(tomas) })
      expect(await handOver(who, id, hanna)).toMatchObject({ ownerId: idOf(hanna) })
    }
    const id = await keyResult(jun, home, { ownerId: idOf(tomas) })
    for (const who of [ben, hanna, marram.service('member'), marram.service('guest')])
      expect((await refused(handOver(who, id, hanna))).kind).toBe('forbidden')
  })

  test('goes to somebody who is here and can answer for it: no guest, nobody who has left', async () => {
    const { hanna, ingrid } = marram
    const id = await keyResult(hanna, await group(hanna))
    const guest = await ingrid.call('people.create', { name: 'Eva Gast', role: 'guest' })
    const gone = await ingrid.call('people.create', { name: 'Gone', leftOn: '2026-11-01' })
    const keys = async (toId: string) =>
      (await refused(hanna.call('key-results.hand-over', { id, toId: toId as never, reason }))).errors?.map(
        ({ pointer, reason }) => `${pointer} ${reason.key}`,
      )
    expect(await keys(guest.id)).toEqual(['/toId field.guest'])
    expect(await keys(gone.id)).toEqual(['/toId field.person-left'])
    expect(await keys(marram.id)).toEqual(['/toId field.names-nothing'])
  })

  test('works while it is postponed, closed or cancelled, and leaves it so', async () => {
    const { hanna, tomas } = marram
    for (const verb of ['postpone', 'close', 'cancel'] as const) {
      const id = await keyResult(hanna, await group(hanna))
      const { state } = await hanna.call(`key-results.${verb}`, { id })
      expect(await handOver(hanna, id, tomas)).toMatchObject({ ownerId: idOf(tomas), state })
    }
  })

  test('compares the version that was seen, where one was', async () => {
    const { hanna, tomas } = marram
    const id = await keyResult(hanna, await group(hanna))
    const late = hanna.call('key-results.hand-over', { id, toId: idOf(tomas), reason }, { ifMatch: 1 })
    expect((await refused(late)).rule).toBe('stale')
  })
})

describe('What is held for now', () => {
  test('is handed over by whoever holds it, and is no longer for now', async () => {
    const { hanna, tomas } = marram
    const { home, id } = await leftToHanna()
    expect(await hanna.call('key-results.show', { id })).toMatchObject({ ownerId: idOf(hanna), interim: true })
    expect(await handOver(hanna, id, tomas)).toMatchObject({ ownerId: idOf(tomas), interim: false })
    expect(await handOverObjective(hanna, home, tomas)).toMatchObject({ leadId: idOf(tomas), leadInterim: false })
  })

  test('is kept by handing it over to oneself', async () => {
    const { hanna } = marram
    const { home, id } = await leftToHanna()
    expect(await handOver(hanna, id, hanna)).toMatchObject({ ownerId: idOf(hanna), interim: false })
    expect(await handOverObjective(hanna, home, hanna)).toMatchObject({ leadId: idOf(hanna), leadInterim: false })
  })

  test('is handed over by an edit as well; an edit of anything else leaves it for now', async () => {
    const { hanna, tomas, ingrid, groups } = marram
    const { home, id } = await leftToHanna()
    const same = { id, ownerId: idOf(hanna), title: 'Other words', reason }
    expect(await hanna.call('key-results.edit', same)).toMatchObject({ interim: true })
    expect(await hanna.call('key-results.edit', { id, ownerId: idOf(tomas), reason })).toMatchObject({ interim: false })
    const words = { id: home, leadId: idOf(hanna), title: 'Other words', reason }
    expect(await hanna.call('objectives.edit', words)).toMatchObject({ leadInterim: true })
    expect(await hanna.call('objectives.edit', { id: home, leadId: idOf(tomas), reason })).toMatchObject({
      leadInterim: false,
    })
    const lead = await ingrid.call('people.create', { name: 'Of a group', managerId: idOf(hanna) })
    const { id: team } = await ingrid.call('groups.create', { name: 'Elbe', leadId: lead.id, parentId: groups.dach })
    await ingrid.call('people.leave', { id: lead.id })
    expect(await ingrid.call('groups.edit', { id: team, name: 'Upper Elbe' })).toMatchObject({ leadInterim: true })
    expect(await ingrid.call('groups.edit', { id: team, leadId: idOf(tomas) })).toMatchObject({ leadInterim: false })
    const owner = marram.as(await ingrid.call('people.create', { name: 'Of a KPI', managerId: idOf(hanna) }))
    const kpi = await owner.call('kpis.create', { name: 'Stations that answer', unit: '%' })
    await ingrid.call('people.leave', { id: idOf(owner) })
    const said = { id: kpi.id, ownerId: idOf(hanna), name: 'Stations that answer within a minute' }
    expect(await hanna.call('kpis.edit', said)).toMatchObject({ interim: true })
    expect(await hanna.call('kpis.edit', { id: kpi.id, ownerId: idOf(tomas) })).toMatchObject({ interim: false })
  })
})

describe('With an Objective goes', () => {
  test('what its lead was accountable for, and not its Key Results', async () => {
    const { hanna, tomas, objectives } = marram
    const home = await group(hanna, { alignedToId: objectives.growth })
    const id = await keyResult(hanna, home)
    await handOverObjective(hanna, home, tomas)
    const shown = await tomas.call('objectives.show', { id: home })
    expect(shown.alignmentOffer).toMatchObject({ accountableId: idOf(tomas), offeredById: idOf(hanna) })
    expect((await tomas.call('key-results.show', { id })).ownerId).toBe(idOf(hanna))
    expect((await refused(handOverObjective(hanna, home, hanna))).kind).toBe('forbidden')
  })
})

describe('What is private', () => {
  const privately = (viewers: Caller[] = []) =>
    group(marram.hanna, { visibility: 'named', viewerIds: viewers.map(idOf) })

  test('goes to somebody whom its lead has not named yet, and names them, when its lead hands it over', async () => {
    const { hanna, maya } = marram
    const home = await privately()
    const id = await keyResult(hanna, home)
    await handOver(hanna, id, maya)
    expect((await maya.call('objectives.show', { id: home })).viewerIds).toEqual([idOf(maya)])
    expect(await maya.call('check-ins.make', { id, value: 1 })).toMatchObject({ ownerId: idOf(maya) })
  })

  test('is not opened to others by whoever only owns a part of it', async () => {
    const { hanna, maya, ben } = marram
    const home = await privately([maya])
    const id = await keyResult(hanna, home, { ownerId: idOf(maya) })
    const no = await refused(handOver(maya, id, ben))
    expect(no.errors).toEqual([
      { pointer: '/toId', reason: { key: 'field.does-not-see', values: { name: 'Ben Carver' } } },
    ])
    expect((await refused(ben.call('key-results.show', { id }))).kind).toBe('not-found')
    expect(await handOver(maya, id, hanna)).toMatchObject({ ownerId: idOf(hanna) })
  })

  test('is not found by who does not see it', async () => {
    const id = await keyResult(marram.hanna, await privately())
    expect((await refused(handOver(marram.ben, id, marram.ben))).kind).toBe('not-found')
  })
})

describe('All that a person holds', () => {
  test('is handed over at once by themselves or an administrator, and by nobody else', async () => {
    const { ingrid, daniel, jun, administrator } = marram
    const who = marram.as(await ingrid.call('people.create', { name: 'Moves on', managerId: idOf(daniel) }))
    const home = await group(who)
    const [own, draft] = [await keyResult(who, home), await keyResult(who, home, { draft: true })]
    const team = await ingrid.call('groups.create', { name: 'Weser', leadId: idOf(who) })
    const kpi = await who.call('kpis.create', { name: 'Spares in stock', unit: '%' })
    for (const other of [daniel, jun])
      expect((await refused(other.call('people.hand-over', { id: idOf(who), toId: idOf(jun), reason }))).kind).toBe(
        'forbidden',
      )
    expect((await refused(who.call('people.hand-over', { id: idOf(who), toId: idOf(jun) }))).rule).toBe(
      'history-is-kept',
    )
    const handed = await administrator.send('people.hand-over', { id: idOf(who), toId: idOf(jun), reason })
    // Administrators as such see no drafts of others: they are told of none.
    expect(handed.data).toEqual({ objectiveIds: [home], keyResultIds: [own], groupIds: [team.id], kpiIds: [kpi.id] })
    for (const id of [own, draft])
      expect(await jun.call('key-results.show', { id })).toMatchObject({ ownerId: idOf(jun), interim: false })
    expect((await jun.call('objectives.show', { id: home })).leadId).toBe(idOf(jun))
    expect((await jun.call('groups.show', { id: team.id })).leadId).toBe(idOf(jun))
    expect((await jun.call('kpis.show', { id: kpi.id })).ownerId).toBe(idOf(jun))
    await administrator.call('changes.undo', { id: handed.changeId as never })
    expect((await who.call('key-results.show', { id: draft })).ownerId).toBe(idOf(who))
  })

  test('or only what they hold for now', async () => {
    const { hanna, tomas } = marram
    const { home, id } = await leftToHanna()
    const mine = await keyResult(hanna, home)
    const handed = await hanna.call('people.hand-over', {
      id: idOf(hanna),
      toId: idOf(tomas),
      reason,
      onlyInterim: true,
    })
    expect(handed).toEqual({ objectiveIds: [home], keyResultIds: [id], groupIds: [], kpiIds: [] })
    expect((await hanna.call('key-results.show', { id: mine })).ownerId).toBe(idOf(hanna))
    const again = await hanna.send('people.hand-over', {
      id: idOf(hanna),
      toId: idOf(tomas),
      reason,
      onlyInterim: true,
    })
    expect([again.data.keyResultIds, again.changeId]).toEqual([[], null])
  })
})

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { KeyResultId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
let everything: pg.Client
beforeAll(async () => {
  marram = await openCompany()
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
})
afterAll(async () => {
  await everything.end()
  await marram.close()
})

const group = (more: Partial<Parameters<typeof objective>[1]> = {}) =>
  objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, ...more })
const owned = async (more: Parameters<typeof keyResult>[2] = {}) => keyResult(marram.hanna, await group(), more)
const name = (id: KeyResultId, who: Caller, more: Partial<InputOf<'key-results.name-delegate'>> = {}) =>
  marram.hanna.call('key-results.name-delegate', { id, personId: idOf(who), ...more })
const report = (who: Caller, id: KeyResultId, value = 1) => who.send('check-ins.make', { id, value })
const refuses = async (who: Caller, id: KeyResultId) => expect((await refused(report(who, id))).kind).toBe('forbidden')

/** On the hot path a check-in is a change by itself: it leaves no other behind. */
async function wentTheShortWay(changeId: string | null): Promise<boolean> {
  const { rowCount } = await everything.query('select from changes where id = $1', [changeId])
  return rowCount === 0
}

async function service(role: 'member' | 'guest' | 'administrator' = 'member'): Promise<Caller> {
  const made = await marram.ingrid.call('api-keys.create', { name: 'CRM', service: { name: 'CRM', role } })
  return marram.service(role, made.serviceId ?? undefined)
}

const serviceId = (who: Caller) => (who.actor.kind === 'service' ? who.actor.serviceId : undefined)

describe('Whoever the owner has named', () => {
  test('reports for them, by the short way, and it shows: by Tomás for Hanna', async () => {
    const { hanna, tomas } = marram
    const id = await owned()
    await refuses(tomas, id)
    const named = await name(id, tomas)
    expect(named.delegate).toEqual({ personId: idOf(tomas), serviceId: null, until: null })
    const made = await report(tomas, id, 70000)
    expect(made.data).toMatchObject({ ownerId: idOf(hanna), reportedById: idOf(tomas) })
    expect(await wentTheShortWay(made.changeId)).toBe(true)
    const { items } = await marram.ben.call('check-ins.list', { id })
    expect(items[0]).toMatchObject({ ownerId: idOf(hanna), reportedById: idOf(tomas), value: '70000' })
    await report(hanna, id, 80000)
  })

  test('reports in a batch, corrects, and takes back what they reported', async () => {
    const { tomas } = marram
    const id = await owned()
    await name(id, tomas)
    const calls = [1, 2].map((value) => ({
      method: 'POST' as const,
      path: `/v1/key-results/${id}/check-ins`,
      body: { value, measuredOn: `2026-11-0${value}` },
    }))
    await tomas.call('changes.make', { calls })
    const { data } = await report(tomas, id, 9)
    await tomas.call('check-ins.make', { id, value: 8, corrects: data.id })
    expect((await tomas.call('key-results.show', { id })).current).toBe('8')
    const last = await report(tomas, id, 7)
    await tomas.call('changes.undo', { id: last.changeId as never })
    expect((await tomas.call('key-results.show', { id })).current).toBe('8')
  })

  test('reports among 60 others who come at once, and only those who may', async () => {
    const { hanna, tomas, ben } = marram
    const id = await owned()
    await name(id, tomas)
    const answers = await Promise.allSettled(
      Array.from({ length: 60 }, (_, value) => report([hanna, tomas, ben][value % 3] as Caller, id, value)),
    )
    expect(answers.map(({ status }) => status)).toEqual(
      answers.map((_, index) => (index % 3 === 2 ? 'rejected' : 'fulfilled')),
    )
  })

  test('does no more than that: edits nothing, decides on nothing, names nobody', async () => {
    const { hanna, tomas, ben } = marram
    const home = await group()
    const [id, child] = [await keyResult(hanna, home), await keyResult(hanna, home, { ownerId: idOf(ben) })]
    await name(id, tomas)
    await ben.call('key-results.contribute', { id: child, toKeyResultId: id, rollUp: 'sum' })
    for (const attempt of [
      () => tomas.call('key-results.edit', { id, title: 'Mine', reason: 'Mine' }),
      () => tomas.call('key-results.close', { id }),
      () => tomas.call('key-results.hand-over', { id, toId: idOf(tomas), reason: 'Mine' }),
      () => tomas.call('key-results.accept-contribution', { id: child }),
      () => tomas.call('key-results.contribute', { id, toKeyResultId: marram.keyResults.sales, rollUp: 'shown' }),
      () => tomas.call('key-results.name-delegate', { id, personId: idOf(ben) }),
    ])
      expect((await refused(attempt())).kind).toBe('forbidden')
  })

  test('is named by the owner or an administrator, and by nobody else', async () => {
    const { tomas, ben, ingrid, noor } = marram
    const home = await objective(noor, { level: 'group', cycleId: marram.cycles.quarter })
    const id = await keyResult(noor, home, { ownerId: idOf(tomas) })
    for (const who of [noor, ben, marram.hanna, marram.service('guest')])
      expect((await refused(who.call('key-results.name-delegate', { id, personId: idOf(ben) }))).kind).toBe('forbidden')
    await ingrid.call('key-results.name-delegate', { id, personId: idOf(ben) })
    expect((await report(ben, id)).data.ownerId).toBe(idOf(tomas))
  })

  test('is somebody who may: no guest, nobody who has left, not the owner, somebody at all, until a day to come', async () => {
    const { hanna, ingrid, tomas } = marram
    const id = await owned()
    const guest = await ingrid.call('people.create', { name: 'Eva Gast', role: 'guest' })
    const gone = await ingrid.call('people.create', { name: 'Gone', leftOn: '2026-11-01' })
    const program = await service('guest')
    const said: [Partial<InputOf<'key-results.name-delegate'>>, string][] = [
      [{ personId: guest.id }, '/personId field.guest'],
      [{ personId: gone.id }, '/personId field.person-left'],
      [{ personId: idOf(hanna) }, '/personId delegate.themselves'],
      [{ personId: marram.id as never }, '/personId field.names-nothing'],
      [{ serviceId: marram.id as never }, '/serviceId field.names-nothing'],
      [{ serviceId: serviceId(program) }, '/serviceId field.guest'],
      [{}, '/personId field.missing'],
      [{ personId: idOf(tomas), until: '2026-11-22' }, '/until field.past'],
    ]
    for (const [body, field] of said) {
      const no = await refused(hanna.call('key-results.name-delegate', { id, ...body }))
      expect(no.errors?.map(({ pointer, reason }) => `${pointer} ${reason.key}`)).toEqual([field])
    }
  })

  test('counts as part of the Key Result: whoever saw it before has to look again', async () => {
    const { hanna, tomas } = marram
    const id = await owned()
    const { version } = await name(id, tomas)
    const late = hanna.call('key-results.end-delegation', { id }, { ifMatch: version - 1 })
    expect((await refused(late)).rule).toBe('stale')
    expect((await refused(hanna.call('key-results.end-delegation', { id }, { ifMatch: undefined }))).rule).toBe(
      'if-match-required',
    )
  })
})

describe('It ends', () => {
  test('at once when the owner ends it, or whoever was named gives it back', async () => {
    const { hanna, tomas, ben } = marram
    const id = await owned()
    await name(id, tomas)
    await report(tomas, id)
    expect((await refused(ben.call('key-results.end-delegation', { id }))).kind).toBe('forbidden')
    expect((await hanna.call('key-results.end-delegation', { id })).delegate).toBeNull()
    await refuses(tomas, id)
    await name(id, tomas)
    await tomas.call('key-results.end-delegation', { id })
    await refuses(tomas, id)
  })

  test('when another is named in their place', async () => {
    const { tomas, ben } = marram
    const id = await owned()
    await name(id, tomas)
    await name(id, ben)
    await refuses(tomas, id)
    await report(ben, id)
  })

  test('when the day is over that was said, in the organization’s time zone', async () => {
    const { tomas, clock } = marram
    const id = await owned()
    await name(id, tomas, { until: '2026-11-24' })
    clock.set('2026-11-24T22:59:00.000Z')
    await report(tomas, id)
    clock.set('2026-11-24T23:00:30.000Z')
    await refuses(tomas, id)
    expect((await tomas.call('key-results.show', { id })).delegate).toBeNull()
    expect((await tomas.call('people.show', { id: idOf(tomas) })).reportsOnIds).not.toContain(id)
    clock.set('2026-11-24T23:30:00.000Z')
  })

  test('when the owner changes, by whichever way', async () => {
    const { hanna, tomas, ben, ingrid } = marram
    const [handed, edited, left] = [await owned(), await owned(), await owned()]
    for (const id of [handed, edited]) await name(id, tomas)
    await hanna.call('key-results.hand-over', { id: handed, toId: idOf(ben), reason: 'His now' })
    await hanna.call('key-results.edit', { id: edited, ownerId: idOf(ben), reason: 'His now' })
    const gone = marram.as(await ingrid.call('people.create', { name: 'Gone', managerId: idOf(hanna) }))
    await hanna.call('key-results.hand-over', { id: left, toId: idOf(gone), reason: 'Theirs now' })
    await gone.call('key-results.name-delegate', { id: left, personId: idOf(tomas) })
    await report(tomas, left)
    await ingrid.call('people.leave', { id: idOf(gone) })
    for (const id of [handed, edited, left]) await refuses(tomas, id)
    const same = await owned()
    await name(same, tomas)
    await hanna.call('key-results.edit', { id: same, ownerId: idOf(hanna), title: 'Other words', reason: 'Clearer' })
    await report(tomas, same)
  })

  test('when whoever was named leaves; the service that was named beside them stays', async () => {
    const { hanna, ingrid } = marram
    const id = await owned()
    const crm = await service()
    const gone = marram.as(await ingrid.call('people.create', { name: 'Gone', managerId: idOf(hanna) }))
    await name(id, gone, { serviceId: serviceId(crm), until: '2026-12-31' })
    await ingrid.call('people.leave', { id: idOf(gone) })
    expect((await hanna.call('key-results.show', { id })).delegate).toEqual({
      personId: null,
      serviceId: serviceId(crm),
      until: '2026-12-31',
    })
    await report(crm, id)
    await ingrid.call('people.return', { id: idOf(gone) })
    await refuses(gone, id)
  })
})

describe('A service that the owner allowed', () => {
  test('reports for them by the short way, and shows as itself', async () => {
    const { hanna } = marram
    const id = await owned()
    const crm = await service()
    await refuses(crm, id)
    await hanna.call('key-results.name-delegate', { id, serviceId: serviceId(crm) })
    const made = await report(crm, id, 5)
    expect(made.data).toMatchObject({ ownerId: idOf(hanna), reportedById: serviceId(crm) })
    expect(await wentTheShortWay(made.changeId)).toBe(true)
    await hanna.call('key-results.end-delegation', { id })
    await refuses(crm, id)
  })

  test('does so beside a person, where both are named', async () => {
    const { tomas } = marram
    const id = await owned()
    const crm = await service()
    await name(id, tomas, { serviceId: serviceId(crm) })
    for (const who of [tomas, crm]) await report(who, id)
  })
})

describe('What is private', () => {
  test('is reported on only by whom it is for: others are not named, and who is shut out later finds nothing', async () => {
    const { hanna, tomas, ben } = marram
    const home = await group({ visibility: 'named', viewerIds: [idOf(tomas)] })
    const id = await keyResult(hanna, home)
    const no = await refused(name(id, ben))
    expect(no.errors?.map(({ pointer, reason }) => `${pointer} ${reason.key}`)).toEqual([
      '/personId field.does-not-see',
    ])
    const crm = await service()
    expect(
      (await refused(hanna.call('key-results.name-delegate', { id, serviceId: serviceId(crm) }))).errors?.[0]?.reason
        .key,
    ).toBe('field.does-not-see')
    await name(id, tomas)
    await report(tomas, id)
    await hanna.call('objectives.edit', { id: home, viewerIds: [], reason: 'Among ourselves' })
    expect((await refused(report(tomas, id))).kind).toBe('not-found')
    expect((await tomas.call('people.show', { id: idOf(tomas) })).reportsOnIds).not.toContain(id)
    expect(
      (await tomas.call('key-results.list', { delegateId: idOf(tomas), limit: 200 })).items.map((one) => one.id),
    ).not.toContain(id)
  })
})

test('What a person is named to report on stands on their page, for whoever sees it', async () => {
  const { jun, hanna, ben } = marram
  const home = await group({ visibility: 'named', viewerIds: [idOf(jun)] })
  const [open, hidden] = [await owned(), await keyResult(hanna, home)]
  for (const id of [open, hidden]) await name(id, jun)
  expect((await jun.call('people.show', { id: idOf(jun) })).reportsOnIds).toEqual([open, hidden].toSorted())
  expect((await ben.call('people.show', { id: idOf(jun) })).reportsOnIds).toEqual([open])
})

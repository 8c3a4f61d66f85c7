import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { KeyResultId, KpiId, ObjectiveId, PersonId } from '#domain/id.ts'
import { letGo } from '#jobs/leaving.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, openOrganization, refused } from './harness.ts'

let marram: Company
let everything: pg.Client

async function open(now?: string): Promise<void> {
  marram = await openCompany(now)
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
}

async function close(): Promise<void> {
  await everything.end()
  await marram.close()
}

const leave = (who: PersonId, leftOn?: string) =>
  marram.ingrid.send('people.leave', { id: who, ...(leftOn ? { leftOn } : {}) })
const ownerOf = async (id: KeyResultId, who = marram.ingrid) => {
  const { ownerId, interim } = await who.call('key-results.show', { id })
  return { ownerId, interim }
}
const leadOf = async (id: ObjectiveId, who = marram.ingrid) => {
  const { leadId, leadInterim } = await who.call('objectives.show', { id })
  return { leadId, leadInterim }
}
const managerOf = async (id: PersonId) => (await marram.ingrid.call('people.show', { id })).managerId

/** Somebody new, below somebody. */
async function hire(
  name: string,
  manager: Caller | null,
  more: Partial<InputOf<'people.create'>> = {},
): Promise<Caller> {
  const managerId = manager && idOf(manager)
  return marram.as(await marram.ingrid.call('people.create', { name, managerId, ...more }), more.role ?? 'member')
}

const led = (who: Caller, more: Partial<Parameters<typeof objective>[1]> = {}) =>
  objective(who, { level: 'group', cycleId: marram.cycles.quarter, ...more })

describe('Priya leaves', () => {
  afterAll(() => close())
  const hidden = {} as {
    draft: ObjectiveId
    drafted: KeyResultId
    private: ObjectiveId
    within: KeyResultId
    named: KeyResultId
    others: ObjectiveId
  }
  let offered: ObjectiveId
  let kpi: KpiId
  let changeId: string | null

  beforeAll(async () => {
    await open()
    const { priya, maya, noor, objectives, cycles } = marram
    hidden.draft = await led(priya, { title: 'Not yet', draft: true })
    hidden.drafted = await keyResult(priya, hidden.draft, { draft: true })
    hidden.private = await led(priya, { visibility: 'named', viewerIds: [idOf(maya)] })
    hidden.within = await keyResult(priya, hidden.private)
    hidden.others = await led(noor, { visibility: 'named', viewerIds: [idOf(priya)] })
    hidden.named = await keyResult(noor, hidden.others, { ownerId: idOf(priya) })
    offered = await objective(maya, { level: 'individual', cycleId: cycles.quarter, alignedToId: objectives.america })
    await priya.call('check-ins.make', { id: marram.keyResults.salesAmerica, value: 1000 })
    kpi = (await priya.call('kpis.create', { name: 'Stations that answer', unit: '%' })).id
    changeId = (await leave(idOf(priya))).changeId
  })

  test('and what she owned and led is at once her manager’s, who holds it for now', async () => {
    const { daniel, ingrid, objectives, keyResults, groups } = marram
    const his = { ownerId: idOf(daniel), interim: true }
    for (const id of [keyResults.salesAmerica, keyResults.pilotToContract]) expect(await ownerOf(id)).toEqual(his)
    expect(await leadOf(objectives.america)).toEqual({ leadId: idOf(daniel), leadInterim: true })
    expect(await ingrid.call('groups.show', { id: groups.northAmerica })).toMatchObject({
      leadId: idOf(daniel),
      leadInterim: true,
    })
    expect(await ingrid.call('kpis.show', { id: kpi })).toMatchObject({ ownerId: idOf(daniel), interim: true })
    const { alignment } = await ingrid.call('objectives.show', { id: objectives.america })
    expect(alignment).toMatchObject({ state: 'accepted', accountableId: idOf(daniel) })
  })

  test('her drafts and what was private too, and still nobody else’s to see', async () => {
    const { priya, daniel, tomas, maya, ben, noor } = marram
    for (const id of [hidden.drafted, hidden.within, hidden.named])
      expect(await ownerOf(id, daniel)).toEqual({ ownerId: idOf(daniel), interim: true })
    for (const id of [hidden.draft, hidden.private])
      expect(await leadOf(id, daniel)).toEqual({ leadId: idOf(daniel), leadInterim: true })
    expect((await refused(ben.call('objectives.show', { id: hidden.draft }))).kind).toBe('not-found')
    expect((await refused(tomas.call('objectives.show', { id: hidden.private }))).kind).toBe('not-found')
    expect((await maya.call('objectives.show', { id: hidden.private })).viewerIds).toEqual([idOf(maya)])
    // He is not above whoever leads this one: he is let in, to see what he answers for.
    expect((await noor.call('objectives.show', { id: hidden.others })).viewerIds).toEqual([priya, daniel].map(idOf))
  })

  test('nothing of anybody else’s has changed hands', async () => {
    const { maya, tomas, keyResults, objectives } = marram
    expect(await ownerOf(keyResults.firstCallToPilot)).toEqual({ ownerId: idOf(maya), interim: false })
    expect(await leadOf(objectives.northeast)).toEqual({ leadId: idOf(maya), leadInterim: false })
    expect(await leadOf(objectives.south)).toEqual({ leadId: idOf(tomas), leadInterim: false })
  })

  test('her people report to her manager, and she keeps her role, her groups and her place', async () => {
    const { priya, maya, ben, luisa, daniel, groups } = marram
    for (const who of [maya, ben, luisa]) expect(await managerOf(idOf(who))).toBe(idOf(daniel))
    expect(await marram.ingrid.call('people.show', { id: idOf(priya) })).toMatchObject({
      role: 'member',
      managerId: idOf(daniel),
      groupIds: [groups.northAmerica],
      leftOn: '2026-11-23',
    })
    const { rows } = await everything.query(
      `select manager_id, valid_to = 'infinity' as now from people_history where id = $1 order by valid_from`,
      [idOf(maya)],
    )
    expect(rows.slice(-2)).toEqual([
      { manager_id: idOf(priya), now: false },
      { manager_id: idOf(daniel), now: true },
    ])
  })

  test('what was offered to her is decided by whoever holds it now', async () => {
    const { priya, daniel } = marram
    expect((await refused(priya.call('objectives.accept-alignment', { id: offered }))).kind).toBe('forbidden')
    expect(await daniel.call('objectives.accept-alignment', { id: offered })).toMatchObject({
      state: 'accepted',
      onBehalf: false,
    })
  })

  test('she reports no more, he does, and what she reported stays hers', async () => {
    const { priya, daniel, keyResults } = marram
    const id = keyResults.salesAmerica
    expect((await refused(priya.call('check-ins.make', { id, value: 2000 }))).kind).toBe('forbidden')
    expect(await daniel.call('check-ins.make', { id, value: 3000 })).toMatchObject({
      ownerId: idOf(daniel),
      reportedById: idOf(daniel),
    })
    const { items } = await daniel.call('check-ins.list', { id })
    expect(items.map((item) => item.ownerId)).toEqual([daniel, priya].map(idOf))
  })

  test('his page and the lists say what waits to be handed over, each reader of what they see', async () => {
    const { daniel, ben, keyResults, objectives, groups } = marram
    const open = [keyResults.salesAmerica, keyResults.pilotToContract]
    const page = await daniel.call('people.show', { id: idOf(daniel) })
    expect(page.interim.keyResultIds.toSorted()).toEqual(
      [...open, hidden.drafted, hidden.within, hidden.named].toSorted(),
    )
    expect(page.interim).toMatchObject({ groupIds: [groups.northAmerica], kpiIds: [kpi] })
    const seen = await ben.call('people.show', { id: idOf(daniel) })
    expect(seen.interim.keyResultIds.toSorted()).toEqual(open.toSorted())
    expect(seen.interim.objectiveIds).toEqual([objectives.america])
    const listed = await ben.call('key-results.list', { interim: 'true' })
    expect(listed.items.map(({ id }) => id).toSorted()).toEqual(open.toSorted())
    expect((await ben.call('key-results.list', { interim: 'false', ownerId: idOf(daniel) })).items).toHaveLength(1)
    expect((await ben.call('objectives.list', { leadInterim: 'true' })).items.map(({ id }) => id)).toEqual([
      objectives.america,
    ])
    expect((await ben.call('objectives.list', { leadInterim: 'false', leadId: idOf(daniel) })).items).toEqual([])
  })

  test('it is one change, and nothing in it tells of what is hidden', async () => {
    const { tomas } = marram
    await marram.drain()
    const { items } = await tomas.call('activity.list', { limit: 200 })
    const told = items.filter((item) => item.changeId === changeId)
    expect(new Set(told.map(({ operation }) => operation))).toEqual(new Set(['people.leave']))
    expect(told.map(({ nounId }) => nounId)).toContain(marram.keyResults.salesAmerica)
    for (const id of [hidden.draft, hidden.drafted, hidden.private, hidden.within])
      expect(JSON.stringify(items)).not.toContain(id)
  })

  test('who has left is given nothing more, and manages nobody', async () => {
    const { priya, ingrid, groups, objectives, keyResults } = marram
    const to = idOf(priya)
    const reason = 'She was good at it'
    const attempts: [() => Promise<unknown>, string][] = [
      [() => ingrid.call('groups.edit', { id: groups.northAmerica, leadId: to }), '/leadId'],
      [() => ingrid.call('groups.create', { name: 'Maine', leadId: to }), '/leadId'],
      [() => ingrid.call('objectives.edit', { id: objectives.america, leadId: to, reason }), '/leadId'],
      [() => ingrid.call('key-results.edit', { id: keyResults.salesAmerica, ownerId: to, reason }), '/ownerId'],
      [() => ingrid.call('key-results.hand-over', { id: keyResults.salesAmerica, toId: to, reason }), '/toId'],
      [() => ingrid.call('people.edit', { id: idOf(marram.ben), managerId: to }), '/managerId'],
      [() => ingrid.call('people.create', { name: 'Ida Berg', managerId: to }), '/managerId'],
    ]
    for (const [attempt, pointer] of attempts)
      expect((await refused(attempt())).errors).toEqual([
        { pointer, reason: { key: 'field.person-left', values: { name: 'Priya Raman' } } },
      ])
  })

  test('and when she returns she is where she was, without what others hold now', async () => {
    const { priya, ingrid, daniel, keyResults } = marram
    const back = await ingrid.call('people.return', { id: idOf(priya), reason: 'She missed the water' })
    expect(back).toMatchObject({ leftOn: null, role: 'member', managerId: idOf(daniel) })
    expect(await ownerOf(keyResults.salesAmerica)).toEqual({ ownerId: idOf(daniel), interim: true })
    expect(await managerOf(idOf(marram.maya))).toBe(idOf(daniel))
    const handed = { id: keyResults.salesAmerica, toId: idOf(priya), reason: 'It is hers again' }
    expect(await daniel.call('key-results.hand-over', handed)).toMatchObject({ ownerId: idOf(priya), interim: false })
  })
})

describe('What somebody leaves', () => {
  beforeAll(() => open())
  afterAll(() => close())

  test('passes over managers who have left, and over guests, to the nearest who is here', async () => {
    const { daniel } = marram
    const [above, guest] = [await hire('Above', daniel), await hire('Guest above', daniel, { role: 'guest' })]
    const below = await hire('Below', above)
    const id = await keyResult(below, await led(below))
    await leave(idOf(above))
    await marram.ingrid.call('people.edit', { id: idOf(below), managerId: idOf(guest) })
    await leave(idOf(below))
    expect(await ownerOf(id)).toEqual({ ownerId: idOf(daniel), interim: true })
  })

  test('passes to the administrator who has been here longest, where nobody is above', async () => {
    const { ingrid } = marram
    await hire('New administrator', null, { role: 'administrator', joinedOn: '2026-01-01' })
    const oldest = await hire('Old administrator', null, { role: 'administrator', joinedOn: '1999-01-01' })
    const alone = await hire('Alone', null)
    const id = await keyResult(alone, await led(alone))
    await leave(idOf(alone))
    expect(await ownerOf(id)).toEqual({ ownerId: idOf(oldest), interim: true })
    await leave(idOf(oldest))
    expect((await ownerOf(id)).ownerId).not.toBe(idOf(oldest))
    expect((await ownerOf(id)).interim).toBe(true)
    expect((await ingrid.call('people.show', { id: idOf(alone) })).managerId).toBeNull()
  })

  test('passes on again when whoever holds it for now leaves too', async () => {
    const { daniel, ingrid } = marram
    const above = await hire('Above', daniel)
    const below = await hire('Below', above)
    const id = await keyResult(below, await led(below))
    await leave(idOf(below))
    expect((await ownerOf(id)).ownerId).toBe(idOf(above))
    await leave(idOf(above))
    expect(await ownerOf(id, ingrid)).toEqual({ ownerId: idOf(daniel), interim: true })
  })

  test('passes on in every state: closed, postponed and cancelled too; what was thrown away is nobody’s', async () => {
    const who = await hire('Of many states', marram.daniel)
    const home = await led(who)
    const ids = [await keyResult(who, home), await keyResult(who, home), await keyResult(who, home)] as const
    await who.call('key-results.close', { id: ids[0] })
    await who.call('key-results.postpone', { id: ids[1] })
    await who.call('key-results.cancel', { id: ids[2] })
    const thrown = await keyResult(who, home, { draft: true })
    await who.call('key-results.discard', { id: thrown })
    await leave(idOf(who))
    for (const id of ids) expect(await ownerOf(id)).toEqual({ ownerId: idOf(marram.daniel), interim: true })
    const { rows } = await everything.query('select owner_id from key_results where id = $1', [thrown])
    expect(rows).toEqual([{ owner_id: idOf(who) }])
  })

  test('changes no figure', async () => {
    const who = await hire('Of figures', marram.daniel)
    const home = await led(who)
    const id = await keyResult(who, home)
    await who.call('check-ins.make', { id, value: 150000 })
    const before = await marram.ingrid.call('objectives.show', { id: home })
    await leave(idOf(who))
    expect((await marram.ingrid.call('objectives.show', { id: home })).progress).toBe(before.progress)
    expect((await marram.ingrid.call('key-results.show', { id })).current).toBe('150000')
  })

  test('is the same by a patch of the day, and it is once: said again, nothing more happens', async () => {
    const who = await hire('By a patch', marram.daniel)
    const id = await keyResult(who, await led(who))
    const left = await marram.ingrid.send('people.edit', { id: idOf(who), leftOn: '2026-11-02' })
    expect(await ownerOf(id)).toEqual({ ownerId: idOf(marram.daniel), interim: true })
    const again = await marram.ingrid.send('people.leave', { id: idOf(who), leftOn: '2026-11-02' })
    expect([left.changeId === null, again.changeId]).toEqual([false, null])
  })

  test('a day that is to come changes nothing yet, and can be taken back', async () => {
    const who = await hire('To leave', marram.daniel)
    const id = await keyResult(who, await led(who))
    expect((await leave(idOf(who), '2026-12-24')).data.leftOn).toBe('2026-12-24')
    expect(await ownerOf(id)).toEqual({ ownerId: idOf(who), interim: false })
    expect((await marram.ingrid.call('people.return', { id: idOf(who) })).leftOn).toBeNull()
    expect((await marram.ingrid.send('people.return', { id: idOf(who) })).changeId).toBeNull()
  })

  test('is let go by administrators alone', async () => {
    const { ben, daniel, luisa } = marram
    for (const who of [ben, daniel, luisa, marram.service('guest')]) {
      expect((await refused(who.call('people.leave', { id: idOf(luisa) }))).kind).toBe('forbidden')
      expect((await refused(who.call('people.return', { id: idOf(luisa) }))).kind).toBe('forbidden')
    }
  })
})

describe('The last administrator', () => {
  beforeAll(() => open())
  afterAll(() => close())
  const no = { kind: 'refused', rule: 'last-administrator' }

  test('does not leave, today or some day, and becomes nothing less', async () => {
    const { ingrid } = marram
    const id = idOf(ingrid)
    for (const attempt of [
      () => leave(id),
      () => leave(id, '2027-06-30'),
      () => ingrid.call('people.edit', { id, leftOn: '2026-01-01' }),
      () => ingrid.call('people.edit', { id, role: 'member' }),
    ])
      expect(await refused(attempt())).toMatchObject(no)
    expect((await ingrid.call('people.show', { id })).leftOn).toBeNull()
  })

  test('may, when there is another who stays; of two with a last day one has to stay', async () => {
    const { ingrid, jun } = marram
    await ingrid.call('people.edit', { id: idOf(jun), role: 'administrator' })
    await leave(idOf(jun), '2027-06-30')
    expect(await refused(leave(idOf(ingrid), '2027-03-31'))).toMatchObject(no)
    await ingrid.call('people.return', { id: idOf(jun) })
    await leave(idOf(ingrid))
    expect((await jun.call('people.show', { id: idOf(ingrid) })).leftOn).toBe('2026-11-23')
    expect(await leadOf(marram.objectives.growth, jun)).toEqual({ leadId: idOf(jun), leadInterim: true })
    expect((await jun.call('people.show', { id: idOf(marram.daniel) })).managerId).toBeNull()
  })

  test('is not undone away either', async () => {
    const jun = marram.as({ id: idOf(marram.jun) }, 'administrator')
    const ben = marram.as({ id: idOf(marram.ben) }, 'administrator')
    const made = await jun.send('people.edit', { id: idOf(ben), role: 'administrator' })
    await jun.call('people.leave', { id: idOf(jun) })
    expect(await refused(ben.call('changes.undo', { id: made.changeId as never }))).toMatchObject(no)
    expect((await ben.call('people.show', { id: idOf(ben) })).role).toBe('administrator')
  })
})

test('Where nobody is above and nobody administers, whoever holds something stays', async () => {
  const small = await openOrganization()
  const { administrator } = small
  const alone = small.as(await administrator.call('people.create', { name: 'Alone' }))
  const cycle = await administrator.call('cycles.create', { name: 'Q4', startsOn: '2026-10-01', endsOn: '2026-12-31' })
  const home = await objective(alone, { cycleId: cycle.id })
  const no = await refused(administrator.call('people.leave', { id: idOf(alone) }))
  expect(no).toMatchObject({ kind: 'refused', rule: 'one-owner', reason: { key: 'rule.one-owner.nobody-above' } })
  await administrator.call('people.leave', { id: idOf(alone), leftOn: '2026-10-13' })
  small.clock.set('2026-10-13T08:00:00.000Z')
  await letGo(small.services, console)
  expect((await administrator.call('objectives.show', { id: home })).leadId).toBe(idOf(alone))
  const chief = await administrator.call('people.create', { name: 'Chief', role: 'administrator' })
  await administrator.call('groups.create', { name: 'Any write' })
  expect(await administrator.call('objectives.show', { id: home })).toMatchObject({
    leadId: chief.id,
    leadInterim: true,
  })
  await small.close()
})

describe('When the day has come', () => {
  beforeAll(() => open('2026-11-23T08:00:00.000Z'))
  afterAll(() => close())
  const changesOf = async (id: PersonId) => {
    const { rows } = await everything.query(
      `select c.operation, c.actor_id, c.on_the_machine from changes c join change_entries e on e.change_id = c.id
       where e.noun_id = $1 and e.noun = 'people' and (e.after ->> 'hasLeft')::boolean`,
      [id],
    )
    return rows
  }
  const PRODUCT = { operation: 'people.leave', actor_id: '00000000-0000-7000-8000-000000000002', on_the_machine: false }

  test('the job passes on what they held, at the organization’s midnight and as the product’s own change, once', async () => {
    const { services, clock, daniel } = marram
    const who = await hire('Of midnight', daniel)
    const id = await keyResult(who, await led(who))
    await leave(idOf(who), '2026-11-25')
    clock.set('2026-11-24T22:59:00.000Z')
    await letGo(services, console)
    expect(await ownerOf(id)).toEqual({ ownerId: idOf(who), interim: false })
    clock.set('2026-11-24T23:00:01.000Z')
    await letGo(services, console)
    expect(await ownerOf(id)).toEqual({ ownerId: idOf(daniel), interim: true })
    await letGo(services, console)
    expect(await changesOf(idOf(who))).toEqual([PRODUCT])
    const then = await marram.ingrid.call('key-results.show', { id, asOf: '2026-11-24' })
    expect(then).toMatchObject({ ownerId: idOf(who), interim: false })
  })

  test('the first write does it, whoever writes and whatever, and what it writes comes after', async () => {
    const { clock, daniel, tomas } = marram
    const who = await hire('Of the first write', daniel)
    const id = await keyResult(who, await led(who))
    await leave(idOf(who), '2026-11-26')
    clock.set('2026-11-26T08:00:00.000Z')
    const written = await tomas.send('objectives.create', { title: 'Any write', cycleId: marram.cycles.quarter })
    expect(await ownerOf(id)).toEqual({ ownerId: idOf(daniel), interim: true })
    expect(await changesOf(idOf(who))).toEqual([PRODUCT])
    const { rows } = await everything.query('select noun_id from change_entries where change_id = $1', [
      written.changeId,
    ])
    expect(rows).toEqual([{ noun_id: written.data.id }])
  })

  test('a check-in does it too, also of somebody else’s Key Result', async () => {
    const { clock, daniel, tomas, keyResults } = marram
    const who = await hire('Of a check-in', daniel)
    const id = await keyResult(who, await led(who))
    await who.call('key-results.name-delegate', { id, personId: idOf(tomas) })
    await leave(idOf(who), '2026-11-27')
    await tomas.call('check-ins.make', { id, value: 1 })
    clock.set('2026-11-27T08:00:00.000Z')
    await tomas.call('check-ins.make', { id: keyResults.salesSouth, value: 5 })
    expect(await ownerOf(id)).toEqual({ ownerId: idOf(daniel), interim: true })
    expect((await refused(tomas.call('check-ins.make', { id, value: 2 }))).kind).toBe('forbidden')
  })

  test('of two who are let go at once each passes to who stays', async () => {
    const { daniel } = marram
    const above = await hire('Goes at once too', daniel)
    const below = await hire('Goes at once', above)
    const ids = [await keyResult(below, await led(below)), await keyResult(above, await led(above))]
    await Promise.all([leave(idOf(below)), leave(idOf(above))])
    for (const id of ids) expect(await ownerOf(id)).toEqual({ ownerId: idOf(daniel), interim: true })
  })

  test('of two who go at once each passes to who stays: not one to the other', async () => {
    const { clock, services, daniel } = marram
    const above = await hire('Goes too', daniel)
    const below = await hire('Goes', above)
    const [mine, theirs] = [await keyResult(below, await led(below)), await keyResult(above, await led(above))]
    const stays = await hire('Stays', below)
    await leave(idOf(above), '2026-11-28')
    await leave(idOf(below), '2026-11-28')
    clock.set('2026-11-28T08:00:00.000Z')
    await letGo(services, console)
    for (const id of [mine, theirs]) expect(await ownerOf(id)).toEqual({ ownerId: idOf(daniel), interim: true })
    expect(await managerOf(idOf(stays))).toBe(idOf(daniel))
    const { rows } = await everything.query(
      `select count(distinct change_id)::int as changes from change_entries where noun_id = any($1) and (after ->> 'hasLeft')::boolean`,
      [[above, below].map(idOf)],
    )
    expect(rows).toEqual([{ changes: 1 }])
  })

  test('a refused write passes nothing on, and leaves nothing half done', async () => {
    const { clock, services, daniel, tomas } = marram
    const who = await hire('Of a refusal', daniel)
    const id = await keyResult(who, await led(who))
    await leave(idOf(who), '2026-11-29')
    clock.set('2026-11-29T08:00:00.000Z')
    await refused(tomas.call('objectives.close', { id: marram.objectives.growth }))
    expect((await ownerOf(id)).ownerId).toBe(idOf(who))
    await letGo(services, console)
    expect((await ownerOf(id)).ownerId).toBe(idOf(daniel))
  })

  test('whoever comes back has the nearest manager who is still here', async () => {
    const { daniel, ingrid } = marram
    const above = await hire('Left meanwhile', daniel)
    const who = await hire('Comes back', above)
    await leave(idOf(who))
    await leave(idOf(above))
    expect(await managerOf(idOf(who))).toBe(idOf(above))
    expect((await ingrid.call('people.return', { id: idOf(who) })).managerId).toBe(idOf(daniel))
  })
})

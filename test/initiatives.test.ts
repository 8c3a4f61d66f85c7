import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InitiativeId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
/** Noor's Objective, and Maya's Key Result of it, with which Ben helps. */
let home: ObjectiveId
let stations: KeyResultId

beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())
beforeEach(async () => {
  const { noor, maya, ben, groups, cycles } = marram
  home = await objective(noor, { level: 'group', groupId: groups.forecasting, cycleId: cycles.quarter })
  stations = await keyResult(noor, home, { ownerId: idOf(maya), contributorIds: [idOf(ben)] })
})

const write = (who: Caller, title = 'Visit ten ports', id = stations) => who.call('initiatives.create', { id, title })
const kind = async (attempt: Promise<unknown>) => (await refused(attempt)).kind

describe('An Initiative', () => {
  test('is written down by whoever owns the Key Result, helps with it or leads its Objective', async () => {
    const { maya, ben, noor, ingrid } = marram
    for (const who of [maya, ben, noor, ingrid])
      expect(await write(who)).toMatchObject({ state: 'planned', leadId: idOf(who), keyResultId: stations, links: [] })
    for (const who of [marram.tomas, marram.luisa, marram.service('guest')])
      expect(await kind(write(who))).toBe('forbidden')
    expect((await marram.tomas.call('initiatives.list', { id: stations })).items).toHaveLength(4)
  })

  test('has a note, a day, a lead and links to the tools where the work lives', async () => {
    const { maya, luisa } = marram
    const made = await maya.call('initiatives.create', {
      ...{ id: stations, title: 'Visit ten ports', note: 'By boat', dueOn: '2026-12-01', leadId: idOf(luisa) },
      links: [{ url: 'https://board.marram.example/7', title: 'Board' }, { url: 'http://wiki.marram.example/ports' }],
    })
    expect(made).toMatchObject({
      ...{ note: 'By boat', dueOn: '2026-12-01', leadId: idOf(luisa), authorId: idOf(maya) },
      links: [
        { url: 'https://board.marram.example/7', title: 'Board' },
        { url: 'http://wiki.marram.example/ports', title: null },
      ],
    })
    const same = await luisa.send('initiatives.edit', { id: made.id, links: made.links })
    expect([same.changeId, same.data]).toEqual([null, made])
    expect(await luisa.call('initiatives.edit', { id: made.id, note: null, dueOn: null, links: [] })).toMatchObject({
      ...{ note: null, dueOn: null, links: [], version: made.version + 1 },
    })
  })

  test.each(['javascript:alert(1)', 'ftp://marram.example', 'https://', 'board', 'data:text/html,x'])(
    'links to nothing but the web: not %s',
    async (url) => {
      const facts = await refused(
        marram.maya.call('initiatives.create', { id: stations, title: 'Visit', links: [{ url, title: null }] }),
      )
      expect(facts.errors).toEqual([{ pointer: '/links/0/url', reason: { key: 'field.web-address', values: {} } }])
    },
  )

  test('is changed by its lead, the owner, whoever leads the Objective or its group, and administrators', async () => {
    const { maya, ben, noor, ingrid, luisa, jun, administrator } = marram
    const { id } = await maya.call('initiatives.create', { id: stations, title: 'Visit', leadId: idOf(luisa) })
    for (const who of [luisa, maya, noor, ingrid, administrator])
      expect(await who.call('initiatives.edit', { id, title: `Visit for ${idOf(who) ?? 'a service'}` })).toMatchObject({
        id,
      })
    for (const who of [ben, jun, marram.service('guest')]) {
      expect(await kind(who.call('initiatives.edit', { id, title: 'Mine' }))).toBe('forbidden')
      expect(await kind(who.call('initiatives.finish', { id }))).toBe('forbidden')
    }
  })

  test('is started, finished, dropped and gone on with, each a verb of its own', async () => {
    const { maya } = marram
    const { id } = await write(maya)
    const ways: [verb: 'start' | 'finish' | 'drop' | 'reopen', state: string][] = [
      ['start', 'started'],
      ['finish', 'finished'],
      ['reopen', 'started'],
      ['drop', 'dropped'],
      ['reopen', 'started'],
    ]
    for (const [verb, state] of ways)
      expect((await maya.call(`initiatives.${verb}`, { id, reason: 'It was time' })).state, verb).toBe(state)
    expect(await refused(maya.call('initiatives.start', { id }))).toMatchObject({
      rule: 'life',
      reason: { values: { verb: 'start', state: 'started' } },
    })
    expect((await maya.call('initiatives.list', { id: stations, state: 'started' })).items).toHaveLength(1)
    expect((await maya.call('initiatives.list', { id: stations, state: 'planned' })).items).toHaveLength(0)
  })

  test('counts into no progress', async () => {
    const { maya } = marram
    const { id } = await write(maya)
    await maya.call('initiatives.finish', { id })
    const { current, progress } = await maya.call('key-results.show', { id: stations })
    expect([current, progress]).toEqual(['0', '0'])
    expect((await maya.call('objectives.show', { id: home })).progress).toBe('0')
  })

  test('moves to another Key Result, if whoever moves it may write there', async () => {
    const { maya, noor, hanna } = marram
    const { id } = await write(maya)
    const theirs = await keyResult(hanna, await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter }))
    const move = (who: Caller, keyResultId: KeyResultId) => who.call('initiatives.edit', { id, keyResultId })
    expect(await kind(move(maya, theirs))).toBe('forbidden')
    const other = await keyResult(noor, home, { contributorIds: [idOf(maya)] })
    expect(await move(maya, other)).toMatchObject({ keyResultId: other })
    expect((await maya.call('initiatives.list', { id: stations })).items).toEqual([])
    const hidden = await keyResult(
      hanna,
      await objective(hanna, { visibility: 'named', cycleId: marram.cycles.quarter }),
    )
    expect(await kind(move(maya, hidden))).toBe('not-found')
  })

  test('is not written under what is over', async () => {
    const { maya } = marram
    await maya.call('key-results.close', { id: stations })
    expect(await refused(write(maya))).toMatchObject({ rule: 'life' })
  })

  test('is seen by whoever sees its Key Result, and by nobody else, in no way', async () => {
    const { hanna, tomas } = marram
    const secret = await objective(hanna, { title: 'Secret', visibility: 'named', cycleId: marram.cycles.quarter })
    const key = await keyResult(hanna, secret)
    const { id } = await write(hanna, 'Secret', key)
    const attempts: ((who: Caller) => Promise<unknown>)[] = [
      (who) => who.call('initiatives.show', { id }),
      (who) => who.call('initiatives.list', { id: key }),
      (who) => who.call('initiatives.edit', { id, title: 'Mine' }),
      (who) => who.call('initiatives.finish', { id }),
    ]
    for (const attempt of attempts) expect(await kind(attempt(tomas))).toBe('not-found')
    expect(await marram.daniel.call('initiatives.show', { id })).toMatchObject({ title: 'Secret' })
  })

  test('is told in the activity of its Objective, to the version that was seen', async () => {
    const { maya, ben } = marram
    const made = await write(maya)
    await maya.call('initiatives.start', { id: made.id })
    const late = maya.call('initiatives.edit', { id: made.id, title: 'Late' }, { ifMatch: made.version })
    expect(await refused(late)).toMatchObject({ rule: 'stale', details: { current: { state: 'started' } } })
    const { items } = await ben.call('activity.list', { objectiveId: home })
    expect(items.slice(0, 2)).toMatchObject([
      { operation: 'initiatives.start', noun: 'initiative', nounId: made.id, fields: ['state'] },
      { operation: 'initiatives.create', noun: 'initiative', nounId: made.id },
    ])
  })

  test('of somebody who has left is nobody’s to do; a service’s is the owner’s', async () => {
    const { administrator, maya } = marram
    const gone = await administrator.call('people.create', { name: 'Gone Already', leftOn: '2026-11-01' })
    const facts = await refused(maya.call('initiatives.create', { id: stations, title: 'Visit', leadId: gone.id }))
    expect(facts.errors?.[0]?.pointer).toBe('/leadId')
    const byService = await administrator.call('initiatives.create', { id: stations, title: 'Visit' })
    expect(byService.leadId).toBe(idOf(maya))
    const guest = await administrator.call('people.create', { name: 'Only Looking', role: 'guest' })
    expect(await kind(maya.call('initiatives.edit', { id: byService.id, leadId: guest.id }))).toBe('invalid')
    const nothing = '01900000-0000-7000-8000-000000000000' as InitiativeId
    expect(await kind(maya.call('initiatives.show', { id: nothing }))).toBe('not-found')
  })

  test('is their manager’s at once when whoever does it leaves; what was finished is the owner’s to go on with', async () => {
    const { maya, noor, administrator } = marram
    const ida = await administrator.call('people.create', { name: 'Ida Berg', managerId: idOf(noor) })
    const written = async (title: string) =>
      (await maya.call('initiatives.create', { id: stations, title, leadId: ida.id })).id
    const [todo, done, given] = [await written('To do'), await written('Done'), await written('Given')]
    await maya.call('initiatives.finish', { id: done })
    const giving = await maya.send('initiatives.edit', { id: given, leadId: idOf(maya) })
    await administrator.call('people.leave', { id: ida.id })
    const leads = async () =>
      Promise.all([todo, done, given].map(async (id) => (await maya.call('initiatives.show', { id })).leadId))
    expect(await leads()).toEqual([idOf(noor), ida.id, idOf(maya)])
    await maya.call('initiatives.reopen', { id: done })
    expect(await leads()).toEqual([idOf(noor), idOf(maya), idOf(maya)])
    // Undone, it would be hers again.
    const undone = maya.call('changes.undo', { id: giving.changeId as never })
    expect(await refused(undone)).toMatchObject({ rule: 'touched-since' })
    await noor.call('people.hand-over', { id: idOf(noor), toId: idOf(maya), reason: 'I am away for long' })
    expect(await leads()).toEqual([idOf(maya), idOf(maya), idOf(maya)])
  })
})

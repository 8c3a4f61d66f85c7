import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { KeyResultId, PersonId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

/** Today is Monday, 23 November 2026; each story is about somebody who has never been away before. */
let marram: Company
let everything: pg.Client
let who: Caller
beforeAll(async () => {
  marram = await openCompany()
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
})
beforeEach(async () => {
  who = marram.as(await marram.ingrid.call('people.create', { name: 'Away', managerId: idOf(marram.priya) }))
})
afterAll(async () => {
  await everything.end()
  await marram.close()
})

const away = (from: string, until: string, delegate: Caller | null = null, by = who) =>
  by.call('people.announce-absence', { id: idOf(who), from, until, delegateId: delegate && idOf(delegate) })
const end = (by = who) => by.call('people.end-absence', { id: idOf(who) })
const page = (id: PersonId = idOf(who)) => marram.ben.call('people.show', { id })
const spans = async () => (await page()).absences.map(({ from, until }) => `${from} ${until}`)
const report = (by: Caller, id: KeyResultId) => by.send('check-ins.make', { id, value: 1 })
const owned = async () => keyResult(who, await objective(who, { cycleId: marram.cycles.quarter }))

describe('While somebody is away', () => {
  test('whoever stands in reports for all that they own, and it shows', async () => {
    const { ben } = marram
    const [first, second] = [await owned(), await owned()]
    expect((await refused(report(ben, first))).kind).toBe('forbidden')
    await away('2026-11-23', '2026-11-27', ben)
    for (const id of [first, second]) {
      const made = await report(ben, id)
      expect(made.data).toMatchObject({ ownerId: idOf(who), reportedById: idOf(ben) })
    }
    await ben.call('changes.make', {
      calls: [{ method: 'POST', path: `/v1/key-results/${first}/check-ins`, body: { value: 2 } }],
    })
    await report(who, first)
  })

  test('and not before, nor after, in the organization’s time zone', async () => {
    const { ben, clock } = marram
    const id = await owned()
    await away('2026-11-24', '2026-11-25', ben)
    const at = async (instant: string) => {
      clock.set(instant)
      return (await report(ben, id).then(
        () => 'reported',
        ({ facts }) => facts.kind,
      )) as string
    }
    const said = []
    for (const instant of [
      '2026-11-23T22:58:00Z',
      '2026-11-23T23:01:00Z',
      '2026-11-25T22:58:00Z',
      '2026-11-25T23:01:00Z',
    ])
      said.push(await at(instant))
    expect(said).toEqual(['forbidden', 'reported', 'reported', 'forbidden'])
    clock.set('2026-11-23T08:00:00.000Z')
  })

  test('their page says so, and that of whoever stands in', async () => {
    const { ben } = marram
    await away('2026-11-20', '2026-11-27', ben)
    await away('2026-12-21', '2027-01-03')
    expect(await page()).toMatchObject({
      isAway: true,
      standInId: idOf(ben),
      absences: [
        { from: '2026-11-20', until: '2026-11-27', delegateId: idOf(ben) },
        { from: '2026-12-21', until: '2027-01-03', delegateId: null },
      ],
    })
    expect((await page(idOf(ben))).standsInFor).toContainEqual({
      personId: idOf(who),
      from: '2026-11-20',
      until: '2026-11-27',
    })
    expect(await page(idOf(marram.luisa))).toMatchObject({
      isAway: false,
      standInId: null,
      absences: [],
      standsInFor: [],
    })
  })

  test('nobody stands in who has left since, and who has left is not away', async () => {
    const { ingrid, priya } = marram
    const id = await owned()
    const gone = marram.as(await ingrid.call('people.create', { name: 'Gone', managerId: idOf(priya) }))
    await away('2026-11-20', '2026-11-27', gone)
    await ingrid.call('people.leave', { id: idOf(gone) })
    expect((await page()).standInId).toBeNull()
    expect((await refused(report(gone, id))).kind).toBe('forbidden')
    await ingrid.call('people.leave', { id: idOf(who) })
    expect(await page()).toMatchObject({ isAway: false, absences: [] })
  })

  test('what is private is not open to whoever stands in', async () => {
    const { ben } = marram
    const home = await objective(who, { cycleId: marram.cycles.quarter, visibility: 'named' })
    const id = await keyResult(who, home)
    await away('2026-11-20', '2026-11-27', ben)
    expect((await refused(report(ben, id))).kind).toBe('not-found')
  })
})

describe('An absence', () => {
  test('is announced and ended by themselves, those above them and administrators', async () => {
    const { priya, daniel, ingrid, ben, hanna } = marram
    for (const by of [who, priya, daniel, ingrid]) {
      await away('2026-11-23', '2026-11-27', null, by)
      await end(by)
    }
    for (const by of [ben, hanna, marram.service('member'), marram.service('guest')]) {
      expect((await refused(away('2026-11-23', '2026-11-27', null, by))).kind).toBe('forbidden')
      expect((await refused(end(by))).kind).toBe('forbidden')
    }
  })

  test('takes the place of those that it shares a day with; others stand beside it', async () => {
    await away('2026-12-21', '2027-01-03')
    await away('2026-12-01', '2026-12-04')
    expect(await spans()).toEqual(['2026-12-01 2026-12-04', '2026-12-21 2027-01-03'])
    await away('2026-12-04', '2026-12-22')
    expect(await spans()).toEqual(['2026-12-04 2026-12-22'])
    await away('2026-12-04', '2026-12-05')
    expect(await spans()).toEqual(['2026-12-04 2026-12-05'])
  })

  test('of which some days are over keeps them when it changes or ends', async () => {
    await away('2026-11-16', '2026-11-27')
    await away('2026-11-25', '2026-12-04')
    expect(await days()).toEqual(['2026-11-16 2026-11-22', '2026-11-25 2026-12-04'])
    await end()
    expect(await days()).toEqual(['2026-11-16 2026-11-22'])
    await away('2026-11-20', '2026-11-30')
    await end()
    expect(await days()).toEqual(['2026-11-16 2026-11-19', '2026-11-20 2026-11-22'])
  })

  async function days(): Promise<string[]> {
    const { rows } = await everything.query(
      'select starts_on::text, ends_on::text from absences where person_id = $1 order by 1',
      [idOf(who)],
    )
    return rows.map((row) => `${row.starts_on} ${row.ends_on}`)
  }

  test('of the past is kept too, for what was missed meanwhile', async () => {
    await away('2026-11-02', '2026-11-06')
    expect([await spans(), await days()]).toEqual([[], ['2026-11-02 2026-11-06']])
  })

  test('that is under way ends, else the next one is taken back, else there is none', async () => {
    await away('2026-11-20', '2026-11-27')
    await away('2026-12-21', '2027-01-03')
    expect((await end()).absences).toMatchObject([{ from: '2026-12-21' }])
    expect((await end()).absences).toEqual([])
    expect((await refused(end())).kind).toBe('not-found')
  })

  test('is known with what was known then', async () => {
    const { clock } = marram
    await away('2026-12-01', '2026-12-04', marram.ben)
    const then = clock.now().toISOString()
    await away('2026-12-01', '2026-12-18', marram.luisa)
    const { rows } = await everything.query(
      `select starts_on::text, ends_on::text, delegate_id from absences_history
       where person_id = $1 and valid_from <= $2 and $2 < valid_to`,
      [idOf(who), then],
    )
    expect(rows).toEqual([{ starts_on: '2026-12-01', ends_on: '2026-12-04', delegate_id: idOf(marram.ben) }])
  })

  test('counts as part of the person: the version goes up, and one that changes nothing is no change', async () => {
    const { version } = await page()
    const sent = await who.send(
      'people.announce-absence',
      { id: idOf(who), from: '2026-12-01', until: '2026-12-04' },
      { ifMatch: version },
    )
    expect([sent.etag, sent.data.version]).toEqual([`"${version + 1}"`, version + 1])
    const again = await who.send('people.announce-absence', { id: idOf(who), from: '2026-12-01', until: '2026-12-04' })
    expect([again.changeId, again.data.version]).toEqual([null, version + 1])
    expect((await refused(who.call('people.end-absence', { id: idOf(who) }, { ifMatch: version }))).rule).toBe('stale')
  })

  test('is of days that make sense, with somebody who can stand in', async () => {
    const { ingrid } = marram
    const guest = await ingrid.call('people.create', { name: 'Eva Gast', role: 'guest' })
    const said: [() => Promise<unknown>, string][] = [
      [() => away('2026-11-27', '2026-11-23'), '/until absence.ends-before-start'],
      [() => away('2026-11-23', '2026-11-27', who), '/delegateId delegate.themselves'],
      [() => away('2026-11-23', '2026-11-27', marram.as(guest)), '/delegateId field.guest'],
    ]
    for (const [attempt, field] of said)
      expect((await refused(attempt())).errors?.map(({ pointer, reason }) => `${pointer} ${reason.key}`)).toEqual([
        field,
      ])
    await ingrid.call('people.leave', { id: idOf(who) })
    expect((await refused(away('2026-11-23', '2026-11-27', null, ingrid))).errors?.[0]?.reason.key).toBe(
      'field.person-left',
    )
  })
})

test('As of a past day the page says who was away then, and who stood in', async () => {
  const { clock, ben, luisa } = marram
  await away('2026-11-23', '2026-11-27', ben)
  clock.set('2026-11-24T08:00:00.000Z')
  await away('2026-11-24', '2026-12-04', luisa)
  const shown = (asOf?: string) => ben.call('people.show', { id: idOf(who), asOf })
  expect(await shown()).toMatchObject({
    standInId: idOf(luisa),
    absences: [{ from: '2026-11-24', until: '2026-12-04' }],
  })
  expect(await shown('2026-11-23')).toMatchObject({
    isAway: true,
    standInId: idOf(ben),
    absences: [{ from: '2026-11-23', until: '2026-11-27', delegateId: idOf(ben) }],
  })
})

test('A window that ends while the owner is away is not missed, unless somebody stands in for them', async () => {
  const { clock, ben } = marram
  const home = await objective(who, { cycleId: marram.cycles.quarter })
  const id = await keyResult(who, home)
  await who.call('check-ins.make', { id, value: 299_999 })
  await away('2026-11-26', '2026-12-18')
  clock.set('2026-12-15T08:00:00.000Z')
  const both = async () => [
    (await ben.call('key-results.show', { id })).status?.is,
    (await ben.call('objectives.show', { id: home })).status?.is,
  ]
  expect(await both()).toEqual(['on track', 'on track'])
  await away('2026-11-26', '2026-12-18', ben)
  expect(await both()).toEqual(['silent', 'silent'])
  await away('2026-11-26', '2026-12-18')
  clock.set('2026-12-29T08:00:00.000Z')
  expect(await both()).toEqual(['silent', 'silent'])
})

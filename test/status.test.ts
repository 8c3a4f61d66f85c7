import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company

/** A story of its own, which begins on this day. The quarter runs from Thursday, 1 October, to 31 December: 92 days. */
function from(day: string): void {
  beforeAll(async () => {
    marram = await openCompany(`${day}T08:00:00.000Z`)
  })
  afterAll(() => marram.close())
}

const on = (day: string) => marram.clock.set(`${day}T09:00:00.000Z`)
const home = (lead = marram.hanna) => objective(lead, { level: 'group', cycleId: marram.cycles.quarter })
const shown = (id: KeyResultId) => marram.ben.call('key-results.show', { id })
const whole = (id: ObjectiveId) => marram.ben.call('objectives.show', { id })
const is = async (id: KeyResultId) => (await shown(id)).status?.is
const report = (id: KeyResultId, value: number, confidence?: number) =>
  marram.hanna.call('check-ins.make', { id, value, ...(confidence === undefined ? {} : { confidence }) })
const measure = { kind: 'increase' as const, start: '0', target: '100', unit: 'customers' }

describe('A Key Result of 100 customers by the end of the year', () => {
  from('2026-10-01')
  let id: KeyResultId
  beforeAll(async () => {
    id = await keyResult(marram.hanna, await home(), { measure })
  })

  test('is on track on its first day: one of 92 was expected', async () => {
    expect(await shown(id)).toMatchObject({ pace: '0.010869565217', progress: '0', dueOn: '2026-10-05' })
    expect(await is(id)).toBe('on track')
  })

  test('is behind in the middle of October, and says by how much', async () => {
    on('2026-10-12')
    await report(id, 2, 7)
    const { status, pace } = await shown(id)
    expect(pace).toBe('0.130434782609')
    expect(status).toEqual({
      is: 'behind',
      reason: {
        key: 'status.reason.behind',
        values: {
          progress: '0.02',
          pace: '0.130434782609',
          points: '11.0434782609',
          confidence: '7',
          day: '2026-10-12',
        },
      },
      overridden: null,
    })
  })

  test('is at risk two weeks later, and on track again with the next report', async () => {
    on('2026-10-26')
    expect(await is(id)).toBe('at risk')
    await report(id, 40)
    expect(await shown(id)).toMatchObject({ status: { is: 'on track', reason: { key: 'status.reason.on-track' } } })
  })

  test('is at risk where its owner no longer believes in it, whatever its numbers', async () => {
    await report(id, 41, 3)
    expect(await shown(id)).toMatchObject({
      status: { is: 'at risk', reason: { key: 'status.reason.low-confidence' } },
    })
    await report(id, 42, 4)
    expect(await is(id)).toBe('on track')
  })

  test('is silent when two Mondays have gone by without a report, until one comes in', async () => {
    await report(id, 95)
    expect((await shown(id)).dueOn).toBe('2026-11-02')
    on('2026-11-02')
    expect(await shown(id)).toMatchObject({ dueOn: '2026-11-02', status: { is: 'on track' } })
    on('2026-11-09')
    expect(await is(id)).toBe('on track')
    on('2026-11-10')
    expect(await shown(id)).toMatchObject({
      dueOn: '2026-11-16',
      status: { is: 'silent', reason: { key: 'status.reason.silent', values: { missed: 2 } } },
    })
    await report(id, 96)
    expect(await shown(id)).toMatchObject({ dueOn: '2026-11-23', status: { is: 'on track' } })
  })

  test('is achieved as soon as it is there, and stays so beyond', async () => {
    await report(id, 100)
    expect(await is(id)).toBe('achieved')
    await report(id, 118)
    expect(await shown(id)).toMatchObject({ progress: '1.18', status: { is: 'achieved' } })
  })

  test('was on each past day what it was then', async () => {
    const then = async (asOf: string) => (await marram.ben.call('key-results.show', { id, asOf })).status?.is
    expect(await then('2026-10-12')).toBe('behind')
    expect(await then('2026-10-25')).toBe('at risk')
    expect(await then('2026-10-26')).toBe('on track')
  })
})

describe('The kinds', () => {
  from('2026-10-01')

  test('are each expected in their own way', async () => {
    const objectiveId = await home()
    const made = async (body: Partial<InputOf<'key-results.create'>>) =>
      (await shown(await keyResult(marram.hanna, objectiveId, body))).pace
    const phased = { ...measure, phases: [{ on: '2026-10-10', value: '80' }] }
    const steps = [
      { title: 'Chosen', weight: '1', deadline: '2026-09-30' },
      { title: 'Signed', weight: '3' },
    ]
    const maintain = { kind: 'maintain' as const, atLeast: '99.5', unit: '%' }
    const evidence = 'The stations stand and send'
    expect(await made({ measure: phased })).toBe('0.08')
    expect(await made({ measure: maintain })).toBe('0.95')
    expect(await made({ measure: { kind: 'milestone', evidence } })).toBe('0')
    expect(await made({ measure: { kind: 'milestone', evidence, steps } })).toBe('0.25')
  })

  test('a milestone is late on the day after its deadline, and not on the day', async () => {
    const milestone = { measure: { kind: 'milestone' as const, evidence: 'Signed' }, deadline: '2026-10-02' }
    const id = await keyResult(marram.hanna, await home(), milestone)
    on('2026-10-02')
    expect(await shown(id)).toMatchObject({ pace: '0', status: { is: 'on track' } })
    on('2026-10-03')
    expect(await shown(id)).toMatchObject({ pace: '1', status: { is: 'at risk' } })
  })

  test('what is still to start, lacks its baseline, is postponed or a draft says so', async () => {
    const objectiveId = await home()
    const later = await keyResult(marram.hanna, objectiveId, { startsOn: '2026-11-01' })
    const owing = await keyResult(marram.hanna, objectiveId, {
      measure: { kind: 'increase', baseline: true, target: '100', unit: 'customers' },
    })
    const draft = await keyResult(marram.hanna, objectiveId, { draft: true })
    const away = await keyResult(marram.hanna, objectiveId)
    await marram.hanna.call('key-results.postpone', { id: away })
    expect((await shown(later)).status?.reason).toEqual({
      key: 'status.reason.before-start',
      values: { startsOn: '2026-11-01', day: '2026-10-03' },
    })
    expect((await shown(owing)).status).toMatchObject({
      is: 'not started',
      reason: { key: 'status.reason.no-progress' },
    })
    expect(await marram.hanna.call('key-results.show', { id: draft })).toMatchObject({ status: null, dueOn: null })
    expect(await shown(away)).toMatchObject({ status: { is: 'postponed' }, dueOn: null })
  })
})

describe('The cadence', () => {
  from('2026-10-01')
  const due = async (id: KeyResultId) => (await shown(id)).dueOn

  test('is the organization’s, unless its cycle or the Key Result says otherwise', async () => {
    const { administrator, hanna } = marram
    const cycle = await administrator.call('cycles.create', {
      name: 'Thaw',
      startsOn: '2026-10-01',
      endsOn: '2026-12-31',
    })
    const id = await keyResult(hanna, await objective(hanna, { level: 'group', cycleId: cycle.id }))
    expect(await due(id)).toBe('2026-10-05')
    const settings = { id: marram.id, cadence: { every: 'week' as const, dueOn: 5 } }
    await administrator.call('organizations.edit-settings', settings)
    expect(await due(id)).toBe('2026-10-02')
    const monthly = { every: 'month' as const, dueOn: 15 }
    expect(await administrator.call('cycles.edit', { id: cycle.id, cadence: monthly })).toMatchObject({
      cadence: monthly,
    })
    expect(await due(id)).toBe('2026-10-15')
    const own = { every: 'four-weeks' as const, dueOn: 3 }
    const edited = await hanna.call('key-results.edit', { id, cadence: own, reason: 'Once a month is enough' })
    expect(edited).toMatchObject({ cadence: own, dueOn: '2026-10-28' })
    await administrator.call('organizations.edit-settings', { ...settings, cadence: { every: 'week', dueOn: 1 } })
  })

  test('falls on a weekday, or on a day that every month has', async () => {
    const no = await refused(
      marram.hanna.call('key-results.edit', {
        id: await keyResult(marram.hanna, await home()),
        cadence: { every: 'two-weeks', dueOn: 8 },
      }),
    )
    expect(no.errors).toEqual([{ pointer: '/cadence/dueOn', reason: { key: 'field.too-big', values: { limit: 7 } } }])
  })

  test('begins with the day of publication where that is later than the start day', async () => {
    on('2026-10-21')
    const id = await keyResult(marram.hanna, await home(), { measure })
    expect(await due(id)).toBe('2026-10-26')
    on('2026-10-27')
    expect((await shown(id)).status?.is).not.toBe('silent')
  })
})

describe('An Objective', () => {
  from('2026-10-01')

  test('is silent when all that count are, and not before', async () => {
    const objectiveId = await home()
    const first = await keyResult(marram.hanna, objectiveId, { measure })
    const second = await keyResult(marram.hanna, objectiveId, { measure })
    await report(first, 90)
    await report(second, 90)
    on('2026-10-19')
    await report(second, 91)
    on('2026-10-20')
    expect([await is(first), await is(second)]).toEqual(['silent', 'on track'])
    expect((await whole(objectiveId)).status?.is).toBe('on track')
    on('2026-11-10')
    expect((await whole(objectiveId)).status?.is).toBe('silent')
    const { items } = await marram.ben.call('objectives.list', { leadId: idOf(marram.hanna), limit: 200 })
    expect(items.find(({ id }) => id === objectiveId)?.status?.is).toBe('silent')
  })

  test('stands as its Key Results do together: pace and confidence are means like its progress', async () => {
    const objectiveId = await home()
    const first = await keyResult(marram.hanna, objectiveId, { measure, weight: '1' })
    const second = await keyResult(marram.hanna, objectiveId, { measure, weight: '3', startsOn: '2026-12-01' })
    on('2026-12-02')
    await report(first, 100, 4)
    await report(second, 20, 8)
    expect(await shown(first)).toMatchObject({ pace: '0.684782608696' })
    expect(await shown(second)).toMatchObject({ pace: '0.064516129032' })
    expect(await whole(objectiveId)).toMatchObject({
      progress: '0.4',
      pace: '0.219582748948',
      confidence: '7',
      status: { is: 'on track', overridden: null },
    })
    await report(second, 0, 2)
    expect((await whole(objectiveId)).status?.is).toBe('at risk')
  })

  test('of which nothing counts is not started', async () => {
    expect(await whole(await home())).toMatchObject({ pace: null, confidence: null, status: { is: 'not started' } })
  })
})

describe('A status that somebody says', () => {
  from('2026-11-23')
  let id: KeyResultId
  beforeAll(async () => {
    id = await keyResult(
      marram.hanna,
      await objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter }),
      {
        measure,
        ownerId: idOf(marram.maya),
      },
    )
  })
  const say = (who = marram.maya) =>
    who.call('key-results.override-status', {
      id,
      status: 'on track',
      reason: 'The pilot is signed, it counts in December',
    })

  test('stands instead of the derived one, with who, when, why and what it would be', async () => {
    expect(await is(id)).toBe('at risk')
    expect(await say()).toMatchObject({
      status: {
        is: 'on track',
        reason: { key: 'status.reason.override', values: { reason: 'The pilot is signed, it counts in December' } },
        overridden: { byId: idOf(marram.maya), instead: { is: 'at risk', reason: { key: 'status.reason.at-risk' } } },
      },
    })
    const { objectiveId } = await shown(id)
    const { items } = await marram.ben.call('activity.list', { objectiveId })
    expect(items[0]).toMatchObject({ operation: 'key-results.override-status', nounId: id, actorId: idOf(marram.maya) })
  })

  test('is for its owner, the leads and administrators to say and to lift', async () => {
    for (const who of [marram.ben, marram.luisa]) expect((await refused(say(who))).kind).toBe('forbidden')
    const guest = marram.as({ id: idOf(marram.maya) }, 'guest')
    expect((await refused(say(guest))).kind).toBe('forbidden')
    for (const who of [marram.hanna, marram.administrator]) expect((await say(who)).status?.is).toBe('on track')
    const lifted = await marram.hanna.call('key-results.lift-status-override', { id })
    expect(lifted).toMatchObject({ status: { is: 'at risk', overridden: null } })
  })

  test('needs its reason, and is no silence', async () => {
    const no = (body: object) => refused(marram.maya.call('key-results.override-status', { id, ...body } as never))
    expect((await no({ status: 'on track' })).errors).toMatchObject([{ pointer: '/reason' }])
    expect((await no({ status: 'silent', reason: 'So it is' })).errors).toMatchObject([{ pointer: '/status' }])
  })

  test('is undone like any other change', async () => {
    const { changeId } = await marram.maya.send('key-results.override-status', {
      id,
      status: 'behind',
      reason: 'A little',
    })
    expect(await is(id)).toBe('behind')
    await marram.maya.call('changes.undo', { id: changeId as never })
    expect(await shown(id)).toMatchObject({ status: { is: 'at risk', overridden: null } })
  })

  test('gives way to a state: what is closed, cancelled or postponed is that', async () => {
    await say()
    await marram.hanna.call('key-results.postpone', { id })
    expect(await shown(id)).toMatchObject({ status: { is: 'postponed', overridden: null } })
    expect(await refused(say())).toMatchObject({ rule: 'life', reason: { values: { state: 'postponed' } } })
    await marram.hanna.call('key-results.resume', { id })
    expect(await is(id)).toBe('on track')
    await marram.hanna.call('key-results.cancel', { id })
    expect(await is(id)).toBe('cancelled')
  })
})

describe('What is closed', () => {
  from('2026-11-23')

  test('is achieved when it scores what is expected of it, else missed', async () => {
    const { hanna, ben } = marram
    const objectiveId = await home()
    const closedAt = async (score: string, more: Partial<InputOf<'key-results.create'>> = {}) => {
      const id = await keyResult(hanna, objectiveId, { measure, ...more })
      await hanna.call('key-results.close', { id, score, note: 'As far as it went' })
      return (await ben.call('key-results.show', { id })).status
    }
    const maintain = { measure: { kind: 'maintain' as const, atLeast: '99', unit: '%' } }
    expect(await closedAt('1')).toMatchObject({ is: 'achieved', reason: { values: { score: '1', expected: '1' } } })
    expect(await closedAt('0.99')).toMatchObject({ is: 'missed', reason: { key: 'status.reason.closed.missed' } })
    expect((await closedAt('0.95', maintain))?.is).toBe('achieved')
    expect((await closedAt('0.94', maintain))?.is).toBe('missed')
    expect((await closedAt('0.7', { ambition: 'aspirational' }))?.is).toBe('achieved')
    expect((await closedAt('0.69', { ambition: 'aspirational' }))?.is).toBe('missed')
    await marram.administrator.call('organizations.edit-settings', { id: marram.id, aspirationalScore: '0.6' })
    expect((await closedAt('0.69', { ambition: 'aspirational' }))?.is).toBe('achieved')
  })

  test('is an Objective by the mean of its Key Results’ scores', async () => {
    const { hanna, ben } = marram
    const closed = async (ambition: 'committed' | 'aspirational') => {
      const id = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter, ambition })
      await report(await keyResult(hanna, id, { measure }), 80)
      await hanna.call('objectives.close', { id })
      return ben.call('objectives.show', { id })
    }
    expect(await closed('committed')).toMatchObject({ score: '0.8', status: { is: 'missed', overridden: null } })
    expect(await closed('aspirational')).toMatchObject({ score: '0.8', status: { is: 'achieved' } })
  })
})

describe('Of a private Objective and its Key Results', () => {
  from('2026-11-23')

  test('others learn no status', async () => {
    const { hanna, ben } = marram
    const secret = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter, visibility: 'named' })
    const id = await keyResult(hanna, secret)
    const attempts = [
      () => ben.call('key-results.show', { id }),
      () => ben.call('objectives.show', { id: secret }),
      () => ben.call('key-results.override-status', { id, status: 'behind', reason: 'Curious' }),
      () => ben.call('key-results.lift-status-override', { id }),
    ]
    for (const attempt of attempts) expect((await refused(attempt())).kind).toBe('not-found')
    expect((await ben.call('key-results.list', { objectiveId: secret })).items).toEqual([])
  })
})

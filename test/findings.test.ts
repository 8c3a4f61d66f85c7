import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf, OutputOf } from '#client/client.ts'
import type { CycleId, GroupId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

type Finding = OutputOf<'objectives.findings'>['items'][number]

const why = 'Whoever lives by the water cannot wait for the river'
const group = (more: Partial<InputOf<'objectives.create'>> & { draft?: boolean; cycleId?: CycleId } = {}) =>
  objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, why, ...more })
const set = (rules: InputOf<'organizations.edit-settings'>['rules']) =>
  marram.administrator.call('organizations.edit-settings', { id: marram.id, rules })
const findings = async (id: ObjectiveId, who: Caller = marram.hanna) =>
  (await who.call('objectives.findings', { id })).items
const said = (items: readonly Finding[]) => items.map(({ severity, rule, pointer }) => `${severity} ${rule} ${pointer}`)
const measure = { kind: 'increase' as const, start: '0', target: '100', unit: 'customers' }

/** As it cannot happen through the product, which passes on what is held: somebody has left, and still owns. */
async function vanish(id: PersonId): Promise<void> {
  const everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
  await everything.query("update people set left_on = '2026-11-01', has_left = true where id = $1", [id])
  await everything.end()
}

/** A cycle of its own, so that nothing else is counted in it. */
async function cycleOf(name: string): Promise<CycleId> {
  const span = { startsOn: '2026-10-01', endsOn: '2026-12-31' }
  return (await marram.administrator.call('cycles.create', { name, ...span })).id
}

/** What the rules say with these settings, and then again what they always say. */
async function under<T>(rules: Record<string, string>, act: () => Promise<T>): Promise<T> {
  await set(rules as never)
  try {
    return await act()
  } finally {
    const usual = Object.keys(rules).map((rule) => [rule, MOVABLE.has(rule) ? 'wall' : 'warning'])
    await set(Object.fromEntries(usual))
  }
}

const MOVABLE = new Set(['measurable', 'time-bound', 'contribution-follows-alignment'])

describe('What stands between a draft and its publication', () => {
  test('is found before anybody tries, in the order of the rules', async () => {
    const home = await group({ draft: true, why: null })
    await keyResult(marram.hanna, home, { measure: null, draft: true })
    await keyResult(marram.hanna, home, { deadline: null, draft: true })
    expect(said(await findings(home))).toEqual([
      'wall measurable /measure',
      'wall time-bound /deadline',
      'warning no-why /why',
    ])
    expect((await refused(marram.hanna.call('objectives.publish', { id: home }))).errors).toHaveLength(2)
  })

  test('has a way out where the product knows one, which works as it is returned', async () => {
    const { hanna, administrator } = marram
    const home = await group({ draft: true })
    const gone = await administrator.call('people.create', { name: 'Left Soon' })
    const gaps = [{ deadline: null }, { startsOn: '2026-09-30' }, { deadline: '2027-01-01' }, { ownerId: gone.id }]
    for (const gap of gaps) await keyResult(hanna, home, { ...gap, draft: true })
    await vanish(gone.id)
    const open = await findings(home)
    expect(open).toHaveLength(4)
    for (const { repairs } of open) {
      expect(repairs).toHaveLength(1)
      for (const repair of repairs) await hanna.repair(repair)
    }
    expect(await findings(home)).toEqual([])
    expect(await hanna.call('objectives.publish', { id: home })).toMatchObject({ state: 'published' })
  })

  test('has the same way out in the refusal', async () => {
    const { hanna } = marram
    const id = await keyResult(hanna, await group(), { deadline: null, draft: true })
    const { repairs = [] } = await refused(hanna.call('key-results.publish', { id }))
    expect(repairs.map(({ reason }) => reason.key)).toEqual(['repair.due-with-its-cycle'])
    for (const repair of repairs) await hanna.repair(repair)
    expect(await hanna.call('key-results.publish', { id })).toMatchObject({
      state: 'published',
      deadline: '2026-12-31',
    })
  })
})

describe('A wall that was turned into a warning', () => {
  test('lets a Key Result be published that is not measurable; it has no progress until it can be computed', async () => {
    const { hanna, ben } = marram
    const home = await group()
    const whole = await keyResult(hanna, home, { measure })
    await hanna.call('check-ins.make', { id: whole, value: 50 })
    const id = await under({ measurable: 'warning' }, async () => {
      const made = await keyResult(hanna, home, { measure: { kind: 'increase', start: '0', unit: 'customers' } })
      expect(said(await findings(home))).toEqual(['warning measurable /measure/target'])
      return made
    })
    await hanna.call('check-ins.make', { id, value: 30 })
    expect(await ben.call('key-results.show', { id })).toMatchObject({
      state: 'published',
      conforms: true,
      current: '30',
      progress: null,
      status: { is: 'not started' },
    })
    expect(await ben.call('objectives.show', { id: home })).toMatchObject({ progress: '0.5' })
    const words = { id, title: 'Other words', reason: 'Clearer' }
    expect(await refused(hanna.call('key-results.edit', words))).toMatchObject({ rule: 'measurable' })
    await hanna.call('key-results.edit', { id, measure, reason: 'Now we know' })
    expect(await ben.call('key-results.show', { id })).toMatchObject({ progress: '0.3' })
    expect(await ben.call('objectives.show', { id: home })).toMatchObject({ progress: '0.4' })
    expect(await hanna.call('key-results.edit', words)).toMatchObject({ title: 'Other words' })
  })

  test('lets one be published, and edited so, that is not time-bound; nothing says then what to expect', async () => {
    const { hanna, ben } = marram
    await under({ 'time-bound': 'warning' }, async () => {
      const home = await group({ draft: true })
      const first = await keyResult(hanna, home, { deadline: null, draft: true })
      const second = await keyResult(hanna, home, { draft: true })
      await hanna.call('objectives.publish', { id: home })
      await hanna.call('key-results.edit', { id: second, deadline: '2027-02-01', reason: 'It takes longer' })
      expect(said(await findings(home, ben))).toEqual(['warning time-bound /deadline', 'warning time-bound /deadline'])
      expect(await ben.call('key-results.show', { id: first })).toMatchObject({ pace: null, progress: '0' })
    })
  })

  test('leaves owners alone: nobody’s Key Result is never published', async () => {
    const { administrator, hanna } = marram
    const gone = await administrator.call('people.create', { name: 'Away Now' })
    const id = await keyResult(hanna, await group(), { ownerId: gone.id, measure: null, draft: true })
    await vanish(gone.id)
    await under({ measurable: 'warning', 'time-bound': 'warning' }, async () => {
      const no = await refused(hanna.call('key-results.publish', { id }))
      expect(no.errors?.map(({ pointer }) => pointer)).toEqual(['/ownerId'])
    })
  })

  test('lets a contribution stand off the line, and says so with the ways out', async () => {
    const { hanna, ben } = marram
    const [here, there] = [await group(), await group()]
    const [below, above] = [await keyResult(hanna, here), await keyResult(hanna, there)]
    const link = { id: below, toKeyResultId: above, rollUp: 'sum' as const }
    const current = async () => (await ben.call('key-results.show', { id: above })).current
    const waysOut = async () => {
      const [astray] = (await findings(here)).filter(({ rule }) => rule === 'contribution-follows-alignment')
      expect(astray).toMatchObject({ severity: 'warning', about: { noun: 'key-result', id: below } })
      return astray?.repairs ?? []
    }
    expect((await refused(hanna.call('key-results.contribute', link))).rule).toBe('contribution-follows-alignment')
    await under({ 'contribution-follows-alignment': 'warning' }, async () => {
      await hanna.call('key-results.contribute', link)
      await hanna.call('check-ins.make', { id: below, value: 60000 })
      expect(await current()).toBe('60000')
      for (const end of await waysOut()) await hanna.repair(end)
      expect(await current()).toBe('0')

      await hanna.call('check-ins.make', { id: above, value: 1000 })
      for (const [index, left] of ['61000', '61000'].entries()) {
        await hanna.call('key-results.contribute', { ...link, already: index === 0 ? 'additional' : 'included' })
        const ends = await waysOut()
        expect(ends.map(({ body }) => body)).toEqual([{ already: 'included' }, { already: 'additional' }])
        expect(await current()).toBe(left)
        await hanna.repair(ends[index] as (typeof ends)[number])
      }
      expect(await current()).toBe('1000')
    })
  })
})

describe('No why', () => {
  test('is a warning, a wall or nothing, as the organization has it; and is gone with the why', async () => {
    const { hanna } = marram
    const home = await group({ why: null })
    expect(said(await findings(home))).toEqual(['warning no-why /why'])
    await under({ 'no-why': 'off' }, async () => expect(await findings(home)).toEqual([]))
    await under({ 'no-why': 'wall' }, async () => {
      const draft = await group({ draft: true, why: null })
      expect(await refused(hanna.call('objectives.publish', { id: draft }))).toMatchObject({
        kind: 'refused',
        rule: 'no-why',
        errors: [{ pointer: '/why', reason: { key: 'rule.no-why.missing' } }],
      })
      expect((await hanna.call('objectives.show', { id: draft })).state).toBe('draft')
      await hanna.call('objectives.edit', { id: draft, why })
      await hanna.call('objectives.publish', { id: draft })
      const emptied = hanna.call('objectives.edit', { id: draft, why: null, reason: 'Not needed' })
      expect((await refused(emptied)).rule).toBe('no-why')
    })
    await hanna.call('objectives.edit', { id: home, why, reason: 'It was missing' })
    expect(await findings(home)).toEqual([])
  })
})

describe('Few', () => {
  const several = async (home: ObjectiveId, count: number) => {
    for (let made = 0; made < count; made++) await keyResult(marram.hanna, home)
  }

  test('are five Key Results of an Objective: the sixth is one too many, a single one too few', async () => {
    const home = await group()
    await several(home, 1)
    expect(said(await findings(home))).toEqual(['hint few /keyResults'])
    await several(home, 4)
    expect(await findings(home)).toEqual([])
    await under({ few: 'wall' }, async () => {
      const no = await refused(keyResult(marram.hanna, home))
      expect(no).toMatchObject({ rule: 'few', reason: { key: 'rule.few.key-results', values: { count: 6, limit: 5 } } })
    })
    await several(home, 1)
    expect(await findings(home, marram.ben)).toMatchObject([
      { severity: 'warning', reason: { values: { count: 6, limit: 5 } } },
    ])
    await under({ few: 'off' }, async () => expect(await findings(home)).toEqual([]))
  })

  test('are five Objectives of a group in a cycle; a draft is asked as if it were published', async () => {
    const { hanna } = marram
    const place = { cycleId: await cycleOf('Storm season'), groupId: marram.groups.dach as GroupId }
    const made: ObjectiveId[] = []
    for (let count = 0; count < 5; count++) made.push(await group(place))
    expect(await findings(made[0] as ObjectiveId)).toEqual([])
    const sixth = await group({ ...place, draft: true })
    expect(await findings(sixth)).toMatchObject([
      {
        rule: 'few',
        severity: 'warning',
        pointer: '/groupId',
        reason: { values: { group: 'DACH', count: 6, limit: 5 } },
      },
    ])
    await under({ few: 'wall' }, async () => {
      expect(await refused(hanna.call('objectives.publish', { id: sixth }))).toMatchObject({ rule: 'few' })
    })
    await hanna.call('objectives.publish', { id: sixth })
    await under({ few: 'wall' }, async () => {
      // Words may change where there are too many already; one more may not come.
      await hanna.call('objectives.edit', { id: sixth, title: 'Closer', reason: 'Shorter' })
      const elsewhere = await group({ cycleId: place.cycleId, groupId: marram.groups.sales as GroupId })
      const move = hanna.call('objectives.edit', { id: elsewhere, groupId: place.groupId, reason: 'It is ours' })
      expect((await refused(move)).rule).toBe('few')
    })
    const query = { id: place.groupId, cycleId: place.cycleId }
    const { items } = await marram.service('guest').call('groups.findings', query)
    expect(items).toMatchObject([
      { rule: 'few', about: { noun: 'group', id: place.groupId }, reason: { values: { count: 6 } } },
    ])
    await hanna.call('objectives.cancel', { id: sixth })
    expect((await marram.ben.call('groups.findings', query)).items).toEqual([])
  })
})

test('Of a group each Objective’s findings are told, with those of its Key Results', async () => {
  const cycleId = await cycleOf('Low tide')
  const groupId = marram.groups.dach as GroupId
  const home = await group({ cycleId, groupId, why: null })
  await keyResult(marram.hanna, home)
  const { items } = await marram.ben.call('groups.findings', { id: groupId, cycleId })
  expect(said(items)).toEqual(['warning no-why /why', 'hint few /keyResults'])
  expect(new Set(items.map(({ about }) => about.id))).toEqual(new Set([home]))
})

test('An Objective that serves a group below its own is told so, and can end that', async () => {
  const { daniel, hanna } = marram
  const below = await group({ groupId: marram.groups.dach as GroupId })
  const above = await objective(daniel, {
    level: 'group',
    cycleId: marram.cycles.quarter,
    groupId: marram.groups.sales as GroupId,
    why,
  })
  await daniel.call('objectives.align', { id: above, toObjectiveId: below })
  await hanna.call('objectives.accept-alignment', { id: above })
  const [found] = await findings(above, daniel)
  expect(found).toMatchObject({
    rule: 'objective-aligns-to-objective',
    severity: 'warning',
    reason: { key: 'rule.objective-aligns-to-objective.group-below', values: { group: 'DACH' } },
  })
  for (const repair of found?.repairs ?? []) await daniel.repair(repair)
  expect(await findings(above, daniel)).toEqual([])
})

describe('A baseline', () => {
  test('is missed after 14 days, and no longer once its first value is there', async () => {
    const other = await openCompany('2026-11-02T08:00:00.000Z')
    const home = await objective(other.hanna, { level: 'group', cycleId: other.cycles.quarter, why })
    const owing = { kind: 'increase' as const, baseline: true, target: '100', unit: 'customers' }
    const id = await keyResult(other.hanna, home, { measure: owing })
    await keyResult(other.hanna, home)
    const told = async () => said(await findings(home, other.ben))
    other.clock.set('2026-11-15T09:00:00.000Z')
    expect(await told()).toEqual([])
    other.clock.set('2026-11-16T09:00:00.000Z')
    expect(await told()).toEqual(['warning no-baseline-yet /measure/start'])
    await other.administrator.call('organizations.edit-settings', { id: other.id, baselineAfterDays: 15 })
    expect(await told()).toEqual([])
    other.clock.set('2026-11-17T09:00:00.000Z')
    expect(await told()).toEqual(['warning no-baseline-yet /measure/start'])
    await other.hanna.call('check-ins.make', { id, value: 40 })
    expect(await told()).toEqual([])
    await other.close()
  })
})

describe('Targets', () => {
  type Ambition = 'committed' | 'aspirational'
  /** A Key Result that its owner, somebody else than its Objective's lead, closes with this score. */
  const scored = async (owner: PersonId, ambition: Ambition, score: string, at: Promise<ObjectiveId> = group()) => {
    const id = await keyResult(marram.hanna, await at, { ownerId: owner, ambition })
    await marram.hanna.call('key-results.close', { id, score, note: 'As we saw it' })
    return id
  }
  const newcomer = async (name: string) => (await marram.administrator.call('people.create', { name })).id
  /** Two open ones of an owner's: one of each ambition. */
  const wanted = async (owner: PersonId, draft = false) => {
    const home = await group()
    const committed = await keyResult(marram.hanna, home, { ownerId: owner, title: 'What we promise' })
    const more = { ownerId: owner, ambition: 'aspirational', title: 'What we dream of', draft } as const
    return { home, committed, aspirational: await keyResult(marram.hanna, home, more) }
  }

  test('of somebody who reached three aspirational ones in full may be no stretch; a third score says so first', async () => {
    const owner = await newcomer('Always There')
    const { home, aspirational } = await wanted(owner, true)
    await scored(owner, 'aspirational', '1')
    await scored(owner, 'aspirational', '1')
    for (let count = 0; count < 3; count++) await scored(owner, 'committed', '1')
    expect(await findings(home)).toEqual([])
    const third = await scored(owner, 'aspirational', '1')
    expect(await findings(home)).toEqual([
      {
        rule: 'sandbagged-or-impossible',
        severity: 'hint',
        about: { noun: 'key-result', id: aspirational },
        reason: {
          key: 'rule.sandbagged-or-impossible.easy',
          values: {
            keyResult: 'What we dream of',
            owner: 'Always There',
            ambition: 'aspirational',
            latest: '1',
            secondLatest: '1',
            thirdLatest: '1',
          },
        },
        pointer: '/measure/target',
        repairs: [],
      },
    ])
    await marram.hanna.call('key-results.reopen', { id: third })
    expect(await findings(home)).toEqual([])
  })

  test('of somebody who never came near may be out of reach: by the last three that were closed', async () => {
    const owner = await newcomer('Never There')
    const { home, committed } = await wanted(owner)
    const good = await scored(owner, 'committed', '0.9')
    for (const score of ['0.3', '0.2', '0.05']) await scored(owner, 'committed', score)
    await scored(owner, 'aspirational', '0.1')
    const told = async () => (await findings(home, marram.tomas)).map(({ about, reason }) => ({ about, ...reason }))
    expect(await told()).toEqual([
      {
        about: { noun: 'key-result', id: committed },
        key: 'rule.sandbagged-or-impossible.impossible',
        values: {
          keyResult: 'What we promise',
          owner: 'Never There',
          ambition: 'committed',
          latest: '0.05',
          secondLatest: '0.2',
          thirdLatest: '0.3',
        },
      },
    ])
    // Closed anew, on the same day, it is the last one.
    await marram.hanna.call('key-results.reopen', { id: good })
    await marram.hanna.call('key-results.close', { id: good, score: '0.9', note: 'As we saw it' })
    expect(await told()).toEqual([])
  })

  test('are held against scores that whoever asks may see; what is private tells nothing', async () => {
    const { ben, hanna } = marram
    const owner = await newcomer('Partly Hidden')
    const { home, committed } = await wanted(owner)
    for (const score of ['0.1', '0.1']) await scored(owner, 'committed', score)
    await scored(owner, 'committed', '0.1', group({ visibility: 'named' }))
    expect((await findings(home, hanna)).map(({ about }) => about.id)).toEqual([committed])
    expect(await findings(home, ben)).toEqual([])
    await scored(owner, 'committed', '1', group({ visibility: 'named' }))
    expect(await findings(home, hanna)).toEqual([])
    await scored(owner, 'committed', '0.2')
    expect(await findings(home, ben)).toMatchObject([{ reason: { values: { latest: '0.2', thirdLatest: '0.1' } } }])
    expect(await findings(home, hanna)).toEqual([])
  })

  test('that stand no longer open are left alone, as is who owns them now', async () => {
    const [before, now] = [await newcomer('Owned It'), await newcomer('Owns It')]
    const { home, committed } = await wanted(before)
    for (const score of ['0.1', '0.1', '0.1']) await scored(before, 'committed', score)
    expect(await findings(home)).toHaveLength(1)
    await marram.hanna.call('key-results.postpone', { id: committed })
    expect(said(await findings(home))).toEqual([])
    await marram.hanna.call('key-results.resume', { id: committed })
    await marram.hanna.call('key-results.edit', { id: committed, ownerId: now, reason: 'It is theirs' })
    expect(await findings(home)).toEqual([])
  })
})

describe('A grade below which somebody should own something', () => {
  const grade = (ownershipGrade: string | null) =>
    marram.administrator.call('organizations.edit-settings', { id: marram.id, ownershipGrade })
  const told = async (cycleId: CycleId, name: 'sales' | 'northAmerica' | 'dach', who: Caller = marram.jun) =>
    (await who.call('groups.findings', { id: marram.groups[name] as GroupId, cycleId })).items
      .filter(({ rule }) => rule === 'owned-only-at-the-top')
      .map(({ reason }) => reason.values)
  const below = (name: string, gradeName: string, people: number) => [{ group: name, grade: gradeName, people }]
  afterAll(() => grade(null))

  test('counts who is here, in the group and in those below it, under somebody of that grade', async () => {
    const { administrator, hanna } = marram
    const cycleId = await cycleOf('Spring tide')
    expect(await told(cycleId, 'sales')).toEqual([])
    await grade('Vice president')
    // Three directors and three specialists; the vice president himself is not below.
    expect(await told(cycleId, 'sales')).toEqual(below('Sales', 'Vice president', 6))
    expect(await told(cycleId, 'dach')).toEqual(below('DACH', 'Vice president', 1))
    await grade('Director')
    expect(await told(cycleId, 'sales')).toEqual(below('Sales', 'Director', 3))
    expect(await told(cycleId, 'northAmerica')).toEqual(below('North America', 'Director', 3))
    expect(await told(cycleId, 'dach')).toEqual([])
    const deputy = { name: 'A Deputy', grade: 'Director', managerId: hanna.actor.personId as PersonId }
    const groupIds = [marram.groups.dach as GroupId]
    const { id } = await administrator.call('people.create', { ...deputy, groupIds })
    expect(await told(cycleId, 'dach')).toEqual([])
    await administrator.call('people.create', { name: 'Deep Down', managerId: id, groupIds })
    const gone = await administrator.call('people.create', { name: 'Gone By', managerId: id, groupIds })
    await vanish(gone.id)
    expect(await told(cycleId, 'dach')).toEqual(below('DACH', 'Director', 1))
    await grade('Nobody')
    expect(await told(cycleId, 'sales')).toEqual([])
  })

  test('is told of the group, once and as a hint, until one of them owns something in the cycle', async () => {
    const { hanna, maya, jun } = marram
    const [cycleId, other] = [await cycleOf('Neap tide'), await cycleOf('Slack water')]
    await grade('Director')
    const { items } = await jun.call('groups.findings', { id: marram.groups.northAmerica as GroupId, cycleId })
    expect(items).toMatchObject([
      {
        rule: 'owned-only-at-the-top',
        severity: 'hint',
        about: { noun: 'group', id: marram.groups.northAmerica },
        reason: { key: 'rule.owned-only-at-the-top.nobody-below' },
        pointer: '',
        repairs: [],
      },
    ])
    const owned = { ownerId: maya.actor.personId as PersonId }
    await keyResult(hanna, await group({ cycleId: other }), owned)
    await keyResult(hanna, await group({ cycleId }))
    expect(await told(cycleId, 'northAmerica')).toHaveLength(1)
    const id = await keyResult(hanna, await group({ cycleId }), owned)
    expect(await told(cycleId, 'northAmerica')).toEqual([])
    await hanna.call('key-results.close', { id })
    expect(await told(cycleId, 'northAmerica')).toEqual([])
    await hanna.call('key-results.reopen', { id })
    await hanna.call('key-results.cancel', { id })
    expect(await told(cycleId, 'northAmerica')).toHaveLength(1)
  })

  test('is told by what whoever asks may see', async () => {
    const { hanna, maya, jun } = marram
    const cycleId = await cycleOf('Ebb')
    await grade('Director')
    const owned = { ownerId: maya.actor.personId as PersonId }
    await keyResult(hanna, await group({ cycleId, visibility: 'named' }), owned)
    expect(await told(cycleId, 'northAmerica')).toEqual(below('North America', 'Director', 3))
    expect(await told(cycleId, 'northAmerica', hanna)).toEqual([])
    const draft = await keyResult(hanna, await group({ cycleId }), { ...owned, draft: true })
    expect(await told(cycleId, 'northAmerica', maya)).toEqual([])
    expect(await told(cycleId, 'northAmerica', jun)).toHaveLength(1)
    await hanna.call('key-results.publish', { id: draft })
    expect(await told(cycleId, 'northAmerica', jun)).toEqual([])
  })
})

describe('What is private', () => {
  test('has findings for those who see it; to others it is not there, and makes no group too many', async () => {
    const { hanna, ben } = marram
    const place = { cycleId: await cycleOf('Fog'), groupId: marram.groups.dach as GroupId }
    for (let count = 0; count < 4; count++) await group(place)
    const open = await group(place)
    const secret = await group({ ...place, visibility: 'named', why: null })
    const id: KeyResultId = await keyResult(hanna, secret)
    expect(said(await findings(secret))).toContain('warning no-why /why')
    expect((await refused(findings(secret, ben))).kind).toBe('not-found')
    expect(await findings(open, ben)).toEqual([])
    expect(said(await findings(open))).toEqual(['warning few /groupId'])
    const query = { id: place.groupId, cycleId: place.cycleId }
    const told = await ben.call('groups.findings', query)
    expect(told.items).toEqual([])
    expect(JSON.stringify(told)).not.toContain(id)
    const { items } = await hanna.call('groups.findings', query)
    expect(said(items)).toContain('warning no-why /why')
    expect(items[0]).toMatchObject({ rule: 'few', reason: { values: { count: 6 } } })
  })

  test('nor does a draft of somebody else’s', async () => {
    const draft = await group({ draft: true, why: null })
    expect((await refused(findings(draft, marram.tomas))).kind).toBe('not-found')
    const home = await group()
    await keyResult(marram.hanna, home)
    await keyResult(marram.hanna, home)
    await keyResult(marram.hanna, home, { measure: null, draft: true })
    expect(await findings(home, marram.tomas)).toEqual([])
    expect(said(await findings(home))).toEqual(['wall measurable /measure'])
  })
})

describe('What is imported', () => {
  const cascade = (title: string) => ({
    title,
    nodes: [
      { id: '1', type: 'objective', level: 'company', text: 'Be the warning that people act on' },
      { id: '2', parent_id: '1', type: 'key_result', text: 'Alerts acknowledged within ten minutes' },
    ],
  })
  const bring = async (title: string) => {
    const span = { startsOn: '2026-10-01', endsOn: '2026-12-31' }
    const report = await marram.administrator.call('imports.cascade', {
      cascade: { ...cascade(title), period: title },
      ...span,
    })
    const idOfNode = (nodeId: string) => report.lines.find((line) => line.nodeId === nodeId)?.id
    return { objective: idOfNode('1') as ObjectiveId, keyResult: idOfNode('2') as KeyResultId, report }
  }

  test('is found to lack what it lacks, and conforms once that is there', async () => {
    const { administrator } = marram
    const brought = await bring('The year before')
    expect(said(await findings(brought.objective, marram.ben))).toEqual([
      'wall measurable /measure',
      'warning no-why /why',
      'hint few /keyResults',
    ])
    const mended = { id: brought.keyResult, measure, reason: 'Measured now' }
    expect(await administrator.call('key-results.edit', mended)).toMatchObject({ conforms: true, progress: '0' })
    expect(said(await findings(brought.objective, marram.ben))).toEqual(['warning no-why /why', 'hint few /keyResults'])
  })

  test('conforms from the beginning where the rule is a warning only, and waits for its measure', async () => {
    await under({ measurable: 'warning' }, async () => {
      const { report, ...brought } = await bring('Two years before')
      const reasons = report.lines.flatMap(({ reasons: all }) => all.map(({ key }) => key))
      expect(reasons).not.toContain('import.cascade.not-conforming')
      expect(await marram.ben.call('key-results.show', { id: brought.keyResult })).toMatchObject({
        conforms: true,
        progress: null,
      })
      expect(said(await findings(brought.objective, marram.ben))).toContain('warning measurable /measure')
    })
  })
})

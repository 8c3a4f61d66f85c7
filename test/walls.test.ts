import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { ChangeId, ObjectiveId } from '#domain/id.ts'
import type { ProblemFacts } from '#domain/problem.ts'
import { findChange } from '#store/changes.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const group = (draft = false) => objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, draft })
const fields = ({ errors = [] }: ProblemFacts) => errors.map(({ pointer, reason }) => `${pointer} ${reason.key}`)
type Body = Partial<InputOf<'key-results.edit'>>

describe('What is not measurable, not time-bound or nobody’s cannot be published', () => {
  const gaps: [string, Body, string[]][] = [
    ['no measure', { measure: null }, ['/measure rule.measurable.measure']],
    ['no start', { measure: { kind: 'increase', target: '9', unit: 'USD' } }, ['/measure/start rule.measurable.start']],
    [
      'no target',
      { measure: { kind: 'decrease', start: '9', unit: 'USD' } },
      ['/measure/target rule.measurable.target'],
    ],
    ['no unit', { measure: { kind: 'increase', start: '0', target: '9' } }, ['/measure/unit rule.measurable.unit']],
    [
      'no evidence',
      { measure: { kind: 'milestone', steps: [{ title: 'Draft' }] } },
      ['/measure/evidence rule.measurable.evidence'],
    ],
    ['no deadline', { deadline: null }, ['/deadline rule.time-bound.no-deadline']],
    ['a deadline after the cycle', { deadline: '2027-01-01' }, ['/deadline rule.time-bound.outside']],
    ['a deadline before the cycle', { deadline: '2026-09-30' }, ['/deadline rule.time-bound.outside']],
    ['a start before the cycle', { startsOn: '2026-09-30' }, ['/startsOn rule.time-bound.start-outside']],
    [
      'a start after its deadline',
      { startsOn: '2026-12-02', deadline: '2026-12-01' },
      ['/deadline rule.time-bound.ends-before-start'],
    ],
  ]

  test.each(gaps)('%s', async (_, gap, walls) => {
    const id = await keyResult(marram.hanna, await group(), { ...(gap as object), draft: true })
    const no = await refused(marram.hanna.call('key-results.publish', { id }))
    expect(no).toMatchObject({ kind: 'refused', rule: walls[0]?.includes('measurable') ? 'measurable' : 'time-bound' })
    expect(fields(no)).toEqual(walls)
    expect((await marram.hanna.call('key-results.show', { id })).state).toBe('draft')
  })

  test.each(gaps)('nor can what is published later be edited so: %s', async (_, gap, walls) => {
    const id = await keyResult(marram.hanna, await group())
    const edit = { ...(gap as object), id, reason: 'It has changed' }
    expect(fields(await refused(marram.hanna.call('key-results.edit', edit)))).toEqual(walls)
  })

  test('everything that is missing is named at once, each beside its field', async () => {
    const nothing = { measure: { kind: 'increase' as const }, deadline: null, draft: true }
    const id = await keyResult(marram.hanna, await group(), nothing)
    expect(fields(await refused(marram.hanna.call('key-results.publish', { id })))).toEqual([
      '/measure/start rule.measurable.start',
      '/measure/target rule.measurable.target',
      '/measure/unit rule.measurable.unit',
      '/deadline rule.time-bound.no-deadline',
    ])
  })

  test('nothing without words: a draft may lack them, and all else but who leads or owns it', async () => {
    const { hanna, cycles } = marram
    const home = await hanna.call('objectives.create', { cycleId: cycles.quarter })
    const draft = await hanna.call('key-results.create', { id: home.id })
    const byRef = await hanna.call('key-results.by-ref', { ref: 'crm/untitled', objectiveId: home.id })
    expect(home).toMatchObject({ title: '', why: null, leadId: idOf(hanna), state: 'draft' })
    for (const one of [draft, byRef])
      expect(one).toMatchObject({ title: '', measure: null, deadline: null, ownerId: idOf(hanna), state: 'draft' })
    await hanna.call('key-results.discard', { id: byRef.id })
    const no = await refused(hanna.call('objectives.publish', { id: home.id }))
    expect(no).toMatchObject({ kind: 'refused', rule: 'untitled' })
    expect(fields(no)).toEqual([
      '/title rule.untitled.title',
      `/keyResults/${draft.id}/title rule.untitled.title`,
      `/keyResults/${draft.id}/measure rule.measurable.measure`,
      `/keyResults/${draft.id}/deadline rule.time-bound.no-deadline`,
    ])
    const open = await keyResult(hanna, await group(), { draft: true })
    const measure = { kind: 'increase' as const, start: '0', target: '9', unit: 'USD' }
    const other = await hanna.call('key-results.create', {
      ...{ id: (await hanna.call('key-results.show', { id: open })).objectiveId, measure, deadline: '2026-12-31' },
    })
    expect(fields(await refused(hanna.call('key-results.publish', { id: other.id })))).toEqual([
      '/title rule.untitled.title',
    ])
    const empty = hanna.call('objectives.edit', { id: home.id, title: ' ' })
    expect(fields(await refused(empty))).toEqual(['/title field.empty'])
    await hanna.call('key-results.discard', { id: draft.id })
    await hanna.call('objectives.edit', { id: home.id, title: 'Be trusted on the Rhine' })
    expect((await hanna.call('objectives.publish', { id: home.id })).state).toBe('published')
  })

  test('an Objective is published with all its drafts or not at all: every wall of every one of them', async () => {
    const { hanna } = marram
    const home = await group(true)
    const fine = await keyResult(hanna, home, { draft: true })
    const first = await keyResult(hanna, home, { measure: null, draft: true })
    const second = await keyResult(hanna, home, { deadline: null, draft: true })
    expect(fields(await refused(hanna.call('objectives.publish', { id: home })))).toEqual([
      `/keyResults/${first}/measure rule.measurable.measure`,
      `/keyResults/${second}/deadline rule.time-bound.no-deadline`,
    ])
    expect((await hanna.call('key-results.show', { id: fine })).state).toBe('draft')
    for (const id of [first, second]) await hanna.call('key-results.discard', { id })
    expect(await hanna.call('objectives.publish', { id: home })).toMatchObject({
      state: 'published',
      keyResultCount: 1,
    })
    expect((await hanna.call('key-results.show', { id: fine })).state).toBe('published')
  })

  test('a target on the wrong side of its start is refused at once, as a draft too', async () => {
    const home = await group()
    const wrong = (kind: 'increase' | 'decrease', start: string, target: string) =>
      refused(keyResult(marram.hanna, home, { measure: { kind, start, target, unit: 'days' }, draft: true }))
    for (const no of [
      await wrong('increase', '90', '60'),
      await wrong('increase', '60', '60'),
      await wrong('decrease', '60', '90'),
    ])
      expect(no).toMatchObject({ rule: 'measurable', errors: [{ pointer: '/measure/target' }] })
  })

  test('who has left owns nothing, and is given nothing', async () => {
    const { hanna, administrator } = marram
    const gone = await administrator.call('people.create', { name: 'Gone Already' })
    const leaving = await keyResult(hanna, await group(), { ownerId: gone.id, draft: true })
    await administrator.call('people.edit', { id: gone.id, leftOn: '2026-11-01' })
    expect((await hanna.call('key-results.show', { id: leaving })).ownerId).not.toBe(gone.id)
    const handed = await refused(hanna.call('key-results.edit', { id: leaving, ownerId: gone.id }))
    expect(fields(handed)).toEqual(['/ownerId field.person-left'])
    await hanna.call('key-results.edit', { id: leaving, ownerId: idOf(hanna) })
    expect(await hanna.call('key-results.publish', { id: leaving })).toMatchObject({ ownerId: idOf(hanna) })
  })

  test('not even where the database says otherwise is it published for somebody who has left', async () => {
    const { hanna, administrator, database } = marram
    const gone = await administrator.call('people.create', { name: 'Gone Long Ago', leftOn: '2026-11-01' })
    const id = await keyResult(hanna, await group(), { draft: true })
    const everything = new pg.Client({ connectionString: database.adminUrl })
    await everything.connect()
    await everything.query('update key_results set owner_id = $1 where id = $2', [gone.id, id])
    await everything.end()
    const no = await refused(hanna.call('key-results.publish', { id }))
    expect(fields(no)).toEqual(['/ownerId rule.one-owner.inactive'])
  })
})

test('“By 25 %” from 200 is 250 increasing and 150 decreasing; “by 50” is the same', async () => {
  const home = await group()
  const target = async (kind: 'increase' | 'decrease', by: { percent: string } | { amount: string }) => {
    const id = await keyResult(marram.hanna, home, { measure: { kind, start: '200', by, unit: 'USD' } })
    const { measure } = await marram.hanna.call('key-results.show', { id })
    return measure && 'target' in measure ? measure.target : null
  }
  expect(await target('increase', { percent: '25' })).toBe('250')
  expect(await target('decrease', { percent: '25' })).toBe('150')
  expect(await target('increase', { amount: '50' })).toBe('250')
  expect(await target('decrease', { amount: '50' })).toBe('150')
  const far = { kind: 'increase' as const, start: '999999999999999999', by: { percent: '100' }, unit: 'USD' }
  expect(fields(await refused(keyResult(marram.hanna, home, { measure: far })))).toEqual([
    '/measure/by measure.by-too-far',
  ])
})

describe('Whatever an Objective lies in', () => {
  test('a change of cycle that would leave a published deadline outside names it, and leaves it', async () => {
    const { hanna, administrator } = marram
    const home = await group()
    const id = await keyResult(hanna, home)
    const next = await administrator.call('cycles.create', { name: 'H1', startsOn: '2026-11-01', endsOn: '2026-12-01' })
    const no = await refused(hanna.call('objectives.edit', { id: home, cycleId: next.id, reason: 'Sooner' }))
    expect(no).toMatchObject({ rule: 'time-bound', details: { keyResultIds: [id] } })
  })

  test('a change of the cycle’s own days that would do so is refused as well', async () => {
    const { hanna, administrator } = marram
    const cycle = await administrator.call('cycles.create', {
      name: 'Storms',
      startsOn: '2026-10-01',
      endsOn: '2026-12-31',
    })
    const home = await objective(hanna, { level: 'group', cycleId: cycle.id })
    const id = await keyResult(hanna, home)
    const no = await refused(administrator.call('cycles.edit', { id: cycle.id, endsOn: '2026-12-30' }))
    expect(no).toMatchObject({ kind: 'refused', rule: 'time-bound', details: { keyResultIds: [id] } })
    await hanna.call('key-results.edit', { id, deadline: '2026-12-24', reason: 'Before Christmas' })
    expect(await administrator.call('cycles.edit', { id: cycle.id, endsOn: '2026-12-30' })).toMatchObject({
      endsOn: '2026-12-30',
    })
  })
})

describe('History is kept', () => {
  const said = 'rule.history-is-kept.no-reason'

  test('nothing published is rewritten without a reason once its cycle has begun', async () => {
    const { hanna } = marram
    const home = await group()
    const id = await keyResult(hanna, home)
    const edits: (() => Promise<unknown>)[] = [
      () => hanna.call('objectives.edit', { id: home, title: 'Something else' }),
      () => hanna.call('objectives.edit', { id: home, why: null, ambition: 'aspirational' }),
      () => hanna.call('key-results.edit', { id, title: 'Something else' }),
      () => hanna.call('key-results.edit', { id, weight: 2 }),
      () => hanna.call('key-results.edit', { id, measure: { kind: 'increase', start: '0', target: '9', unit: 'USD' } }),
      () => hanna.call('key-results.edit', { id, ownerId: idOf(marram.tomas) }),
    ]
    for (const edit of edits) {
      const no = await refused(edit())
      expect(no).toMatchObject({ kind: 'refused', rule: 'history-is-kept' })
      expect(fields(no)).toEqual([`/reason ${said}`])
    }
  })

  test('a reason opens it, and shows with who, when, from and to', async () => {
    const { hanna, clock } = marram
    const home = await group()
    const before = clock.now().toISOString()
    const sent = await hanna.send('objectives.edit', {
      id: home,
      title: 'Be trusted on the Rhine',
      reason: 'Clearer words',
    })
    const { items } = await marram.ben.call('activity.list', { objectiveId: home })
    expect(items[0]).toMatchObject({
      operation: 'objectives.edit',
      actorId: idOf(hanna),
      changeId: sent.changeId,
      noun: 'objective',
      nounId: home,
      fields: ['title'],
    })
    expect((items[0]?.madeAt ?? '') > before).toBe(true)
  })

  test('a draft is still one’s own business, and so is what lies in a cycle to come', async () => {
    const { hanna, administrator } = marram
    const draft = await group(true)
    await hanna.call('objectives.edit', { id: draft, title: 'Not yet sure' })
    const next = await administrator.call('cycles.create', { name: 'Q1', startsOn: '2027-01-01', endsOn: '2027-03-31' })
    const coming = await objective(hanna, { level: 'group', cycleId: next.id })
    expect(await hanna.call('objectives.edit', { id: coming, title: 'Still early' })).toMatchObject({
      title: 'Still early',
    })
  })

  test('an edit that changes nothing is no change', async () => {
    const { hanna } = marram
    const home = await group(true)
    const { title, version } = await hanna.call('objectives.show', { id: home })
    const sent = await hanna.send('objectives.edit', { id: home, title })
    expect([sent.changeId, sent.data.version]).toEqual([null, version])
  })
})

describe('A reference of another system', () => {
  const put = (ref: string, body: Omit<InputOf<'key-results.by-ref'>, 'ref'>, who = marram.hanna) =>
    who.call('key-results.by-ref', { ref, ...body })
  const measure = { kind: 'increase' as const, start: '0', target: '9', unit: 'USD' }

  test('makes a Key Result where nothing bears it yet, for the lead of its Objective, and edits what does', async () => {
    const home = await group()
    const made = await put('crm/1', { objectiveId: home, title: 'New sales', measure, deadline: '2026-12-31' })
    expect(made).toMatchObject({ externalRef: 'crm/1', objectiveId: home, ownerId: idOf(marram.hanna) })
    expect(await put('crm/1', { title: 'Newer sales' })).toMatchObject({ id: made.id, title: 'Newer sales' })
  })

  test('takes a reason also where it makes one: whoever sends it does not know which it will be', async () => {
    const sent = await marram.hanna.send('key-results.by-ref', {
      ref: 'crm/4',
      objectiveId: await group(),
      title: 'New sales',
      reason: 'As the other system has it',
    })
    const change = await marram.store.read(marram.id, (tx) => findChange(tx, sent.changeId as ChangeId))
    expect(change?.reason).toBe('As the other system has it')
  })

  test('belongs to one thing: the database refuses another one with it', async () => {
    const home = await group()
    await keyResult(marram.hanna, home, { externalRef: 'crm/2' })
    const again = keyResult(marram.hanna, home, { externalRef: 'crm/2' })
    await expect(again).rejects.toMatchObject({ constraint: 'key_results_ref' })
  })

  test('of somebody’s draft says no more to others than that it is taken', async () => {
    const { tomas, hanna } = marram
    const hidden = await keyResult(hanna, await group(), { externalRef: 'crm/3', title: 'Hidden words', draft: true })
    const home: ObjectiveId = await objective(tomas, { level: 'group', cycleId: marram.cycles.quarter })
    const attempt = put('crm/3', { objectiveId: home, title: 'Mine', measure }, tomas)
    await expect(attempt).rejects.toMatchObject({ constraint: 'key_results_ref' })
    await expect(tomas.call('key-results.list', { externalRef: 'crm/3' })).resolves.toMatchObject({ items: [] })
    expect((await refused(tomas.call('key-results.show', { id: hidden }))).kind).toBe('not-found')
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import { RULES } from '#domain/rules.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

type Patch = Omit<InputOf<'organizations.edit-settings'>, 'id'>
const set = (patch: Patch, who = marram.administrator) =>
  who.call('organizations.edit-settings', { id: marram.id, ...patch })
const settings = (who = marram.ben) => who.call('organizations.settings', { id: marram.id })
const fields = async (attempt: Promise<unknown>) =>
  ((await refused(attempt)).errors ?? []).map(({ pointer, reason }) => [pointer, reason])

describe('The settings of an organization', () => {
  test('are read by everybody and written by administrators', async () => {
    const guest = marram.service('guest')
    expect(await settings(guest)).toMatchObject({ status: { behind: 10 }, cadence: { every: 'week', dueOn: 1 } })
    for (const who of [guest, marram.ben, marram.daniel])
      expect((await refused(set({ maintainTolerance: 4 }, who))).kind).toBe('forbidden')
    expect(await set({ maintainTolerance: 4 }, marram.ingrid)).toMatchObject({ maintainTolerance: 4 })
    expect((await refused(marram.ben.call('organizations.settings', { id: idOf(marram.ben) as never }))).kind).toBe(
      'not-found',
    )
  })

  test('change as far as they are named, are told of, and can be taken back', async () => {
    const before = await settings()
    const { changeId, data } = await marram.administrator.send('organizations.edit-settings', {
      id: marram.id,
      rules: { few: 'off' },
      few: { objectives: 7 },
      reason: 'We are many',
    })
    expect(data).toEqual({
      ...before,
      rules: { ...before.rules, few: 'off' },
      few: { objectives: 7, keyResults: 5 },
      version: before.version + 1,
    })
    await marram.drain()
    const { items } = await marram.ben.call('activity.list', { limit: 200 })
    expect(items.find((item) => item.changeId === changeId)).toMatchObject({
      operation: 'organizations.edit-settings',
      fields: ['settings'],
    })
    await marram.administrator.call('changes.undo', { id: changeId as never })
    expect(await settings()).toEqual({ ...before, version: before.version + 2 })
  })

  test('name a fixed rule as what it is, as whoever sends all of them does: it is no setting of theirs', async () => {
    const before = await settings()
    const after = await set({ rules: { 'no-cycles': 'wall', few: 'wall' } })
    expect(after.rules).toEqual({ ...before.rules, few: 'wall' })
    expect(await set({ rules: { 'no-cycles': 'wall' } })).toEqual(after)
    await set({ rules: { few: before.rules.few } })
  })

  test('that stay as they are are no change', async () => {
    const { version } = await settings()
    const sent = await marram.administrator.send('organizations.edit-settings', {
      id: marram.id,
      includeAligned: false,
    })
    expect([sent.changeId, sent.data.version]).toEqual([null, version])
  })

  test('are not written over what somebody else has set meanwhile', async () => {
    const { version } = await settings()
    await set({ baselineAfterDays: 21 })
    const late = { id: marram.id, baselineAfterDays: 7 }
    const no = refused(marram.administrator.call('organizations.edit-settings', late, { ifMatch: version }))
    expect(await no).toMatchObject({ kind: 'stale', details: { current: { baselineAfterDays: 21 } } })
  })

  test('say of each field that is wrong what it may be', async () => {
    expect(await fields(set({ rules: { 'no-why': 'hint' } as never }))).toEqual([
      ['/rules/no-why', { key: 'field.one-of', values: { values: 'warning, wall, off' } }],
    ])
    expect(await fields(set({ rules: { measurable: 'off' } as never }))).toEqual([
      ['/rules/measurable', { key: 'field.one-of', values: { values: 'wall, warning' } }],
    ])
    expect(await fields(set({ rules: { 'no-cycles': 'warning', 'narrow-groups': 'off' } as never }))).toEqual([
      ['/rules/no-cycles', { key: 'field.one-of', values: { values: 'wall' } }],
      ['/rules/narrow-groups', { key: 'field.one-of', values: { values: 'hint' } }],
    ])
    expect(await fields(set({ rules: { fewer: 'off' } as never }))).toEqual([
      ['/rules/fewer', { key: 'field.rule', values: { field: 'fewer' } }],
    ])
    expect(await fields(set({ status: { behind: 30 } }))).toEqual([
      ['/status/atRisk', { key: 'settings.at-risk-before-behind', values: { behind: 30 } }],
    ])
    expect(await fields(set({ aspirationalScore: '1.1' }))).toMatchObject([
      ['/aspirationalScore', { key: 'field.score' }],
    ])
    for (const unit of ['USD', '%', 'weeks'])
      expect(await fields(set({ units: { [unit]: false } }))).toMatchObject([
        [`/units/${unit}`, { key: 'field.unit-name' }],
      ])
    expect((await fields(set({ companyEditorIds: [marram.id as never] })))[0]).toMatchObject([
      '/companyEditorIds/0',
      { key: 'field.names-nothing' },
    ])
  })
})

test('Every rule says what it says, what it weighs here, and what it may be set to', async () => {
  await set({ rules: { 'no-why': 'wall' } })
  const { items } = await marram.service('guest').call('rules.list', {})
  expect(items.map(({ name }) => name)).toEqual(RULES.map(({ name }) => name))
  expect(items.find(({ name }) => name === 'no-why')).toEqual({
    name: 'no-why',
    says: { key: 'rule.no-why.says' },
    stage: 'finding',
    default: 'warning',
    setting: 'wall',
    may: ['warning', 'wall', 'off'],
  })
  expect(items.find(({ name }) => name === 'no-cycles')).toMatchObject({ setting: 'wall', may: ['wall'] })
  await set({ rules: { 'no-why': 'warning' } })
})

describe('The numbers of a status', () => {
  test('decide from where on it changes', async () => {
    const { hanna } = marram
    const id = await keyResult(hanna, await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter }))
    // On 23 November 54 of 92 days are over: 58.7 points are expected.
    await hanna.call('check-ins.make', { id, value: 150000, confidence: 5 })
    const is = async () => (await hanna.call('key-results.show', { id })).status?.is
    expect(await is()).toBe('on track')
    await set({ status: { behind: 8 } })
    expect(await is()).toBe('behind')
    await set({ status: { atRisk: 8 } })
    expect(await is()).toBe('at risk')
    await set({ status: { behind: 10, atRisk: 25, lowConfidence: 5 } })
    expect(await is()).toBe('at risk')
    await set({ status: { lowConfidence: 3 } })
    expect(await is()).toBe('on track')
  })

  test('and the tolerance of what is maintained', async () => {
    const { hanna } = marram
    const measure = { kind: 'maintain' as const, atLeast: '99.5', unit: '%' }
    const home = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter })
    const id = await keyResult(hanna, home, { measure })
    await set({ maintainTolerance: 20 })
    expect(await hanna.call('key-results.show', { id })).toMatchObject({ pace: '0.8' })
    await set({ maintainTolerance: 5 })
  })
})

describe('A name of a unit', () => {
  const seats = { measure: { kind: 'increase' as const, start: '0', target: '100', unit: 'seats' } }

  test('is not added up where the organization says so, except by a share', async () => {
    const { hanna } = marram
    const home = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter })
    const [above, first, second] = [
      await keyResult(hanna, home, seats),
      await keyResult(hanna, home, seats),
      await keyResult(hanna, home, seats),
    ]
    const sum = (id: typeof first, share?: string) =>
      hanna.call('key-results.contribute', { id, toKeyResultId: above, rollUp: 'sum', ...(share ? { share } : {}) })
    expect(await sum(first)).toMatchObject({ state: 'accepted' })
    const no = await refused(set({ units: { seats: false } }))
    expect(no).toMatchObject({
      rule: 'like-sums-with-like',
      reason: { values: { units: 'seats', count: 1 } },
      errors: [{ pointer: '/units' }],
    })
    await hanna.call('key-results.end-contribution', { id: first })
    expect(await set({ units: { seats: false } })).toMatchObject({ units: { seats: false } })
    expect(await refused(sum(second))).toMatchObject({ rule: 'like-sums-with-like' })
    expect(await sum(second, '10')).toMatchObject({ state: 'accepted' })
    await set({ units: { seats: true } })
    expect(await sum(first)).toMatchObject({ state: 'accepted' })
  })
})

describe('Whom an administrator names', () => {
  test('edits, publishes and closes company Objectives, and no others; and speaks for no end of a link', async () => {
    const { ingrid, noor, hanna } = marram
    const company = await objective(ingrid, { level: 'company', cycleId: marram.cycles.quarter })
    const other = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter })
    const edit = (id: typeof company, who = noor) =>
      who.call('objectives.edit', { id, why: 'Because floods kill', reason: 'It was missing' })
    expect((await refused(edit(company))).kind).toBe('forbidden')
    await set({ companyEditorIds: [idOf(noor)] })
    expect(await edit(company)).toMatchObject({ why: 'Because floods kill' })
    expect((await refused(edit(other))).kind).toBe('forbidden')
    expect((await refused(edit(company, marram.ben))).kind).toBe('forbidden')
    await marram.hanna.call('objectives.align', { id: other, toObjectiveId: company })
    expect((await refused(noor.call('objectives.accept-alignment', { id: other }))).kind).toBe('forbidden')
    expect(await noor.call('objectives.close', { id: company })).toMatchObject({ state: 'closed' })
    await set({ companyEditorIds: [] })
    expect((await refused(noor.call('objectives.reopen', { id: company }))).kind).toBe('forbidden')
  })
})

test('An organization may include aligned Objectives: progress and pace are then of both, each at weight 1', async () => {
  const { ingrid, hanna } = marram
  const above = await objective(ingrid, { level: 'company', cycleId: marram.cycles.quarter })
  const below = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter })
  await hanna.call('objectives.align', { id: below, toObjectiveId: above })
  await ingrid.call('objectives.accept-alignment', { id: below })
  const own = await keyResult(ingrid, above, { ownerId: idOf(hanna) })
  const theirs = await keyResult(hanna, below, { startsOn: '2026-12-01' })
  await hanna.call('check-ins.make', { id: own, value: 300000 })
  await hanna.call('check-ins.make', { id: theirs, value: 150000 })
  const shown = () => marram.ben.call('objectives.show', { id: above })
  expect(await shown()).toMatchObject({ progress: '1', pace: '0.586956521739', status: { is: 'achieved' } })
  await set({ includeAligned: true })
  expect(await shown()).toMatchObject({ progress: '0.75', pace: '0.29347826087', status: { is: 'on track' } })
  await set({ includeAligned: false })
  expect(await shown()).toMatchObject({ progress: '1', pace: '0.586956521739' })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

/** The first worked example of the mission, told from its beginning; each test goes on where the last one ended. */
let marram: Company
const o = {} as Record<'growth' | 'america' | 'dach' | 'south' | 'northeast', ObjectiveId>
const k = {} as Record<'sales' | 'america' | 'dach' | 'south' | 'customers', KeyResultId>

beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const show = async (id: KeyResultId) => {
  const { own, current, progress, shares } = await marram.ben.call('key-results.show', { id })
  return { own, current, progress, gap: shares?.gap, offered: shares?.offered, taken: shares?.taken }
}

test('The CEO publishes a growth Objective; its one Key Result is the vice president’s: 0 to 1,000,000 USD', async () => {
  const { ingrid, daniel, cycles } = marram
  o.growth = await objective(ingrid, {
    title: 'Grow in three markets',
    level: 'company',
    cycleId: cycles.quarter,
    draft: true,
  })
  const measure = { kind: 'increase' as const, start: '0', target: '1000000', unit: 'USD' }
  k.sales = await keyResult(ingrid, o.growth, { title: 'New sales', ownerId: idOf(daniel), measure, draft: true })
  await ingrid.call('objectives.publish', { id: o.growth })
  expect(await show(k.sales)).toEqual({
    own: '0',
    current: '0',
    progress: '0',
    gap: '1000000',
    offered: '0',
    taken: '0',
  })
})

test('Three directors align Objectives of their own to it, each offered from below and accepted by the CEO', async () => {
  const { ingrid, priya, hanna, tomas, cycles } = marram
  for (const [name, lead] of [
    ['america', priya],
    ['dach', hanna],
    ['south', tomas],
  ] as const) {
    o[name] = await objective(lead, { title: `Be at home in ${name}`, level: 'group', cycleId: cycles.quarter })
    const offered = await lead.call('objectives.align', {
      id: o[name],
      toObjectiveId: o.growth,
      statement: 'So that we grow',
    })
    expect(offered).toMatchObject({ state: 'offered', offeredBy: 'below', onBehalf: false, accountableId: idOf(lead) })
    const accepted = await ingrid.call('objectives.accept-alignment', { id: o[name] })
    expect(accepted).toMatchObject({ state: 'accepted', onBehalf: false })
  }
  expect((await ingrid.call('objectives.show', { id: o.growth })).alignedCount).toBe(3)
})

test('They take 300,000, 350,000 and 250,000 of it: a gap of 100,000 shows', async () => {
  const { daniel, priya, hanna, tomas } = marram
  for (const [name, owner, target] of [
    ['america', priya, '300000'],
    ['dach', hanna, '350000'],
    ['south', tomas, '250000'],
  ] as const) {
    k[name] = await keyResult(owner, o[name], { measure: { kind: 'increase', start: '0', target, unit: 'USD' } })
    const offered = await owner.call('key-results.contribute', { id: k[name], toKeyResultId: k.sales, rollUp: 'sum' })
    expect(offered).toMatchObject({ state: 'offered', offeredBy: 'below', parentMovesBy: '0' })
  }
  expect(await show(k.sales)).toMatchObject({ offered: '900000', taken: '0', gap: '100000' })
  for (const name of ['america', 'dach', 'south'] as const)
    await daniel.call('key-results.accept-contribution', { id: k[name] })
  expect(await show(k.sales)).toMatchObject({ offered: '0', taken: '900000', gap: '100000' })
})

test('A sales representative offers three new customers as a share of 90,000 of her director’s number', async () => {
  const { priya, maya, cycles } = marram
  o.northeast = await objective(maya, {
    title: 'Win the Northeast',
    level: 'individual',
    cycleId: cycles.quarter,
    alignedToId: o.america,
  })
  await priya.call('objectives.accept-alignment', { id: o.northeast })
  const measure = { kind: 'increase' as const, start: '0', target: '3', unit: 'customers' }
  k.customers = await keyResult(maya, o.northeast, { title: 'New customers', measure })
  await maya.call('key-results.contribute', {
    id: k.customers,
    toKeyResultId: k.america,
    rollUp: 'sum',
    share: '90000',
  })
  expect(await show(k.america)).toMatchObject({ offered: '90000', taken: '0', gap: '210000' })
})

test('Nothing of an offer counts before it is accepted', async () => {
  const { maya } = marram
  const checkIn = await maya.call('check-ins.make', { id: k.customers, value: '1', confidence: 6 })
  expect((await show(k.america)).current).toBe('0')
  await maya.call('changes.undo', { id: checkIn.id as never })
})

test('Her director accepts it: she takes 90,000 of his 300,000', async () => {
  const { priya, maya } = marram
  expect((await refused(maya.call('key-results.accept-contribution', { id: k.customers }))).kind).toBe('forbidden')
  const accepted = await priya.call('key-results.accept-contribution', { id: k.customers })
  expect(accepted).toMatchObject({ state: 'accepted', parentMovesBy: '0', share: '90000' })
  expect(await show(k.america)).toMatchObject({ taken: '90000', gap: '210000' })
})

test('She checks in two closed, and the whole line moves: 60,000 of 300,000, 60,000 of 1,000,000, 6 %', async () => {
  const { maya, ben } = marram
  await maya.call('check-ins.make', { id: k.customers, value: 2, confidence: 7 })
  expect((await show(k.customers)).progress).toBe('0.666666666667')
  expect(await show(k.america)).toEqual({
    own: '0',
    current: '60000',
    progress: '0.2',
    gap: '210000',
    offered: '0',
    taken: '90000',
  })
  expect(await show(k.sales)).toEqual({
    own: '0',
    current: '60000',
    progress: '0.06',
    gap: '100000',
    offered: '0',
    taken: '900000',
  })
  const progress = async (id: ObjectiveId) => (await ben.call('objectives.show', { id })).progress
  expect(await progress(o.northeast)).toBe('0.666666666667')
  expect(await progress(o.america)).toBe('0.2')
  expect(await progress(o.growth)).toBe('0.06')
  expect(await progress(o.dach)).toBe('0')
})

test('She sees her line to the CEO’s Objective', async () => {
  const { maya } = marram
  const line = await maya.call('key-results.line-of-sight', { id: k.customers })
  expect(line).toMatchObject({
    unbroken: true,
    broken: null,
    keyResult: { progress: '0.666666666667', ownerId: idOf(maya) },
  })
  expect(line.path.map(({ title, level, progress, next }) => [title, level, progress, next?.link ?? null])).toEqual([
    ['Win the Northeast', 'individual', '0.666666666667', 'accepted'],
    ['Be at home in america', 'group', '0.2', 'accepted'],
    ['Grow in three markets', 'company', '0.06', null],
  ])
  expect((await maya.call('people.line-of-sight', { id: idOf(maya) })).unbroken).toBe(true)
})

test('A share of 3,000,000 at two of three adds exactly 2,000,000', async () => {
  const { priya, maya } = marram
  await maya.call('key-results.contribute', {
    id: k.customers,
    toKeyResultId: k.america,
    rollUp: 'sum',
    share: '3000000',
  })
  const accepted = await priya.call('key-results.accept-contribution', { id: k.customers })
  expect(accepted.parentMovesBy).toBe('1940000')
  expect(await show(k.america)).toMatchObject({ current: '2000000', gap: '-2700000' })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { KeyResultId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const home = () => objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter })
type Measure = InputOf<'key-results.create'>['measure']
const measured = async (measure: Measure) => keyResult(marram.hanna, await home(), { measure })
const show = (id: KeyResultId) => marram.hanna.call('key-results.show', { id })
const report = (id: KeyResultId, value: string, more: object = {}) =>
  marram.hanna.call('check-ins.make', { id, value, ...more } as InputOf<'check-ins.make'>)

describe('A baseline', () => {
  const fewer = { kind: 'decrease' as const, baseline: true, target: '60', unit: 'days' }

  test('has no progress until the first value is reported, which is its start', async () => {
    const id = await measured(fewer)
    expect(await show(id)).toMatchObject({ start: null, target: '60', current: null, progress: null, shares: null })
    await report(id, '90')
    expect(await show(id)).toMatchObject({ start: '90', target: '60', current: '90', progress: '0' })
    await report(id, '75')
    expect(await show(id)).toMatchObject({ start: '90', current: '75', progress: '0.5', shares: { need: '30' } })
    expect((await show(id)).measure).toMatchObject({ start: null, baseline: true })
  })

  test('is moved by a correction of that value, and falls to the next when it is taken back', async () => {
    const id = await measured(fewer)
    const first = await report(id, '90')
    await report(id, '80')
    const corrected = await report(id, '100', { corrects: first.id })
    expect(await show(id)).toMatchObject({ start: '100', progress: '0.5' })
    await marram.hanna.call('check-ins.make', { id, corrects: corrected.id })
    expect(await show(id)).toMatchObject({ start: '80', current: '80', progress: '0' })
  })

  test('is the value recorded first, also where another was measured on an earlier day', async () => {
    const id = await measured(fewer)
    await report(id, '90', { measuredOn: '2026-11-20' })
    await report(id, '120', { measuredOn: '2026-11-01' })
    expect(await show(id)).toMatchObject({ start: '90', current: '90' })
  })

  test('lets “by 25 %” begin where it begins: from 200 to 150 decreasing, to 250 increasing', async () => {
    const less = await measured({ kind: 'decrease', baseline: true, by: { percent: '25' }, unit: 'USD' })
    const more = await measured({ kind: 'increase', baseline: true, by: { percent: '25' }, unit: 'USD' })
    expect(await show(more)).toMatchObject({ target: null, measure: { target: null, by: { percent: '25' } } })
    for (const id of [less, more]) await report(id, '200')
    expect([(await show(less)).target, (await show(more)).target]).toEqual(['150', '250'])
  })

  test('that would leave nothing to do is refused with its way out: to maintain that value', async () => {
    const id = await measured(fewer)
    const no = await refused(report(id, '60'))
    expect(no).toMatchObject({ rule: 'measurable', errors: [{ pointer: '/value' }] })
    expect((await show(id)).start).toBe(null)
    await marram.hanna.repair((no.repairs ?? [])[0] as never)
    expect((await show(id)).measure).toEqual({ kind: 'maintain', atLeast: null, atMost: '60', unit: 'days' })
    await report(id, '60')
    expect(await show(id)).toMatchObject({ current: '60', progress: '1' })
  })

  test('cannot be corrected, taken back or re-targeted into nothing to do', async () => {
    const id = await measured(fewer)
    const first = await report(id, '90')
    await report(id, '50')
    for (const attempt of [
      () => report(id, '55', { corrects: first.id }),
      () => marram.hanna.call('check-ins.make', { id, corrects: first.id }),
      () => marram.hanna.call('changes.undo', { id: first.id as never }),
      () => marram.hanna.call('key-results.edit', { id, measure: { ...fewer, target: '95' }, reason: 'Less is more' }),
    ])
      expect((await refused(attempt())).rule).toBe('measurable')
    expect(await show(id)).toMatchObject({ start: '90', current: '50' })
  })

  test('of a summing parent is set by its owner’s own first value', async () => {
    const top = await home()
    const parent = await keyResult(marram.hanna, top, {
      measure: { kind: 'increase', baseline: true, target: '1000', unit: 'USD' },
    })
    const child = await keyResult(marram.hanna, top, {
      measure: { kind: 'increase', start: '0', target: '300', unit: 'USD' },
    })
    await marram.hanna.call('key-results.contribute', { id: child, toKeyResultId: parent, rollUp: 'sum' })
    await report(child, '60')
    expect(await show(parent)).toMatchObject({ start: null, progress: null })
    await report(parent, '200')
    expect(await show(parent)).toMatchObject({ start: '200', own: '200', current: '260', progress: '0.075' })
  })
})

describe('A value to be maintained', () => {
  const available = { kind: 'maintain' as const, atLeast: '100', atMost: null, unit: '%' }

  test('is judged on the days from its first report: the share that ended within its bounds', async () => {
    const id = await measured(available)
    expect(await show(id)).toMatchObject({ current: null, progress: null })
    await report(id, '100', { measuredOn: '2026-11-14' })
    expect(await show(id)).toMatchObject({ current: '100', progress: '1' })
    await report(id, '99', { measuredOn: '2026-11-19' })
    expect(await show(id)).toMatchObject({ current: '99', progress: '0.5' })
  })

  test('moves at the organization’s midnight without anybody’s doing, and no longer after its deadline', async () => {
    const organization = await openCompany('2026-11-23T08:00:00.000Z')
    const { hanna, clock, cycles } = organization
    const top = await objective(hanna, { level: 'group', cycleId: cycles.quarter })
    const id = await keyResult(hanna, top, { measure: available, deadline: '2026-11-25' })
    await hanna.call('check-ins.make', { id, value: '98', measuredOn: '2026-11-22' })
    await hanna.call('check-ins.make', { id, value: '100' })
    const progress = async () => [
      (await hanna.call('key-results.show', { id })).progress,
      (await hanna.call('objectives.show', { id: top })).progress,
    ]
    expect(await progress()).toEqual(['0.5', '0.5'])
    clock.set('2026-11-23T23:00:00.000Z')
    expect(await progress()).toEqual(['0.666666666667', '0.666666666667'])
    clock.set('2026-11-29T12:00:00.000Z')
    expect(await progress()).toEqual(['0.75', '0.75'])
    await organization.close()
  })

  test('can be neither summed into nor below its own lower bound', async () => {
    const top = await home()
    const parent = await keyResult(marram.hanna, top, { measure: available })
    const child = await keyResult(marram.hanna, top)
    const link = { id: child, toKeyResultId: parent, rollUp: 'sum' as const, share: '3' }
    expect((await refused(marram.hanna.call('key-results.contribute', link))).rule).toBe('one-roll-up')
    const crossed = { measure: { kind: 'maintain' as const, atLeast: '9', atMost: '8', unit: '%' } }
    expect(await refused(keyResult(marram.hanna, top, crossed))).toMatchObject({
      errors: [{ pointer: '/measure/atMost' }],
    })
  })

  test('is not published without a bound or a unit', async () => {
    const id = await keyResult(marram.hanna, await home(), { measure: { kind: 'maintain' }, draft: true })
    const { errors = [] } = await refused(marram.hanna.call('key-results.publish', { id }))
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/measure/bound', '/measure/unit'])
  })
})

describe('Phases', () => {
  const phased = (phases: { on: string; value: string }[]) =>
    measured({ kind: 'increase', start: '0', target: '100', unit: 'customers', phases })

  test('lead from the start to the target, one after another', async () => {
    const phases = [
      { on: '2026-10-31', value: '20' },
      { on: '2026-11-30', value: '20' },
    ]
    expect((await show(await phased(phases))).measure).toMatchObject({ phases })
    const wrong = async (...given: [string, string][]) =>
      ((await refused(phased(given.map(([on, value]) => ({ on, value }))))).errors ?? []).map(({ pointer }) => pointer)
    expect(await wrong(['2026-11-30', '20'], ['2026-10-31', '30'])).toEqual(['/measure/phases/1/on'])
    expect(await wrong(['2026-10-31', '30'], ['2026-11-30', '20'])).toEqual(['/measure/phases/1/value'])
    expect(await wrong(['2026-10-31', '120'])).toEqual(['/measure/phases/0/value'])
  })

  test('end before the deadline', async () => {
    const { errors = [] } = await refused(phased([{ on: '2026-12-31', value: '20' }]))
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/measure/phases/0/on'])
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Company, openCompany } from '#test/company.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

describe('Marram', () => {
  test('stands as its people made it', async () => {
    const { ingrid, objectives, keyResults } = marram
    expect(await ingrid.call('objectives.show', { id: objectives.growth })).toMatchObject({
      progress: '0',
      keyResultCount: 1,
    })
    expect((await ingrid.call('key-results.show', { id: keyResults.sales })).shares).toEqual({
      need: '1000000',
      kept: '0',
      taken: '900000',
      offered: '0',
      gap: '100000',
    })
    expect((await ingrid.call('key-results.show', { id: keyResults.bostonPilot })).progress).toBe('0.75')
    expect(await ingrid.call('objectives.show', { id: objectives.borders })).toMatchObject({
      alignedToId: null,
      alignmentOffer: { state: 'offered' },
    })
  })

  test('is moved along its whole line by one check-in of whoever does the work', async () => {
    const { maya, ingrid, objectives, keyResults } = marram
    expect(await maya.call('check-ins.list', { id: keyResults.customersNortheast })).toMatchObject({ items: [] })
    await maya.call('check-ins.make', { id: keyResults.customersNortheast, value: '2', confidence: 7 })
    await marram.drain()
    const show = (id: typeof keyResults.sales) => ingrid.call('key-results.show', { id })
    expect((await show(keyResults.customersNortheast)).progress).toBe('0.666666666667')
    expect(await show(keyResults.salesAmerica)).toMatchObject({
      current: '60000',
      progress: '0.2',
      shares: { gap: '210000' },
    })
    expect(await show(keyResults.sales)).toMatchObject({ current: '60000', progress: '0.06' })
    expect(await ingrid.call('objectives.show', { id: objectives.growth })).toMatchObject({ progress: '0.06' })
    const line = await maya.call('key-results.line-of-sight', { id: keyResults.customersNortheast })
    expect([line.unbroken, line.path.map((stop) => stop.objectiveId)]).toEqual([
      true,
      [objectives.northeast, objectives.america, objectives.growth],
    ])
  })
})

test.each(['2026-01-01', '2026-02-28', '2027-12-31', '2028-04-01'])('Marram can be made on %s', async (day) => {
  const company = await openCompany(`${day}T09:00:00.000Z`)
  const { items } = await company.ingrid.call('cycles.list', { on: day })
  expect(items.map((cycle) => cycle.name).sort()).toHaveLength(2)
  await company.close()
})

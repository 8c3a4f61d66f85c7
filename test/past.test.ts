import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Installation, openInstallation } from './harness.ts'
import { replayed } from './past.ts'

let installation: Installation
let marram: Company
beforeAll(async () => {
  ;[installation, marram] = await Promise.all([openInstallation(), openCompany()])
})
afterAll(() => Promise.all([installation.close(), marram.close()]))

test.each([1, 2, 3])('As of any day, company %i is told as it was known when that day ended', async (seed) => {
  expect(await replayed(installation, seed, 8)).toBeGreaterThan(100)
})

test('What was thrown away or hidden since is gone from a past day, with its links; what is left comes in whole pages', async () => {
  const { hanna, tomas, ben, cycles, clock } = marram
  const group = (draft = false) => objective(hanna, { level: 'group', cycleId: cycles.quarter, draft })
  const above = await objective(tomas, { level: 'group', cycleId: cycles.quarter })
  const parent = await keyResult(tomas, above)
  const below = [await group(true), await group(), await group()] as const
  for (const id of below) await hanna.call('objectives.align', { id, toObjectiveId: above })
  const parts = [await keyResult(hanna, below[1]), await keyResult(hanna, below[2])] as const
  await tomas.call('objectives.accept-alignment', { id: below[1] })
  await tomas.call('objectives.accept-alignment', { id: below[2] })
  for (const id of parts) await hanna.call('key-results.contribute', { id, toKeyResultId: parent, rollUp: 'sum' })
  await hanna.call('objectives.also-support', { id: below[1], objectiveId: below[2] })
  const then = clock.now().toISOString().slice(0, 10)
  clock.pass(86_400_000)
  await hanna.call('objectives.discard', { id: below[0] })
  await hanna.call('objectives.edit', { id: below[1], visibility: 'named', reason: 'For ourselves' })

  type Asked = { asOf: string; limit: number; cursor?: string }
  async function leafThrough<Item>(read: (page: Asked) => Promise<{ items: Item[]; nextCursor: string | null }>) {
    const items: Item[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await read({ asOf: then, limit: 1, ...(cursor ? { cursor } : {}) })
      items.push(...page.items)
      cursor = page.nextCursor
    }
    return items
  }
  const objectives = await leafThrough((page) => ben.call('objectives.list', { leadId: idOf(hanna), ...page }))
  const alignments = await leafThrough((page) => ben.call('objectives.alignments', { id: above, ...page }))
  const contributions = await leafThrough((page) => ben.call('key-results.contributions', { id: parent, ...page }))
  const supports = await leafThrough((page) => ben.call('objectives.also-supports', { id: below[2], ...page }))
  expect(objectives.map(({ id }) => id)).toContain(below[2])
  expect(objectives.map(({ id }) => id)).not.toContain(below[1])
  expect(alignments.map(({ fromObjectiveId }) => fromObjectiveId)).toEqual([below[2]])
  expect(contributions.map(({ fromKeyResultId }) => fromKeyResultId)).toEqual([parts[1]])
  expect(supports).toEqual([])
})

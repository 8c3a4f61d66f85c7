import assert from 'node:assert/strict'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { Problem } from '#domain/problem.ts'
import { type Chance, chance } from '#test/chance.ts'
import { freshDatabaseIn } from '#test/database.ts'
import { type Caller, type Organization, openInstallation, openOrganization } from '#test/harness.ts'
import { each, type Suite } from '../suite.ts'
import { figuresAsTheyMustBe, figuresAsTold } from './settled.ts'
import { tornIn } from './torn.ts'

type Tree = { objectives: ObjectiveId[]; keyResults: KeyResultId[] }

const WRITES = 25

type Counts = { bursts: number; writes: number; refused: number; reads: number; 'figures as they must be': number }

/**
 * Bursts of eight writers at once, who report, correct, weigh, link and unlink, while the drain runs and somebody reads
 * all the time. No answer is torn, and once settled every figure is the oracle's.
 */
export const suite: Suite = {
  count: 200,
  atOnce: 10,
  run: async (part) => {
    const counts: Counts = { bursts: 0, writes: 0, refused: 0, reads: 0, 'figures as they must be': 0 }
    const installation = await openInstallation(undefined, await freshDatabaseIn(part.cluster))
    const found = await each(part, counts, async (index) => {
      const organization = await openOrganization({ on: installation })
      const tree = await plant(organization)
      await burst(organization, tree, chance(part.seed + index), counts)
      await organization.drain()
      const told = await figuresAsTold(organization)
      assert.deepEqual(told, await figuresAsTheyMustBe(organization))
      counts.bursts++
      counts['figures as they must be'] += told.size
    })
    await installation.close()
    return found
  },
}

/** A company's Objective, two below it and two below each of those; Key Results that sum up and average. */
async function plant({ administrator }: Organization): Promise<Tree> {
  const leadId = (await administrator.call('people.create', { name: 'Ingrid Solheim' })).id
  const cycle = await administrator.call('cycles.create', { name: 'Q4', startsOn: '2026-10-01', endsOn: '2026-12-31' })
  const tree: Tree = { objectives: [], keyResults: [] }
  const add = async (level: 'company' | 'group', alignedToId: ObjectiveId | null, above: KeyResultId[]) => {
    const body = { title: 'To be achieved', level, cycleId: cycle.id, leadId, alignedToId }
    const { id } = await administrator.call('objectives.create', body)
    await administrator.call('objectives.publish', { id })
    const made: KeyResultId[] = []
    for (const rollUp of ['sum', 'average'] as const) {
      const measure = { kind: 'increase' as const, start: '0', target: '100', unit: 'USD' }
      const keyResult = { id, title: 'How we will know', deadline: '2026-12-31', ownerId: leadId, measure }
      const child = await administrator.call('key-results.create', keyResult)
      await administrator.call('key-results.publish', { id: child.id })
      const toKeyResultId = above[made.length]
      if (toKeyResultId) await administrator.call('key-results.contribute', { id: child.id, toKeyResultId, rollUp })
      made.push(child.id)
    }
    tree.objectives.push(id)
    tree.keyResults.push(...made)
    return { id, made }
  }
  const top = await add('company', null, [])
  for (let region = 0; region < 2; region++) {
    const here = await add('group', top.id, top.made)
    for (let team = 0; team < 2; team++) await add('group', here.id, here.made)
  }
  return tree
}

async function burst(organization: Organization, tree: Tree, draw: Chance, count: Counts): Promise<void> {
  let writing = true
  const write = async () => {
    for (let done = 0; done < WRITES; done++) {
      await attempt(() => act(organization.administrator, tree, draw), count)
      count.writes++
    }
  }
  const drain = async () => {
    while (writing) {
      await organization.drain()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const read = async () => {
    while (writing) {
      const { items } = await organization.administrator.call('key-results.list', { limit: 200 })
      const torn = tornIn(items)
      assert.deepEqual(torn, [], 'A torn answer')
      count.reads++
    }
  }
  const others = [drain(), read()]
  await Promise.all(Array.from({ length: 8 }, write)).finally(() => {
    writing = false
  })
  await Promise.all(others)
}

async function attempt(act: () => Promise<unknown>, count: { refused: number }): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    count.refused++
  }
}

function act(administrator: Caller, { keyResults }: Tree, draw: Chance): Promise<unknown> {
  const id = draw.pick(keyResults)
  const value = String(draw.below(200))
  const lot = draw.below(20)
  if (lot < 13) return administrator.call('check-ins.make', { id, value, confidence: draw.below(11) })
  if (lot < 15)
    return administrator.call('key-results.edit', { id, weight: String(draw.below(4)), reason: 'Weighed anew' })
  if (lot < 17)
    return administrator.call('key-results.end-contribution', {
      id,
      already: draw.pick(['included', 'additional'] as const),
    })
  if (lot < 19) {
    const rollUp = draw.pick(['sum', 'average'] as const)
    const link = {
      id,
      toKeyResultId: draw.pick(keyResults),
      rollUp,
      already: draw.pick(['included', 'additional'] as const),
    }
    return administrator.call('key-results.contribute', link)
  }
  return administrator.call(draw.pick(['key-results.postpone', 'key-results.resume']), { id })
}

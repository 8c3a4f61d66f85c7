import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { Problem } from '#domain/problem.ts'
import { type Company, openCompany } from './company.ts'
import { keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const group = () => objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter })
const align = (id: ObjectiveId, toObjectiveId: ObjectiveId) =>
  marram.hanna.call('objectives.align', { id, toObjectiveId })
const contribute = (id: KeyResultId, toKeyResultId: KeyResultId, rollUp: 'sum' | 'shown' = 'sum') =>
  marram.hanna.call('key-results.contribute', { id, toKeyResultId, rollUp })

/** Some of several attempts come first; the others have to be refused by the rule, and never by the database. */
async function oneRefused(attempts: Promise<unknown>[]): Promise<void> {
  const answers = await Promise.allSettled(attempts)
  const no = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason)
  for (const error of no) if (!(error instanceof Problem)) throw error
  expect(no.map((error) => error.facts.rule)).toEqual(['no-cycles'])
}

describe('No chain of alignments', () => {
  test('returns to its start, however long it is', async () => {
    const line = [await group(), await group(), await group(), await group()] as const
    for (let step = 0; step < 3; step++) await align(line[step] as ObjectiveId, line[step + 1] as ObjectiveId)
    expect(await refused(align(line[3], line[0]))).toMatchObject({ kind: 'refused', rule: 'no-cycles' })
    expect((await refused(align(line[1], line[0]))).rule).toBe('no-cycles')
    expect(await align(line[0], line[2])).toMatchObject({ state: 'accepted' })
  })

  test('returns to its start by an offer that was harmless when it was made', async () => {
    const { hanna, tomas } = marram
    const [mine, yours] = [await group(), await objective(tomas, { level: 'group', cycleId: marram.cycles.quarter })]
    await hanna.call('objectives.align', { id: mine, toObjectiveId: yours })
    await tomas.call('objectives.align', { id: yours, toObjectiveId: mine })
    await tomas.call('objectives.accept-alignment', { id: mine })
    expect((await refused(hanna.call('objectives.accept-alignment', { id: yours }))).rule).toBe('no-cycles')
  })

  test('returns to its start when two people save at once, fifty times over', { timeout: 60_000 }, async () => {
    for (let time = 0; time < 50; time++) {
      const [a, b] = [await group(), await group()]
      await oneRefused([align(a, b), align(b, a)])
    }
  })

  test('returns to its start when three do', { timeout: 60_000 }, async () => {
    for (let time = 0; time < 15; time++) {
      const [a, b, c] = [await group(), await group(), await group()]
      await oneRefused([align(a, b), align(b, c), align(c, a)])
    }
  })
})

describe('No chain of counting contributions', () => {
  const three = async () => {
    const home = await group()
    return [
      await keyResult(marram.hanna, home),
      await keyResult(marram.hanna, home),
      await keyResult(marram.hanna, home),
    ] as const
  }

  test('returns to its start', async () => {
    const [a, b, c] = await three()
    await contribute(a, b)
    await contribute(b, c)
    expect((await refused(contribute(c, a))).rule).toBe('no-cycles')
    expect((await refused(contribute(a, a))).rule).toBe('no-cycles')
  })

  test('returns, but one that is only shown may: it counts towards nothing', async () => {
    const [a, b] = await three()
    await contribute(a, b)
    expect(await contribute(b, a, 'shown')).toMatchObject({ state: 'accepted', rollUp: 'shown' })
    const ended = await marram.hanna.send('key-results.end-contribution', { id: b })
    await marram.hanna.call('changes.undo', { id: ended.changeId as never })
    expect((await marram.ben.call('key-results.show', { id: b })).contributesToId).toBe(a)
  })

  test('returns to its start when two people save at once, fifty times over', { timeout: 60_000 }, async () => {
    const [a, b] = await three()
    for (let time = 0; time < 50; time++) {
      await oneRefused([contribute(a, b), contribute(b, a)])
      await marram.hanna.call('key-results.end-contribution', { id: a }).catch(noLink)
      await marram.hanna.call('key-results.end-contribution', { id: b }).catch(noLink)
    }
  })

  test('returns to its start by undoing the end of one', async () => {
    const [a, b] = await three()
    await contribute(a, b)
    const ended = await marram.hanna.send('key-results.end-contribution', { id: a })
    await contribute(b, a)
    expect((await refused(marram.hanna.call('changes.undo', { id: ended.changeId as never }))).rule).toBe('no-cycles')
  })
})

function noLink(error: Problem): void {
  expect(error.facts.kind).toBe('not-found')
}

test('A group lies nowhere below itself, and nobody manages whoever manages them, also when two save at once', async () => {
  const { ingrid, groups, people } = marram
  const ring = await refused(ingrid.call('groups.edit', { id: groups.sales, parentId: groups.northAmerica }))
  expect(ring.errors?.[0]).toMatchObject({ pointer: '/parentId', reason: { key: 'group.parent.ring' } })
  const managed = await refused(ingrid.call('people.edit', { id: people.daniel, managerId: people.maya }))
  expect(managed.errors?.[0]).toMatchObject({ pointer: '/managerId', reason: { key: 'person.manager.ring' } })
  for (let time = 0; time < 10; time++) {
    for (const id of [people.ben, people.luisa]) await ingrid.call('people.edit', { id, managerId: people.priya })
    const both = [
      ingrid.call('people.edit', { id: people.ben, managerId: people.luisa }),
      ingrid.call('people.edit', { id: people.luisa, managerId: people.ben }),
    ]
    const answers = await Promise.allSettled(both)
    expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  }
})

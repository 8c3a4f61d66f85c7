import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf, OutputOf } from '#client/client.ts'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { ProblemFacts, Repair } from '#domain/problem.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

/** The second worked example of the mission: what an attempt at Objective → Key Result is led to, by each of its ways out. */
let marram: Company
let abroad: ObjectiveId
let revenue: KeyResultId

beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())
beforeEach(async () => {
  abroad = await objective(marram.ingrid, {
    title: 'Expand our operations internationally',
    why: 'What we know how to do is needed on other coasts.',
    level: 'company',
    cycleId: marram.cycles.quarter,
  })
  const measure = { kind: 'increase' as const, start: '0', target: '1000000', unit: 'USD' }
  revenue = await keyResult(marram.ingrid, abroad, { title: 'US revenue', ownerId: idOf(marram.daniel), measure })
})

const ATTEMPT = 'Generate $1 million dollars in US revenue'

/** The sales team's first attempt, as a draft of whoever leads it. */
const attempt = async (why: string | null = 'The company wants it') => {
  const { daniel, cycles, groups } = marram
  const body = { title: ATTEMPT, why, level: 'group' as const, groupId: groups.sales, cycleId: cycles.quarter }
  return objective(daniel, { ...body, draft: true })
}

const caught = async (id: ObjectiveId): Promise<ProblemFacts> =>
  refused(
    marram.daniel.call('objectives.align', { id, toKeyResultId: revenue, statement: 'Because it is their number' }),
  )

/** The way out of that name, as it was handed out. */
function wayOut({ repairs = [] }: ProblemFacts, key: string): Repair {
  const found = repairs.find(({ reason }) => reason.key.startsWith(`repair.${key}`))
  if (!found) throw new Error(`There is no way out ${key}`)
  return found
}

describe('The attempt to take the company’s Key Result over as an Objective', () => {
  test('is caught: what it points at, what that belongs to, and three ways out, in this order', async () => {
    const id = await attempt()
    const facts = await caught(id)
    const values = { below: ATTEMPT, keyResult: 'US revenue', above: 'Expand our operations internationally' }
    const reason = { key: 'rule.objective-aligns-to-objective.key-result', values }
    expect(facts).toMatchObject({
      kind: 'refused',
      rule: 'objective-aligns-to-objective',
      reason,
      errors: [{ pointer: '/toKeyResultId', reason }],
    })
    expect(facts.repairs?.map(({ reason: _, ...call }) => call)).toEqual([
      {
        method: 'PUT',
        path: `/v1/objectives/${id}/alignment`,
        headers: { 'if-match': '*' },
        body: { toObjectiveId: abroad, statement: 'Because it is their number' },
      },
      {
        method: 'POST',
        path: `/v1/objectives/${id}/turn-into-key-result`,
        body: { newObjective: {}, toKeyResultId: revenue, rollUp: 'shown' },
      },
      { method: 'POST', path: `/v1/objectives/${abroad}/explorations`, body: { barriers: [], attemptId: id } },
    ])
    expect((await marram.daniel.call('objectives.show', { id })).alignmentOffer).toBeNull()
  })

  test('is caught alike where an Objective’s id is expected and a Key Result’s is given', async () => {
    const id = await attempt()
    const facts = await refused(
      marram.daniel.call('objectives.align', { id, toObjectiveId: revenue as string as ObjectiveId }),
    )
    expect(facts).toMatchObject({ errors: [{ pointer: '/toObjectiveId' }], repairs: [{}, {}, {}] })
  })

  test('is caught in a batch, of which nothing is done, and the pointer tells which call it was', async () => {
    const { daniel } = marram
    const id = await attempt()
    const headers = { 'If-Match': '*' }
    const calls = [
      { method: 'PATCH' as const, path: `/v1/objectives/${id}`, headers, body: { title: 'In other words' } },
      { method: 'PUT' as const, path: `/v1/objectives/${id}/alignment`, headers, body: { toKeyResultId: revenue } },
    ]
    const facts = await refused(daniel.call('changes.make', { calls }))
    expect(facts).toMatchObject({ kind: 'refused', errors: [{ pointer: '/calls/1/body/toKeyResultId' }] })
    expect((await daniel.call('objectives.show', { id })).title).toBe(ATTEMPT)
    await daniel.repair(wayOut(facts, 'align-to-its-objective'))
    expect((await daniel.call('objectives.show', { id })).alignmentOffer?.toObjectiveId).toBe(abroad)
  })

  test('asks for one of the two', async () => {
    const id = await attempt()
    const both = marram.daniel.call('objectives.align', { id, toObjectiveId: abroad, toKeyResultId: revenue })
    expect(await refused(both)).toMatchObject({ kind: 'invalid', errors: [{ pointer: '/toKeyResultId' }] })
    const neither = marram.daniel.call('objectives.align', { id })
    expect(await refused(neither)).toMatchObject({ kind: 'invalid', errors: [{ pointer: '/toObjectiveId' }] })
    const mistaken = { id, toKeyResultId: abroad as string as KeyResultId }
    expect((await refused(marram.daniel.call('objectives.align', mistaken))).kind).toBe('not-found')
  })

  test('is nobody’s to make who leads neither: they are told that it is not theirs', async () => {
    const id = await attempt()
    await marram.daniel.call('objectives.publish', { id })
    const facts = await refused(marram.maya.call('objectives.align', { id, toKeyResultId: revenue }))
    expect([facts.kind, facts.repairs]).toEqual(['forbidden', undefined])
  })
})

describe('Its first way out', () => {
  test('aligns it to the Objective which that Key Result belongs to', async () => {
    const { daniel, ingrid } = marram
    const id = await attempt()
    await daniel.repair(wayOut(await caught(id), 'align-to-its-objective'))
    await ingrid.call('objectives.accept-alignment', { id })
    expect(await daniel.call('objectives.show', { id })).toMatchObject({
      alignedToId: abroad,
      alignment: { statement: 'Because it is their number', accountableId: idOf(daniel) },
    })
  })
})

describe('Its second way out', () => {
  test('makes it a Key Result with the same words, under an Objective that is still to be named', async () => {
    const { daniel, ingrid } = marram
    const id = await attempt()
    const made = await daniel.repair(wayOut(await caught(id), 'turn-into-key-result'))
    const result = made as OutputOf<'key-results.show'>
    expect(result).toMatchObject({
      title: ATTEMPT,
      state: 'draft',
      measure: null,
      ownerId: idOf(daniel),
      contributionOffer: { toKeyResultId: revenue, rollUp: 'shown', share: null, state: 'offered' },
    })
    const home = await daniel.call('objectives.show', { id: result.objectiveId })
    expect(home).toMatchObject({
      title: '',
      why: 'The company wants it',
      state: 'draft',
      level: 'group',
      groupId: marram.groups.sales,
      leadId: idOf(daniel),
      alignmentOffer: { toObjectiveId: abroad },
    })
    expect((await refused(daniel.call('objectives.show', { id }))).kind).toBe('not-found')

    // What is left to do before it counts: words for the Objective, a measure and a day for the Key Result, two yeses.
    const missing = await refused(daniel.call('objectives.publish', { id: home.id }))
    expect(missing.errors?.map(({ pointer }) => pointer)).toEqual([
      '/title',
      `/keyResults/${result.id}/measure`,
      `/keyResults/${result.id}/deadline`,
    ])
    await daniel.call('objectives.edit', { id: home.id, title: 'Be bought where nobody knows us yet' })
    const measure = { kind: 'increase' as const, start: '0', target: '600000', unit: 'USD' }
    await daniel.call('key-results.edit', { id: result.id, measure, deadline: '2026-12-31' })
    await daniel.call('objectives.publish', { id: home.id })
    const tooEarly = await refused(daniel.call('key-results.accept-contribution', { id: result.id }))
    expect(tooEarly).toMatchObject({ rule: 'contribution-follows-alignment' })
    await ingrid.call('objectives.accept-alignment', { id: home.id })
    await daniel.call('key-results.contribute', { id: result.id, toKeyResultId: revenue, rollUp: 'sum' })
    expect(await daniel.call('key-results.show', { id: revenue })).toMatchObject({
      rollsUpBy: 'sum',
      shares: { taken: '600000' },
    })
  })

  test('puts it under the one Objective of the caller’s that fits', async () => {
    const { hanna, ingrid, cycles } = marram
    const own = await objective(hanna, { title: 'Be trusted in ports', level: 'group', cycleId: cycles.quarter })
    await hanna.call('objectives.align', { id: own, toObjectiveId: abroad })
    await ingrid.call('objectives.accept-alignment', { id: own })
    const id = await objective(hanna, { title: ATTEMPT, level: 'group', cycleId: cycles.quarter, draft: true })
    const facts = await refused(hanna.call('objectives.align', { id, toKeyResultId: revenue }))
    const turn = wayOut(facts, 'turn-into-key-result')
    expect(turn).toMatchObject({
      body: { underObjectiveId: own },
      reason: { key: 'repair.turn-into-key-result.under', values: { under: 'Be trusted in ports' } },
    })
    expect(await hanna.repair(turn)).toMatchObject({ objectiveId: own, title: ATTEMPT })
  })
})

describe('Its third way out', () => {
  test('leads to the right OKR: what stands in the way, a better Objective, and Key Results that show it fall', async () => {
    const { daniel, ingrid } = marram
    const id = await attempt()
    const opened = await daniel.repair(wayOut(await caught(id), 'explore'))
    const exploration = opened as OutputOf<'explorations.show'>
    expect(exploration).toMatchObject({
      objectiveId: abroad,
      attemptId: id,
      draftId: null,
      groupId: marram.groups.sales,
      barriers: [],
    })
    const barriers: OutputOf<'barriers.add'>[] = []
    for (const text of [
      'A new colleague abroad needs a month before they can answer a customer',
      'Customers abroad reach nobody who speaks their language',
      'A first call takes a quarter to become a contract',
    ])
      barriers.push(await daniel.call('barriers.add', { id: exploration.id, text }))

    const drafted = await daniel.call('explorations.draft', {
      id: exploration.id,
      title: 'Scale our current Sales team to support international markets',
      why: 'Customers abroad reach nobody who knows their market or speaks their language.',
    })
    expect(drafted).toMatchObject({
      state: 'draft',
      level: 'group',
      groupId: marram.groups.sales,
      cycleId: marram.cycles.quarter,
      leadId: idOf(daniel),
      alignmentOffer: { toObjectiveId: abroad },
      explorationId: exploration.id,
    })
    const measures: [string, InputOf<'key-results.create'>['measure']][] = [
      ['Onboarding time', { kind: 'decrease', start: '4', target: '2', unit: 'weeks' }],
      ['Availability of sales representatives in 12 languages', { kind: 'maintain', atLeast: '100', unit: '%' }],
      ['Time to close', { kind: 'decrease', start: '90', target: '60', unit: 'days' }],
    ]
    for (const [at, [title, measure]] of measures.entries()) {
      const barrierId = barriers[at]?.id
      const made = await daniel.call('key-results.create', {
        ...{ id: drafted.id, title, measure, barrierId },
        deadline: '2026-12-31',
      })
      expect(made).toMatchObject({ title, barrierId, ownerId: idOf(daniel) })
    }
    await daniel.call('objectives.publish', { id: drafted.id })
    await ingrid.call('objectives.accept-alignment', { id: drafted.id })

    const { items } = await marram.ben.call('key-results.list', { objectiveId: drafted.id })
    expect(items.map(({ title, barrierId }) => [title, barrierId])).toEqual(
      measures.map(([title], at) => [title, barriers[at]?.id]),
    )
    expect((await marram.ben.call('explorations.list', { id: abroad })).items).toEqual([
      expect.objectContaining({ id: exploration.id, draftId: drafted.id, attemptId: null }),
    ])
    const line = await daniel.call('key-results.line-of-sight', { id: items[0]?.id as KeyResultId })
    expect(line).toMatchObject({ unbroken: true })
    expect(line.path.map((stop) => stop.objectiveId)).toEqual([drafted.id, abroad])
  })
})

describe('The same attempt, written at once as aligned to the Key Result', () => {
  const body = () => ({
    title: ATTEMPT,
    why: 'The company wants it',
    level: 'group' as const,
    groupId: marram.groups.sales,
    cycleId: marram.cycles.quarter,
    alignedToId: revenue as string as ObjectiveId,
  })
  const caughtWriting = () => refused(marram.daniel.call('objectives.create', body()))
  const ofDaniel = async () =>
    (await marram.daniel.call('objectives.list', { leadId: idOf(marram.daniel), limit: 200 })).items

  test('is caught, nothing is written, and there are the same three ways out', async () => {
    const before = await ofDaniel()
    const facts = await caughtWriting()
    expect(facts).toMatchObject({
      rule: 'objective-aligns-to-objective',
      errors: [{ pointer: '/alignedToId' }],
      repairs: [
        { method: 'POST', path: '/v1/objectives', body: { ...body(), alignedToId: abroad } },
        { method: 'POST', path: '/v1/changes' },
        { method: 'POST', path: `/v1/objectives/${abroad}/explorations`, body: { groupId: marram.groups.sales } },
      ],
    })
    expect(await ofDaniel()).toEqual(before)
  })

  test('the first writes it as it was, aligned to the Objective', async () => {
    const made = await marram.daniel.repair(wayOut(await caughtWriting(), 'align-to-its-objective'))
    expect(made).toMatchObject({ title: ATTEMPT, alignmentOffer: { toObjectiveId: abroad } })
  })

  test('the second writes it as a Key Result', async () => {
    const before = await ofDaniel()
    const { answers } = (await marram.daniel.repair(
      wayOut(await caughtWriting(), 'turn-into-key-result'),
    )) as OutputOf<'changes.make'>
    expect(answers[1]).toMatchObject({
      status: 201,
      body: { title: ATTEMPT, contributionOffer: { toKeyResultId: revenue, rollUp: 'shown' } },
    })
    const fresh = (await ofDaniel()).filter(({ id }) => !before.some((one) => one.id === id))
    expect(fresh.map(({ title, why }) => [title, why])).toEqual([['', 'The company wants it']])
  })

  test('in a batch, the ways that write it are the batch with that call replaced, and what it numbers moves with it', async () => {
    const { daniel } = marram
    const calls = [
      { method: 'POST' as const, path: '/v1/objectives', body: { title: 'Before', cycleId: marram.cycles.quarter } },
      { method: 'POST' as const, path: '/v1/objectives', body: body() },
      { method: 'POST' as const, path: '/v1/objectives', body: { title: 'After', cycleId: marram.cycles.quarter } },
      { method: 'POST' as const, path: '/v1/objectives/{2}/key-results', body: { title: 'Of what came after' } },
      { method: 'POST' as const, path: '/v1/objectives/{0}/key-results', body: { title: 'Of what came before' } },
    ]
    const facts = await refused(daniel.call('changes.make', { calls }))
    expect(facts.errors?.map(({ pointer }) => pointer)).toEqual(['/calls/1/body/alignedToId'])
    const turn = wayOut(facts, 'turn-into-key-result')
    expect((turn.body as InputOf<'changes.make'>).calls.map(({ path }) => path)).toEqual([
      ...['/v1/objectives', '/v1/objectives', '/v1/objectives/{1}/turn-into-key-result'],
      ...['/v1/objectives', '/v1/objectives/{3}/key-results', '/v1/objectives/{0}/key-results'],
    ])
    const { answers } = (await daniel.repair(turn)) as OutputOf<'changes.make'>
    const made = answers.map((answer) => answer.body as { id: ObjectiveId; objectiveId?: ObjectiveId })
    expect([made[4]?.objectiveId, made[5]?.objectiveId]).toEqual([made[3]?.id, made[0]?.id])
    expect(made[2]).toMatchObject({ title: ATTEMPT })
  })

  test('the third explores for the group', async () => {
    const opened = await marram.daniel.repair(wayOut(await caughtWriting(), 'explore'))
    expect(opened).toMatchObject({ objectiveId: abroad, groupId: marram.groups.sales, attemptId: null, barriers: [] })
  })
})

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckInId, CommentId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import { Problem } from '#domain/problem.ts'
import { CATALOGUE, DECLARATIONS, type OperationName } from '#operations/declared/catalogue.ts'
import { PEOPLE, type PersonKey } from '#operations/sample/people.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const CAST = Object.keys(PEOPLE) as PersonKey[]

/** Who of the whole cast, and of those without a name, can open it. */
async function whoSees(open: (who: Caller) => Promise<unknown>): Promise<string[]> {
  const all: [string, Caller][] = [
    ...CAST.map((key): [string, Caller] => [key, marram[key]]),
    ['an administrator', marram.administrator],
    ['a service', marram.service('member')],
    ['a guest', marram.service('guest')],
  ]
  const seen: string[] = []
  for (const [name, who] of all) {
    const opened = await open(who).then(
      () => true,
      (error: Problem) => {
        expect(error.facts.kind, name).toBe('not-found')
        return false
      },
    )
    if (opened) seen.push(name)
  }
  return seen
}

const opens = (id: ObjectiveId) => (who: Caller) => who.call('objectives.show', { id })
const opensKeyResult = (id: KeyResultId) => (who: Caller) => who.call('key-results.show', { id })

describe('What is published', () => {
  test('is seen by every member and guest', async () => {
    expect(await whoSees(opens(marram.objectives.growth))).toHaveLength(CAST.length + 3)
    expect(await whoSees(opensKeyResult(marram.keyResults.sales))).toHaveLength(CAST.length + 3)
  })
})

describe('A draft', () => {
  const draftBy = async (author: Caller, lead: Caller, viewers: Caller[] = []) => {
    const body = {
      title: 'Not yet',
      level: 'group' as const,
      cycleId: marram.cycles.quarter,
      leadId: idOf(lead),
      viewerIds: viewers.map(idOf),
    }
    return (await author.call('objectives.create', body)).id
  }

  test('is seen by its lead and the managers above, and not by administrators as such', async () => {
    const id = await draftBy(marram.priya, marram.priya)
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'priya'])
  })

  test('is seen by whoever wrote it, and the managers above them', async () => {
    const id = await draftBy(marram.noor, marram.maya)
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'jun', 'priya', 'noor', 'maya'])
  })

  test('is seen by whoever it is shared with', async () => {
    const id = await draftBy(marram.hanna, marram.hanna, [marram.aisha, marram.ben])
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'aisha', 'hanna', 'ben'])
  })

  test('is seen by whoever is to own a Key Result of it, and the managers above them', async () => {
    const id = await draftBy(marram.hanna, marram.hanna)
    const key = await keyResult(marram.hanna, id, { ownerId: idOf(marram.noor), draft: true })
    const all = ['ingrid', 'daniel', 'jun', 'hanna', 'noor']
    expect(await whoSees(opens(id))).toEqual(all)
    expect(await whoSees(opensKeyResult(key))).toEqual(all)
  })

  test('is seen by whoever must decide on the alignment that it offers, while they must', async () => {
    const { hanna, jun, objectives } = marram
    const id = await draftBy(hanna, hanna)
    await hanna.call('objectives.align', { id, toObjectiveId: objectives.warning })
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'jun', 'hanna'])
    await jun.call('objectives.decline-alignment', { id })
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'hanna'])
  })

  test('is seen by whoever must decide for the group that it is offered to', async () => {
    const { hanna, jun, groups, cycles } = marram
    const body = { title: 'Forecasting', level: 'group' as const, cycleId: cycles.quarter, groupId: groups.forecasting }
    const above = await jun.call('objectives.create', body)
    await jun.call('objectives.publish', { id: above.id })
    const id = await draftBy(hanna, hanna)
    await hanna.call('objectives.align', { id, toObjectiveId: above.id })
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'jun', 'hanna', 'noor'])
    expect(await marram.noor.call('objectives.accept-alignment', { id })).toMatchObject({ state: 'accepted' })
  })

  test('is seen by whoever must decide on the contribution that it offers, and its Key Result with it', async () => {
    const { hanna, daniel, jun, objectives, keyResults } = marram
    const id = await draftBy(hanna, hanna)
    await hanna.call('objectives.align', { id, toObjectiveId: objectives.warning })
    await jun.call('objectives.accept-alignment', { id })
    const key = await keyResult(hanna, id, { draft: true })
    const hidden = ['ingrid', 'daniel', 'hanna']
    expect(await whoSees(opensKeyResult(key))).toEqual(hidden)
    await hanna.call('key-results.contribute', { id: key, toKeyResultId: keyResults.acknowledged, rollUp: 'shown' })
    expect(await whoSees(opensKeyResult(key))).toEqual(['ingrid', 'daniel', 'jun', 'hanna'])
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'jun', 'hanna'])
    await jun.call('key-results.accept-contribution', { id: key })
    expect((await daniel.call('key-results.contributions', { id: keyResults.acknowledged })).items).toHaveLength(1)
    expect((await marram.ben.call('key-results.contributions', { id: keyResults.acknowledged })).items).toEqual([])
  })

  test('of a Key Result in a published Objective is seen by its owner, its lead, and the managers above them', async () => {
    const home = await objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter })
    const key = await keyResult(marram.hanna, home, { ownerId: idOf(marram.noor), draft: true })
    expect(await whoSees(opensKeyResult(key))).toEqual(['ingrid', 'daniel', 'jun', 'hanna', 'noor'])
    expect((await marram.ben.call('objectives.show', { id: home })).keyResultCount).toBe(0)
    expect((await marram.noor.call('objectives.show', { id: home })).keyResultCount).toBe(1)
    expect((await marram.ben.call('key-results.list', { objectiveId: home })).items).toEqual([])
  })

  test('is hidden from whoever has been shown it before, when it is not shared with them any more', async () => {
    const id = await draftBy(marram.hanna, marram.hanna, [marram.ben])
    await marram.hanna.call('objectives.edit', { id, viewerIds: [] })
    expect((await refused(marram.ben.call('objectives.show', { id }))).kind).toBe('not-found')
  })
})

describe('A private Objective', () => {
  test('is seen by its lead, those named, the line above its lead, and administrators', async () => {
    const id = await privately(marram.hanna, [marram.aisha])
    const key = await keyResult(marram.hanna, id)
    const all = ['ingrid', 'daniel', 'aisha', 'hanna', 'an administrator']
    expect(await whoSees(opens(id))).toEqual(all)
    expect(await whoSees(opensKeyResult(key))).toEqual(all)
  })

  test('is not seen by whoever wrote it for another, once it is published', async () => {
    const { noor, hanna } = marram
    const body = {
      title: 'Private',
      level: 'group' as const,
      cycleId: marram.cycles.quarter,
      leadId: idOf(hanna),
      visibility: 'named' as const,
    }
    const { id } = await noor.call('objectives.create', body)
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'jun', 'hanna', 'noor'])
    await hanna.call('objectives.publish', { id })
    expect(await whoSees(opens(id))).toEqual(['ingrid', 'daniel', 'hanna', 'an administrator'])
  })

  test('is named to nobody by the refusals that its links lead to', async () => {
    const { hanna, tomas, daniel } = marram
    const above = await objective(tomas, { level: 'group', cycleId: marram.cycles.quarter })
    const parent = await keyResult(tomas, above)
    const id = await privately(hanna, [tomas], CANARY)
    const key = await keyResult(hanna, id, { title: CANARY })
    await hanna.call('objectives.align', { id, toObjectiveId: above })
    await tomas.call('objectives.accept-alignment', { id })
    await hanna.call('key-results.contribute', { id: key, toKeyResultId: parent, rollUp: 'sum' })
    await tomas.call('key-results.accept-contribution', { id: key })
    await hanna.call('objectives.edit', { id, viewerIds: [], reason: 'For ourselves' })
    const customers = { kind: 'increase' as const, start: '0', target: '9', unit: 'customers' }
    const attempts = [
      tomas.call('key-results.edit', { id: parent, measure: customers, reason: 'We count customers' }),
      tomas.call('objectives.edit', { id: above, level: 'individual', reason: 'It is mine alone' }),
    ]
    for (const problem of await Promise.all(attempts.map(refused))) expectNothingOf([CANARY, id, key], problem)
    expect((await daniel.call('key-results.contributions', { id: parent })).items[0]?.fromKeyResultId).toBe(key)
    expect((await tomas.call('key-results.contributions', { id: parent })).items).toEqual([])
    expect((await tomas.call('objectives.alignments', { id: above })).items).toEqual([])
    expect((await tomas.call('key-results.show', { id: parent })).shares?.taken).toBe('300000')
  })
})

const CANARY = `canary-${randomBytes(6).toString('hex')}`

async function privately(
  lead: Caller,
  viewers: Caller[],
  words = 'Among ourselves',
  above: ObjectiveId | null = null,
): Promise<ObjectiveId> {
  return await objective(lead, {
    title: words,
    why: words,
    level: 'group',
    cycleId: marram.cycles.quarter,
    visibility: 'named',
    viewerIds: viewers.map(idOf),
    alignedToId: above,
  })
}

function expectNothingOf(secrets: readonly string[], answer: unknown): void {
  const text = JSON.stringify(answer)
  for (const secret of secrets) expect(text).not.toContain(secret)
}

describe('Nothing of what is hidden leaks', () => {
  const hidden: string[] = [CANARY]
  const kpis: string[] = []
  let line: { below: ObjectiveId; private: ObjectiveId; company: ObjectiveId }
  let open: { below: KeyResultId; parent: KeyResultId }

  beforeAll(async () => {
    const { hanna, tomas, ingrid, daniel, keyResults } = marram
    const cycleId = marram.cycles.quarter
    const company = await objective(ingrid, { level: 'company', cycleId })
    const parent = await keyResult(ingrid, company)
    // Private, between a company Objective and a public one.
    const middle = await privately(hanna, [], CANARY)
    await hanna.call('objectives.align', { id: middle, toObjectiveId: company, statement: CANARY })
    await ingrid.call('objectives.accept-alignment', { id: middle, reason: CANARY })
    const own = await keyResult(hanna, middle, { title: CANARY })
    const kpi = await hanna.call('kpis.create', { name: 'Churn', unit: '%' })
    await hanna.call('objectives.edit', { id: middle, kpiId: kpi.id, reason: CANARY })
    const steps = [{ id: 'a', title: CANARY }]
    const milestone = await keyResult(hanna, middle, {
      title: CANARY,
      measure: { kind: 'milestone', evidence: CANARY, steps },
    })
    const said = await hanna.call('check-ins.make', { id: own, value: 70000, note: CANARY, blockers: CANARY })
    await hanna.call('check-ins.make', { id: milestone, done: true, evidence: CANARY, note: CANARY })
    await hanna.call('key-results.contribute', {
      id: own,
      toKeyResultId: parent,
      rollUp: 'sum',
      share: '12321',
      reason: CANARY,
    })
    await ingrid.call('key-results.accept-contribution', { id: own })
    await hanna.call('objectives.edit', { id: middle, viewerIds: [idOf(tomas)], reason: CANARY })
    const below = await objective(tomas, { level: 'individual', cycleId })
    const theirs = await keyResult(tomas, below)
    await tomas.call('objectives.align', {
      id: below,
      toObjectiveId: middle,
      statement: CANARY,
      accountableId: idOf(tomas),
    })
    await hanna.call('objectives.accept-alignment', { id: below })
    await tomas.call('key-results.contribute', { id: theirs, toKeyResultId: own, rollUp: 'average' })
    await hanna.call('objectives.edit', { id: middle, viewerIds: [], reason: CANARY })
    // A draft, with all that hangs on it; one that was thrown away; one that was undone.
    const draft = await objective(hanna, { title: CANARY, why: CANARY, level: 'group', cycleId, draft: true })
    const drafted = await keyResult(hanna, draft, { title: CANARY, draft: true })
    await hanna.call('objectives.align', { id: draft, toObjectiveId: company, statement: CANARY })
    const within = await objective(hanna, { level: 'group', cycleId })
    const inside = await keyResult(hanna, within, { title: CANARY, draft: true })
    await hanna.call('objectives.align', { id: within, toObjectiveId: marram.objectives.growth })
    await ingrid.call('objectives.accept-alignment', { id: within })
    const offered = await hanna.call('key-results.contribute', {
      id: inside,
      toKeyResultId: keyResults.sales,
      rollUp: 'sum',
      share: '77177',
    })
    const gone = await objective(hanna, { title: CANARY, level: 'group', cycleId, draft: true })
    await hanna.call('objectives.discard', { id: gone })
    const undone = await hanna.send('objectives.create', { title: CANARY, cycleId })
    await hanna.call('changes.undo', { id: undone.changeId as never })
    const undoneKey = await hanna.send('key-results.create', { id: within, title: CANARY })
    await hanna.call('changes.undo', { id: undoneKey.changeId as never })
    const commented = [
      await hanna.call('objectives.comment', { id: middle, text: CANARY }),
      await hanna.call('key-results.comment', { id: own, text: CANARY }),
      await hanna.call('check-ins.comment', { id: said.id, text: CANARY }),
      await hanna.call('objectives.comment', { id: draft, text: CANARY }),
      await hanna.call('key-results.comment', { id: drafted, text: CANARY }),
      await hanna.call('key-results.comment', { id: inside, text: CANARY }),
    ]
    const edited = await hanna.send('comments.edit', { id: commented[0]?.id as CommentId, text: `${CANARY}!` })
    const unsaid = await hanna.send('objectives.comment', { id: within, text: CANARY })
    await hanna.call('changes.undo', { id: unsaid.changeId as never })
    hidden.push(middle, own, milestone, draft, drafted, inside, gone, undone.data.id, undoneKey.data.id, offered.id)
    hidden.push(...commented.map(({ id }) => id), said.id, unsaid.data.id, edited.changeId as string)
    kpis.push(kpi.id)
    await workAndExplore(middle, own, draft, inside, company)
    line = { below, private: middle, company }
    open = { below: theirs, parent }
    await daniel.call('objectives.list', {})
  })

  /** Work for what is private or a draft, what stood in the way of it, and what came of exploring what is open. */
  async function workAndExplore(
    middle: ObjectiveId,
    own: KeyResultId,
    draft: ObjectiveId,
    inside: KeyResultId,
    company: ObjectiveId,
  ): Promise<void> {
    const { hanna } = marram
    const board = [{ url: `https://board.marram.example/${CANARY}`, title: CANARY }]
    for (const id of [own, inside]) {
      const made = await hanna.call('initiatives.create', { id, title: CANARY, note: CANARY, links: board })
      await hanna.call('initiatives.start', { id: made.id, reason: CANARY })
      hidden.push(made.id)
    }
    for (const id of [middle, draft]) {
      const opened = await hanna.call('explorations.open', { id, barriers: [CANARY] })
      hidden.push(opened.id, ...opened.barriers.map((barrier) => barrier.id))
    }
    const { id } = await hanna.call('explorations.open', { id: company, barriers: [], attemptId: middle })
    const drafted = await hanna.call('explorations.draft', { id, title: CANARY, why: CANARY })
    const attempt = await objective(hanna, {
      title: CANARY,
      level: 'group',
      cycleId: marram.cycles.quarter,
      draft: true,
    })
    const under = await keyResult(hanna, attempt, { title: CANARY, draft: true })
    const turned = await hanna
      .send('objectives.turn-into-key-result', {
        ...{ id: attempt, underObjectiveId: drafted.id, toKeyResultId: marram.keyResults.sales },
      })
      .catch(() => null)
    expect(turned).toBeNull()
    const made = await hanna.send('objectives.turn-into-key-result', {
      ...{ id: attempt, newObjective: {}, toKeyResultId: own },
    })
    await hanna.call('changes.undo', { id: made.changeId as never })
    const again = await hanna.call('objectives.turn-into-key-result', {
      ...{ id: attempt, newObjective: {}, toKeyResultId: own },
    })
    const work = await hanna.call('initiatives.list', { id: again.id })
    expect(work.items).toMatchObject([{ title: CANARY }])
    const links = [made.data, again].map((one) => (one.contribution ?? one.contributionOffer)?.id as string)
    hidden.push(drafted.id, attempt, under, made.data.id, again.id, again.objectiveId, ...links)
    hidden.push(work.items[0]?.id as string)
  }

  /** Neither above Hanna nor named; tomas leads what is aligned to it, ben nothing. */
  const OUTSIDERS = ['tomas', 'jun', 'maya', 'ben', 'luisa', 'noor'] as const

  test.each(OUTSIDERS)('in any answer to %s, whatever they read', { timeout: 60_000 }, async (name) => {
    const who = marram[name]
    const answers = await readEverything(who)
    expect(answers.length).toBeGreaterThan(150)
    for (const { asked, answer } of answers) {
      const text = JSON.stringify(answer)
      for (const secret of hidden)
        if (text.includes(secret)) expect.fail(`${asked} tells ${name} of ${secret}: ${text.slice(0, 600)}`)
    }
  })

  test('to a service or a guest', { timeout: 60_000 }, async () => {
    for (const who of [marram.service('member'), marram.service('guest')])
      for (const { asked, answer } of await readEverything(who))
        for (const secret of hidden) expect(JSON.stringify(answer), asked).not.toContain(secret)
  })

  test('and those who may see it find it there: the search can find', { timeout: 60_000 }, async () => {
    const found = JSON.stringify(await readEverything(marram.hanna))
    expect(hidden.filter((secret) => !found.includes(secret)).length).toBeLessThan(5)
    expect(found).toContain(CANARY)
  })

  test('to who asks for what hangs on it by its id', async () => {
    const { ben } = marram
    expect((await ben.call('objectives.list', { alignedToId: line.private })).items).toEqual([])
    expect((await ben.call('key-results.list', { objectiveId: line.private })).items).toEqual([])
    expect((await ben.call('key-results.list', { contributesToId: hidden[2] as KeyResultId })).items).toEqual([])
    expect((await ben.call('activity.list', { objectiveId: line.private })).items).toEqual([])
    expect(
      (await marram.hanna.call('objectives.list', { alignedToId: line.private })).items.map((one) => one.id),
    ).toContain(line.below)
  })

  test('to who tries to change it: what is hidden is not there', async () => {
    const { ben } = marram
    const [id, key] = [line.private, hidden[2] as KeyResultId]
    const attempts = [
      ben.call('objectives.edit', { id, title: 'Mine' }),
      ben.call('objectives.close', { id }),
      ben.call('objectives.align', { id: marram.objectives.northeast, toObjectiveId: id }),
      ben.call('key-results.edit', { id: key, title: 'Mine' }),
      ben.call('key-results.contribute', {
        id: marram.keyResults.customersNortheast,
        toKeyResultId: key,
        rollUp: 'shown',
      }),
      ben.call('check-ins.make', { id: key, value: 1 }),
      ben.call('objectives.align', { id: marram.objectives.northeast, toKeyResultId: key }),
      ben.call('objectives.align', { id: marram.objectives.northeast, toObjectiveId: key as string as ObjectiveId }),
      ben.call('objectives.turn-into-key-result', { id, newObjective: {}, toKeyResultId: key }),
      ben.call('initiatives.create', { id: key, title: 'Mine' }),
      ben.call('explorations.open', { id, barriers: ['Mine'] }),
      ben.call('explorations.open', { id: line.company, barriers: [], attemptId: id }),
      ben.call('objectives.create', { title: 'Mine', cycleId: marram.cycles.quarter, alignedToId: id }),
    ]
    for (const attempt of await Promise.allSettled(attempts)) {
      const facts = attempt.status === 'rejected' ? (attempt.reason as Problem).facts : null
      expect(facts?.kind).toBe('not-found')
      expectNothingOf([CANARY], facts)
    }
  })

  test('to who asks for a report on it, or would undo what was done there: that is not there either', async () => {
    const { ben, hanna } = marram
    const nowhere = '01900000-0000-7000-8000-000000000000'
    const key = hidden[2] as KeyResultId
    const report = (await hanna.call('check-ins.list', { id: key })).items[0] as { id: CheckInId }
    const changed = await hanna.send('key-results.edit', { id: key, weight: '2', reason: CANARY })
    const drafted = await hanna.send('objectives.edit', { id: hidden[4] as ObjectiveId, title: CANARY, why: null })
    const other = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter })
    const supported = await hanna.send('objectives.also-support', { id: line.private, objectiveId: other })
    const explored = await hanna.call('explorations.open', { id: line.private, barriers: [] })
    const barrier = await hanna.send('barriers.add', { id: explored.id, text: CANARY })
    const same = (facts: unknown, id: string) => JSON.stringify(facts).replaceAll(id, '…')
    for (const [who, name, id] of [
      [ben, 'check-ins.show', report.id],
      [ben, 'changes.undo', report.id],
      [ben, 'changes.undo', changed.changeId],
      [ben, 'changes.undo', drafted.changeId],
      [ben, 'changes.undo', supported.changeId],
      [ben, 'changes.undo', barrier.changeId],
      [marram.administrator, 'changes.undo', drafted.changeId],
    ] as const) {
      const [no, absent] = [
        await refused(who.call(name, { id } as never)),
        await refused(who.call(name, { id: nowhere } as never)),
      ]
      expect(same(no, id as string)).toBe(same(absent, nowhere))
    }
    const open = await hanna.send('objectives.create', {
      title: 'Open',
      cycleId: marram.cycles.quarter,
      level: 'group',
    })
    await hanna.call('objectives.publish', { id: open.data.id })
    const edited = await hanna.send('objectives.edit', { id: open.data.id, title: 'Opener', reason: 'Clearer' })
    expect((await refused(ben.call('changes.undo', { id: edited.changeId as never }))).kind).toBe('forbidden')
  })

  test('in a line of sight, which passes through it as something private and is unbroken', async () => {
    for (const who of [marram.ben, marram.tomas]) {
      const seen = await who.call('key-results.line-of-sight', { id: open.below })
      expect(seen).toMatchObject({ unbroken: true, broken: null })
      expect(seen.path.map((stop) => [stop.private, stop.objectiveId, stop.next?.link ?? null])).toEqual([
        [false, line.below, 'accepted'],
        [true, null, 'accepted'],
        [false, line.company, null],
      ])
      expect(seen.path[1]).toMatchObject({
        title: null,
        why: null,
        leadId: null,
        groupId: null,
        progress: null,
        next: { statement: null, accountableId: null },
      })
      expect(seen.path[0]?.next).toEqual({ link: 'accepted', statement: null, accountableId: null })
    }
    const whole = await marram.daniel.call('key-results.line-of-sight', { id: open.below })
    expect(whole.path.map((stop) => stop.objectiveId)).toEqual([line.below, line.private, line.company])
    expect(whole.path[0]?.next?.statement).toBe(CANARY)
  })

  test('in a parent, which shows one figure for all', async () => {
    const shown = await marram.ben.call('key-results.show', { id: open.parent })
    expect(Number(shown.current)).toBeGreaterThan(0)
    expect(shown.shares?.taken).not.toBe('0')
    expect((await marram.ben.call('objectives.show', { id: line.below })).alignedToId).toBeNull()
  })

  /** Every verb that reads, with every id that there is in the company, hidden or not. */
  async function readEverything(who: Caller): Promise<{ asked: string; answer: unknown }[]> {
    const answers: { asked: string; answer: unknown }[] = []
    const ids: Record<string, readonly string[]> = {
      objectives: [...Object.values(marram.objectives), ...hidden.slice(1), ...Object.values(line)],
      'key-results': [...Object.values(marram.keyResults), ...hidden.slice(1), ...Object.values(open)],
      'check-ins': [...Object.values(marram.keyResults), ...hidden.slice(1), ...Object.values(open)],
      comments: hidden.slice(1),
      kpis,
      people: Object.values(marram.people),
      groups: Object.values(marram.groups),
      cycles: Object.values(marram.cycles),
      organizations: [marram.id],
      initiatives: hidden.slice(1),
      explorations: [...Object.values(marram.objectives), ...hidden.slice(1), ...Object.values(line)],
    }
    const reads = DECLARATIONS.filter(({ writes, public: isPublic }) => !writes && !isPublic)
    for (const { name, path } of reads) {
      const asked = path.includes('{') ? (ids[name.split('.')[0] ?? ''] ?? []) : [null]
      for (const id of asked) {
        const q = name === 'search.find' ? { q: CANARY } : {}
        const input = {
          ...(id === null ? {} : { id }),
          ...q,
          ...(hasPages(name as OperationName) ? { limit: 200 } : {}),
        }
        const answer = await who.call(name as OperationName, input as never).catch((error: unknown) => {
          if (error instanceof Problem) return withoutWhatWasAsked(error.facts, id)
          throw new Error(`${name} ${id} broke down`, { cause: error })
        })
        answers.push({ asked: `${name} ${id ?? ''}`, answer })
      }
    }
    return answers
  }

  /** Whoever asks for an id is told that nothing bears it: that is no news to them. */
  function withoutWhatWasAsked(facts: unknown, id: string | null): unknown {
    return JSON.parse(JSON.stringify(facts).replaceAll(id ?? ' ', 'what was asked'))
  }

  function hasPages(name: OperationName): boolean {
    return 'limit' in ((CATALOGUE[name].query as { shape?: object }).shape ?? {})
  }
})

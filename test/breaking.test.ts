import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { ChangeId, CycleId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { ProblemFacts, Repair } from '#domain/problem.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

/** Before a change breaks a link it is named, and the way out is one call. */
let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const group = (lead: Caller, more: Partial<InputOf<'objectives.create'>> & { draft?: boolean } = {}) =>
  objective(lead, { level: 'group', cycleId: marram.cycles.quarter, ...more })
const contribute = (
  who: Caller,
  id: KeyResultId,
  toKeyResultId: KeyResultId,
  terms: Partial<InputOf<'key-results.contribute'>> = {},
) => who.call('key-results.contribute', { rollUp: 'sum', ...terms, id, toKeyResultId })
const undo = (who: Caller, { changeId }: { changeId: string | null }) =>
  who.call('changes.undo', { id: changeId as ChangeId })
const objectiveOf = (id: ObjectiveId) => marram.ingrid.call('objectives.show', { id })
const keyResultOf = (id: KeyResultId) => marram.ingrid.call('key-results.show', { id })
const customers = { kind: 'increase' as const, start: '0', target: '9', unit: 'customers' }

type Link = { kind: string; fromId: string; toId: string | null; below: string; above: string | null; mayEnd: boolean }
const linksIn = (no: ProblemFacts) =>
  ((no.details?.links ?? []) as Link[]).map(({ kind, fromId, toId, mayEnd }) => ({ kind, fromId, toId, mayEnd }))

/** The one way out, taken as it is: a change of its own. */
async function take(who: Caller, no: ProblemFacts, which = 0): Promise<{ changeId: string; answers: unknown[] }> {
  const { method, path, body } = (no.repairs as Repair[])[which] as Repair
  expect([method, path]).toEqual(['POST', '/v1/changes'])
  const taken = (await who.repair({ method, path, body })) as { changeId: string; answers: unknown[] }
  const { items } = await marram.ingrid.call('activity.list', { limit: 1 })
  expect(items[0]?.changeId).toBe(taken.changeId)
  return taken
}

describe('Another measure', () => {
  test('of what is contributed to names all that no longer adds up: one call ends them and goes on, one undo takes it back', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const parent = await keyResult(hanna, home, { title: 'New sales' })
    const [first, second, shown] = [
      await keyResult(hanna, home, { title: 'In the north' }),
      await keyResult(hanna, home, { title: 'In the south' }),
      await keyResult(hanna, home),
    ]
    const withShare = await keyResult(hanna, home)
    await contribute(hanna, first, parent)
    await contribute(hanna, second, parent)
    await contribute(hanna, shown, parent, { rollUp: 'shown' })
    await contribute(hanna, withShare, parent, { share: '5' })
    const edit = { id: parent, measure: customers, reason: 'We count customers' }
    const no = await refused(hanna.call('key-results.edit', edit))
    expect(no).toMatchObject({
      kind: 'refused',
      rule: 'like-sums-with-like',
      reason: { key: 'rule.like-sums-with-like.would-break', values: { count: 2 } },
    })
    expect(no.errors).toEqual(
      ['In the north', 'In the south'].map((below) => ({
        pointer: '/measure',
        reason: { key: 'breaking.contribution', values: { below, above: 'New sales' } },
      })),
    )
    expect(linksIn(no)).toEqual(
      [first, second].map((fromId) => ({ kind: 'contribution', fromId, toId: parent, mayEnd: true })),
    )
    expect(no.repairs).toHaveLength(1)
    expect(no.repairs?.[0]?.reason).toEqual({ key: 'repair.end-links', values: { count: 2 } })
    const done = await take(hanna, no)
    expect(await keyResultOf(parent)).toMatchObject({ measure: { unit: 'customers' }, rollsUpBy: 'sum' })
    expect((await keyResultOf(first)).contribution).toBeNull()
    expect((await keyResultOf(shown)).contributesToId).toBe(parent)
    const { items } = await hanna.call('key-results.contributions', { id: first })
    expect(items).toMatchObject([{ state: 'ended', reason: 'We count customers' }])
    await undo(hanna, done)
    expect(await keyResultOf(parent)).toMatchObject({ measure: { unit: 'USD' }, rollsUpBy: 'sum' })
    for (const id of [first, second, withShare]) expect((await keyResultOf(id)).contributesToId).toBe(parent)
  })

  test('where reports stand above comes with both answers: what they added stays, or leaves', async () => {
    const { hanna } = marram
    for (const [which, own] of [
      [0, '260'],
      [1, '200'],
    ] as const) {
      const home = await group(hanna)
      const [parent, child, other] = [
        await keyResult(hanna, home),
        await keyResult(hanna, home),
        await keyResult(hanna, home),
      ]
      await hanna.call('check-ins.make', { id: child, value: 60 })
      await hanna.call('check-ins.make', { id: parent, value: 200 })
      await contribute(hanna, child, parent, { already: 'additional' })
      await contribute(hanna, other, parent, { already: 'additional' })
      const decrease = { kind: 'decrease' as const, start: '500', target: '0', unit: 'USD' }
      const no = await refused(hanna.call('key-results.edit', { id: parent, measure: decrease, reason: 'It falls' }))
      expect(no.repairs?.map(({ reason }) => reason.key)).toEqual([
        'repair.end-links.included',
        'repair.end-links.additional',
      ])
      await take(hanna, no, which)
      expect(await keyResultOf(parent)).toMatchObject({ own, current: own, measure: { kind: 'decrease' } })
    }
  })

  test('by which nothing counts into it any more comes with both answers too, each of which works as it is', async () => {
    const { hanna } = marram
    for (const which of [0, 1])
      for (const measure of [
        { kind: 'milestone' as const, evidence: 'Signed' },
        { kind: 'maintain' as const, atLeast: '5', unit: 'USD' },
      ]) {
        const home = await group(hanna)
        const [parent, child] = [await keyResult(hanna, home), await keyResult(hanna, home)]
        await hanna.call('check-ins.make', { id: child, value: 60 })
        await hanna.call('check-ins.make', { id: parent, value: 200 })
        await contribute(hanna, child, parent, { already: 'additional' })
        const no = await refused(hanna.call('key-results.edit', { id: parent, measure, reason: 'It is another thing' }))
        expect(no).toMatchObject({ rule: 'one-roll-up', repairs: { length: 2 } })
        await take(hanna, no, which)
        expect(await keyResultOf(parent)).toMatchObject({ measure: { kind: measure.kind }, rollsUpBy: null })
      }
  })

  test('where what stays would leave nothing to do from a baseline, only the other answer is handed out', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const baseline = { kind: 'increase' as const, baseline: true, target: '300', unit: 'USD' }
    const [parent, child] = [await keyResult(hanna, home, { measure: baseline }), await keyResult(hanna, home)]
    await hanna.call('check-ins.make', { id: parent, value: 200 })
    await hanna.call('check-ins.make', { id: child, value: 200 })
    await contribute(hanna, child, parent, { already: 'additional' })
    const no = await refused(hanna.call('key-results.edit', { id: child, measure: customers, reason: 'We count them' }))
    expect(no.repairs?.map(({ reason }) => reason.key)).toEqual(['repair.end-links.additional'])
    await take(hanna, no)
    expect(await keyResultOf(parent)).toMatchObject({ own: '200', current: '200' })
  })

  test('of what contributes, on its side; and a milestone has nothing counted into it any more', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const [parent, child] = [await keyResult(hanna, home), await keyResult(hanna, home)]
    await contribute(hanna, child, parent)
    const no = await refused(hanna.call('key-results.edit', { id: child, measure: customers, reason: 'We count them' }))
    expect(no.rule).toBe('like-sums-with-like')
    const milestone = { kind: 'milestone' as const, evidence: 'Signed' }
    const none = await refused(hanna.call('key-results.edit', { id: parent, measure: milestone, reason: 'Signed' }))
    expect(none).toMatchObject({ rule: 'one-roll-up', details: { links: [{ fromId: child }] } })
    await take(hanna, none)
    expect(await keyResultOf(parent)).toMatchObject({ measure: { kind: 'milestone' }, rollsUpBy: null })
  })

  test('leaves alone what still holds: another start, another target, an average', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const [parent, child] = [await keyResult(hanna, home), await keyResult(hanna, home)]
    await contribute(hanna, child, parent)
    const further = { kind: 'increase' as const, start: '5', target: '900', unit: 'USD' }
    await hanna.call('key-results.edit', { id: parent, measure: further, reason: 'Further' })
    await contribute(hanna, child, parent, { rollUp: 'average' })
    await hanna.call('key-results.edit', { id: parent, measure: customers, reason: 'We count customers' })
    expect((await keyResultOf(child)).contribution).toMatchObject({ rollUp: 'average' })
  })

  test('is in nobody’s way who only has an offer: that is looked at when it is accepted', async () => {
    const { hanna, tomas } = marram
    const above = await group(tomas)
    const below = await group(hanna, { alignedToId: above })
    await tomas.call('objectives.accept-alignment', { id: below })
    const [parent, child] = [await keyResult(tomas, above), await keyResult(hanna, below)]
    await contribute(hanna, child, parent)
    await tomas.call('key-results.edit', { id: parent, measure: customers, reason: 'We count customers' })
    expect((await refused(tomas.call('key-results.accept-contribution', { id: child }))).rule).toBe(
      'like-sums-with-like',
    )
  })
})

describe('Another alignment, or none', () => {
  /** Hanna in the middle, over two of Tomas’s; what he contributes leads to Daniel above. */
  async function between() {
    const { daniel, hanna, tomas } = marram
    const top = await group(daniel)
    const middle = await group(hanna, { alignedToId: top })
    await daniel.call('objectives.accept-alignment', { id: middle })
    const low = await group(tomas, { alignedToId: middle })
    await hanna.call('objectives.accept-alignment', { id: low })
    const parent = await keyResult(daniel, top, { title: 'All of it' })
    const child = await keyResult(tomas, low, { title: 'A part of it' })
    await contribute(tomas, child, parent)
    await daniel.call('key-results.accept-contribution', { id: child })
    return { top, middle, low, parent, child }
  }

  test('names all that would be left behind, however far below: realigned, ended, or another accepted in its place', async () => {
    const { hanna } = marram
    const attempts: ((below: ObjectiveId, other: ObjectiveId) => Promise<unknown>)[] = [
      (id, toObjectiveId) => hanna.call('objectives.align', { id, toObjectiveId, reason: 'It fits better' }),
      (id) => hanna.call('objectives.end-alignment', { id, reason: 'It fits better' }),
    ]
    for (const attempt of attempts) {
      const [first, second] = [await group(hanna), await group(hanna)]
      const below = await group(hanna, { alignedToId: first })
      const lowest = await group(hanna, { alignedToId: below })
      const parent = await keyResult(hanna, first)
      const children = [await keyResult(hanna, below), await keyResult(hanna, lowest)]
      for (const child of children) await contribute(hanna, child, parent)
      const inside = await keyResult(hanna, lowest)
      await contribute(hanna, inside, children[0] as KeyResultId)
      const no = await refused(attempt(below, second))
      expect(no.rule).toBe('contribution-follows-alignment')
      expect(no.reason?.values).toEqual({ count: 2 })
      expect(linksIn(no)).toEqual(
        children.map((fromId) => ({ kind: 'contribution', fromId, toId: parent, mayEnd: true })),
      )
      const done = await take(hanna, no)
      expect(done.answers).toHaveLength(3)
      expect((await objectiveOf(below)).alignedToId).not.toBe(first)
      expect((await keyResultOf(inside)).contributesToId).toBe(children[0])
      await undo(hanna, done)
      expect((await objectiveOf(below)).alignedToId).toBe(first)
      for (const child of children) expect((await keyResultOf(child)).contributesToId).toBe(parent)
    }
  })

  test('of which not all is the caller’s to end offers no call that would fail, and says whom to ask', async () => {
    const { hanna, tomas, daniel, ingrid } = marram
    const { middle, child, parent } = await between()
    const attempt = (who: Caller) => refused(who.call('objectives.end-alignment', { id: middle }))
    const no = await attempt(hanna)
    expect(linksIn(no)).toEqual([{ kind: 'contribution', fromId: child, toId: parent, mayEnd: false }])
    expect(no.repairs).toEqual([])
    expect(no.errors?.map(({ reason }) => reason)).toEqual([
      { key: 'breaking.contribution', values: { below: 'A part of it', above: 'All of it' } },
      {
        key: 'breaking.ask',
        values: { names: expect.stringMatching(/^(Daniel Okafor, Tomás Herrera|Tomás Herrera, Daniel Okafor)$/) },
      },
    ])
    expect(no.details).toMatchObject({ links: [{ ask: [{ id: idOf(tomas) }, { id: idOf(daniel) }] }] })
    await take(ingrid, await attempt(ingrid))
    expect((await objectiveOf(middle)).alignedToId).toBeNull()
    const { items } = await tomas.call('key-results.contributions', { id: child })
    expect(items).toMatchObject([{ state: 'ended', onBehalf: true }])
  })

  test('is named by whoever accepts, too; and whoever speaks for one end of each may end them', async () => {
    const { hanna, tomas, daniel } = marram
    const { middle, child } = await between()
    const other = await group(daniel)
    await hanna.call('objectives.align', { id: middle, toObjectiveId: other })
    const no = await refused(daniel.call('objectives.accept-alignment', { id: middle, reason: 'There it belongs' }))
    expect(linksIn(no)).toMatchObject([{ fromId: child, mayEnd: true }])
    await take(daniel, no)
    expect(await objectiveOf(middle)).toMatchObject({ alignedToId: other, alignmentOffer: null })
    expect((await tomas.call('key-results.show', { id: child })).contribution).toBeNull()
  })

  test('of which some is private to others: that is counted and not named', async () => {
    const { hanna, tomas } = marram
    const { low, middle, child, parent } = await between()
    const canary = 'Canary in the reeds'
    await tomas.call('objectives.edit', { id: low, title: canary, visibility: 'named', reason: 'Among ourselves' })
    await tomas.call('key-results.edit', { id: child, title: canary, reason: 'Among ourselves' })
    const open = await keyResult(hanna, middle)
    await contribute(hanna, open, parent)
    await marram.daniel.call('key-results.accept-contribution', { id: open })
    const no = await refused(hanna.call('objectives.end-alignment', { id: middle }))
    expect(linksIn(no)).toEqual([{ kind: 'contribution', fromId: open, toId: parent, mayEnd: true }])
    expect(no).toMatchObject({ reason: { values: { count: 2 } }, details: { hidden: 1 }, repairs: [] })
    expect(no.errors?.at(-1)?.reason).toEqual({ key: 'breaking.hidden', values: { count: 1 } })
    for (const secret of [canary, low, child]) expect(JSON.stringify(no)).not.toContain(secret)
  })
})

describe('Another level, another cycle', () => {
  test('of an Objective names its alignments and what contributes over them: one call ends all and goes on', async () => {
    const { hanna } = marram
    const top = await objective(hanna, { title: 'At the top', level: 'group', cycleId: marram.cycles.quarter })
    const below = [
      await group(hanna, { title: 'To the left', alignedToId: top }),
      await group(hanna, { title: 'To the right', alignedToId: top }),
    ] as const
    const single = await objective(hanna, { level: 'individual', cycleId: marram.cycles.quarter, alignedToId: top })
    const [parent, child] = [await keyResult(hanna, top), await keyResult(hanna, below[0])]
    await contribute(hanna, child, parent)
    const no = await refused(
      hanna.call('objectives.edit', { id: top, level: 'individual', title: 'By myself', reason: 'It is mine alone' }),
    )
    expect(no).toMatchObject({ rule: 'objective-aligns-to-objective', reason: { values: { count: 3 } } })
    expect(no.errors?.map(({ pointer, reason }) => [pointer, reason.key, reason.values?.below])).toEqual([
      ['/level', 'breaking.alignment', 'To the left'],
      ['/level', 'breaking.alignment', 'To the right'],
      ['/level', 'breaking.contribution', 'How we will know'],
    ])
    const done = await take(hanna, no)
    expect(await objectiveOf(top)).toMatchObject({ level: 'individual', title: 'By myself', alignedCount: 1 })
    expect((await objectiveOf(single)).alignedToId).toBe(top)
    expect((await keyResultOf(child)).contribution).toBeNull()
    await undo(hanna, done)
    expect(await objectiveOf(top)).toMatchObject({ level: 'group', title: 'At the top', alignedCount: 3 })
    expect((await keyResultOf(child)).contributesToId).toBe(parent)
  })

  test('of which others lead what is below says whom to ask, unless one leads what is above', async () => {
    const { hanna, tomas, ingrid } = marram
    const far = await ingrid.call('cycles.create', { name: 'Q2 2028', startsOn: '2028-04-01', endsOn: '2028-06-30' })
    const top = await group(tomas)
    const below = await group(hanna, { alignedToId: top })
    await tomas.call('objectives.accept-alignment', { id: below })
    const no = await refused(tomas.call('objectives.edit', { id: top, cycleId: far.id, reason: 'Later' }))
    expect(no.errors?.[0]?.pointer).toBe('/cycleId')
    expect(linksIn(no)).toMatchObject([{ kind: 'alignment', fromId: below, toId: top, mayEnd: true }])
    await take(tomas, no)
    expect(await objectiveOf(top)).toMatchObject({ cycleId: far.id, alignedCount: 0 })
  })

  test('names deadlines that would lie outside first: the way out for the links would run into them', async () => {
    const { hanna, ingrid } = marram
    const far = await ingrid.call('cycles.create', { name: 'Q2 2029', startsOn: '2029-04-01', endsOn: '2029-06-30' })
    const top = await group(hanna)
    const below = await group(hanna, { alignedToId: top })
    const id = await keyResult(hanna, below)
    const edit = { id: below, cycleId: far.id, reason: 'Later' }
    expect((await refused(hanna.call('objectives.edit', edit))).rule).toBe('time-bound')
    await hanna.call('key-results.cancel', { id })
    await take(hanna, await refused(hanna.call('objectives.edit', edit)))
    expect(await objectiveOf(below)).toMatchObject({ cycleId: far.id, alignedToId: null })
  })

  test('the days of a cycle name every alignment that they would tear apart, for whoever changes them', async () => {
    const { hanna, tomas, ingrid } = marram
    const cycle = await ingrid.call('cycles.create', { name: 'Spring', startsOn: '2026-11-01', endsOn: '2027-05-31' })
    const tops = [await group(hanna), await group(tomas)] as const
    const below = [
      await group(hanna, { cycleId: cycle.id as CycleId, alignedToId: tops[0] }),
      await group(tomas, { cycleId: cycle.id as CycleId, alignedToId: tops[1] }),
    ] as const
    const [parent, child] = [
      await keyResult(tomas, tops[1]),
      await keyResult(tomas, below[1], { startsOn: '2027-02-01', deadline: '2027-05-01' }),
    ]
    await contribute(tomas, child, parent)
    const no = await refused(ingrid.call('cycles.edit', { id: cycle.id, startsOn: '2027-02-01', reason: 'Thaw' }))
    expect(no.errors?.[0]?.pointer).toBe('/endsOn')
    expect(linksIn(no)).toEqual([
      { kind: 'alignment', fromId: below[0], toId: tops[0], mayEnd: true },
      { kind: 'alignment', fromId: below[1], toId: tops[1], mayEnd: true },
      { kind: 'contribution', fromId: child, toId: parent, mayEnd: true },
    ])
    const done = await take(ingrid, no)
    expect((await ingrid.call('cycles.show', { id: cycle.id })).startsOn).toBe('2027-02-01')
    for (const id of below) expect((await objectiveOf(id)).alignment).toBeNull()
    await undo(ingrid, done)
    expect((await objectiveOf(below[1])).alignedToId).toBe(tops[1])
    expect((await keyResultOf(child)).contributesToId).toBe(parent)
  })
})

describe('In a batch', () => {
  test('the way out is the whole batch, with the ends before the call that was refused', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const [parent, child] = [await keyResult(hanna, home), await keyResult(hanna, home)]
    await contribute(hanna, child, parent)
    const edit = (id: KeyResultId, body: object) => ({
      method: 'PATCH' as const,
      path: `/v1/key-results/${id}`,
      headers: { 'if-match': '*' },
      body: { ...body, reason: 'Otherwise' },
    })
    const calls = [edit(child, { weight: 3 }), edit(parent, { measure: customers }), edit(parent, { weight: 2 })]
    const no = await refused(hanna.call('changes.make', { calls }))
    expect(no.errors?.[0]?.pointer).toBe('/calls/1/body/measure')
    const done = await take(hanna, no)
    expect(done.answers).toHaveLength(4)
    expect(await keyResultOf(parent)).toMatchObject({ weight: '2', measure: { unit: 'customers' } })
    await undo(hanna, done)
    expect([(await keyResultOf(child)).weight, (await keyResultOf(child)).contributesToId]).toEqual(['1', parent])
  })
})

describe('A draft', () => {
  test('of somebody else’s is in nobody’s way, and meets the rule when it is published: with its way out', async () => {
    const { hanna, tomas } = marram
    const above = await group(tomas)
    const parent = await keyResult(tomas, above)
    const draft = await group(hanna, { draft: true, alignedToId: above })
    await tomas.call('objectives.accept-alignment', { id: draft })
    const child = await keyResult(hanna, draft, { draft: true })
    await contribute(hanna, child, parent)
    await tomas.call('key-results.accept-contribution', { id: child })
    expect((await refused(tomas.call('key-results.show', { id: child }))).kind).toBe('not-found')
    await tomas.call('key-results.edit', { id: parent, measure: customers, reason: 'We count customers' })
    await tomas.call('objectives.edit', { id: above, level: 'individual', reason: 'It is mine alone' })
    const no = await refused(hanna.call('objectives.publish', { id: draft }))
    expect(linksIn(no)).toEqual([
      { kind: 'alignment', fromId: draft, toId: above, mayEnd: true },
      { kind: 'contribution', fromId: child, toId: parent, mayEnd: true },
    ])
    const done = await take(hanna, no)
    expect(await objectiveOf(draft)).toMatchObject({ state: 'published', alignment: null })
    expect(await keyResultOf(child)).toMatchObject({ state: 'published', contribution: null })
    await undo(hanna, done)
    expect((await hanna.call('objectives.show', { id: draft })).state).toBe('draft')
  })

  test('of a Key Result meets it as well', async () => {
    const { hanna, tomas } = marram
    const above = await group(tomas)
    const parent = await keyResult(tomas, above)
    const below = await group(hanna, { alignedToId: above })
    await tomas.call('objectives.accept-alignment', { id: below })
    const child = await keyResult(hanna, below, { draft: true })
    await contribute(hanna, child, parent)
    await tomas.call('key-results.accept-contribution', { id: child })
    await tomas.call('key-results.edit', { id: parent, measure: customers, reason: 'We count customers' })
    const no = await refused(hanna.call('key-results.publish', { id: child }))
    expect(no.rule).toBe('like-sums-with-like')
    await take(hanna, no)
    expect(await keyResultOf(child)).toMatchObject({ state: 'published', contribution: null })
  })

  test('that something is aligned to is thrown away only when that has ended, and what was offered to it ends', async () => {
    const { hanna } = marram
    const draft = await group(hanna, { title: 'Not yet', draft: true })
    const below = await group(hanna, { title: 'For that', alignedToId: draft })
    const no = await refused(hanna.call('objectives.discard', { id: draft }))
    expect(no).toMatchObject({
      rule: 'objective-aligns-to-objective',
      errors: [{ reason: { key: 'breaking.alignment', values: { below: 'For that', above: 'Not yet' } } }],
    })
    const done = await take(hanna, no)
    expect(await objectiveOf(below)).toMatchObject({ alignedToId: null, alignment: null })
    await undo(hanna, done)
    expect(await hanna.call('objectives.show', { id: below })).toMatchObject({ alignedToId: draft })
  })
})

describe('An undo', () => {
  test('that would break a link names it: ended, it goes', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const parent = await keyResult(hanna, home)
    const done = await hanna.send('key-results.edit', { id: parent, measure: customers, reason: 'We count customers' })
    const child = await keyResult(hanna, home, { measure: customers })
    await contribute(hanna, child, parent)
    const no = await refused(undo(hanna, done))
    expect(no.repairs?.map(({ reason }) => reason.key)).toEqual(['repair.end-links-first'])
    await take(hanna, no)
    await undo(hanna, done)
    expect((await keyResultOf(parent)).measure).toMatchObject({ unit: 'USD' })
  })

  test('of the end of a contribution is refused when the alignment that it followed has ended since', async () => {
    const { hanna } = marram
    const top = await group(hanna)
    const below = await group(hanna, { alignedToId: top })
    const [parent, child] = [await keyResult(hanna, top), await keyResult(hanna, below)]
    await contribute(hanna, child, parent)
    const ended = await hanna.send('key-results.end-contribution', { id: child })
    await hanna.call('objectives.end-alignment', { id: below })
    expect((await refused(undo(hanna, ended))).rule).toBe('contribution-follows-alignment')
  })
})

test('Two people at once: one realigns, one contributes over the line as it was; nothing is left behind', {
  timeout: 60_000,
}, async () => {
  const { hanna } = marram
  for (let time = 0; time < 20; time++) {
    const [first, second] = [await group(hanna), await group(hanna)]
    const below = await group(hanna, { alignedToId: first })
    const [parent, child] = [await keyResult(hanna, first), await keyResult(hanna, below)]
    const answers = await Promise.allSettled([
      hanna.call('objectives.align', { id: below, toObjectiveId: second }),
      contribute(hanna, child, parent),
    ])
    const no = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason.facts?.rule)
    expect(no).toEqual(['contribution-follows-alignment'])
  }
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf, OutputOf } from '#client/client.ts'
import type { ChangeId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { ProblemFacts, Repair } from '#domain/problem.ts'
import { findChange } from '#store/changes.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
/** Jun's company Objective and its Key Result: 58 to 80 per cent, what Noor's attempts are pointed at. */
let above: ObjectiveId
let target: KeyResultId

beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())
beforeEach(async () => {
  above = await objective(marram.jun, { title: 'Be heard', level: 'company', cycleId: marram.cycles.quarter })
  const measure = { kind: 'increase' as const, start: '58', target: '80', unit: '%' }
  target = await keyResult(marram.jun, above, { title: 'Acknowledged in ten minutes', measure })
})

const attempt = (more: Partial<InputOf<'objectives.create'>> & { draft?: boolean } = {}) =>
  objective(marram.noor, {
    title: 'Acknowledge 80% of alerts',
    level: 'group',
    groupId: marram.groups.forecasting,
    cycleId: marram.cycles.quarter,
    draft: true,
    ...more,
  })
type Terms = Partial<Omit<InputOf<'objectives.turn-into-key-result'>, 'id'>>
const turn = (id: ObjectiveId, terms: Terms = {}, who: Caller = marram.noor) => {
  const home = terms.underObjectiveId ? {} : { newObjective: {} }
  return who.send('objectives.turn-into-key-result', { id, toKeyResultId: target, ...home, ...terms })
}
const offer = (id: KeyResultId) => marram.noor.call('key-results.show', { id })

describe('What stood under it as Key Results', () => {
  test('comes along as Initiatives, with what they said in their notes', async () => {
    const { noor, maya } = marram
    const id = await attempt()
    await keyResult(noor, id, { title: 'Alerts rewritten', ownerId: idOf(maya), draft: true })
    const steps = [
      { title: 'Ask ten wardens', weight: 3 },
      { title: 'Draw it', deadline: '2026-11-30' },
    ]
    const evidence = 'Ten wardens have nodded'
    const measure = { kind: 'milestone' as const, evidence, steps }
    await keyResult(noor, id, { title: 'A new screen', measure, deadline: null, draft: true })
    await noor.call('key-results.create', { id, title: 'Something with sirens' })
    await noor.call('key-results.create', { id })
    const { data } = await turn(id)
    const { items } = await noor.call('initiatives.list', { id: data.id })
    expect(items.map(({ title, note, leadId, dueOn, state }) => ({ title, note, leadId, dueOn, state }))).toEqual([
      {
        title: 'Alerts rewritten',
        note: '0 → 300000 USD',
        leadId: idOf(maya),
        dueOn: '2026-12-31',
        state: 'planned',
      },
      {
        title: 'A new screen',
        note: 'Ten wardens have nodded\n– Ask ten wardens (× 3)\n– Draw it (2026-11-30)',
        leadId: idOf(noor),
        dueOn: null,
        state: 'planned',
      },
      { title: 'Something with sirens', note: null, leadId: idOf(noor), dueOn: null, state: 'planned' },
    ])
    expect((await noor.call('key-results.list', { objectiveId: id })).items).toEqual([])
  })

  test('brings the work along that was already done for it', async () => {
    const { noor } = marram
    const id = await attempt()
    const under = await keyResult(noor, id, { title: 'Sirens', draft: true })
    const work = await noor.call('initiatives.create', { id: under, title: 'Borrow a siren' })
    const { data } = await turn(id)
    expect((await noor.call('initiatives.show', { id: work.id })).keyResultId).toBe(data.id)
  })

  test('is cancelled with an Objective that was published, with a reason, and stays in history', async () => {
    const { noor, ben } = marram
    const id = await attempt({ draft: false })
    const under = await keyResult(noor, id, { title: 'Sirens' })
    const { data, changeId } = await turn(id)
    expect((await ben.call('objectives.show', { id })).state).toBe('cancelled')
    expect((await ben.call('key-results.show', { id: under })).state).toBe('cancelled')
    expect((await noor.call('initiatives.list', { id: data.id })).items).toMatchObject([{ title: 'Sirens' }])
    const { items } = await ben.call('activity.list', { objectiveId: id })
    expect(items[0]).toMatchObject({ changeId, operation: 'objectives.turn-into-key-result' })
    const change = await marram.store.read(marram.id, (tx) => findChange(tx, changeId as ChangeId))
    expect(change?.reason).toBe('Turned into a Key Result')
  })
})

describe('Its link', () => {
  test('is shown while another roll-up is not lawful, and as it was asked for where it is', async () => {
    const under = await objective(marram.noor, { level: 'group', cycleId: marram.cycles.quarter })
    await marram.noor.call('objectives.align', { id: under, toObjectiveId: above })
    await marram.jun.call('objectives.accept-alignment', { id: under })
    const asked: [Terms, object][] = [
      [{}, { rollUp: 'shown', share: null }],
      [{ rollUp: 'sum' }, { rollUp: 'shown', share: null }],
      [
        { rollUp: 'shown', share: '5' },
        { rollUp: 'shown', share: null },
      ],
      [
        { rollUp: 'sum', share: '5' },
        { rollUp: 'sum', share: '5' },
      ],
    ]
    for (const [terms, kept] of asked) {
      const { data } = await turn(await attempt(), { ...terms, underObjectiveId: under })
      expect(data).toMatchObject({ objectiveId: under, contributionOffer: { toKeyResultId: target, ...kept } })
    }
  })

  test('is accepted at once where one speaks for both ends and the line is accepted', async () => {
    const { jun } = marram
    const id = await objective(jun, { title: 'As my own', level: 'group', cycleId: marram.cycles.quarter, draft: true })
    const { data } = await turn(id, { underObjectiveId: above }, jun)
    expect(data).toMatchObject({ objectiveId: above, contributesToId: target, contribution: { state: 'accepted' } })
  })

  test('is no more than offered by whoever drafts for another, though that one owns both ends', async () => {
    const { jun, maya, cycles } = marram
    const body = { title: 'Drafted for Jun', level: 'group' as const, cycleId: cycles.quarter, leadId: idOf(jun) }
    const { id } = await maya.call('objectives.create', body)
    const { data } = await turn(id, {}, maya)
    expect(data).toMatchObject({ ownerId: idOf(jun), contributionOffer: { state: 'offered', offeredBy: 'below' } })
    const home = await jun.call('objectives.show', { id: data.objectiveId })
    expect(home).toMatchObject({ leadId: idOf(jun), alignmentOffer: { state: 'offered' } })
  })

  test('is made by an administrator on behalf of whoever leads', async () => {
    const { ingrid, noor } = marram
    const { data } = await turn(await attempt({ draft: false }), {}, ingrid)
    expect(data).toMatchObject({ ownerId: idOf(noor), contributionOffer: { state: 'offered' } })
    const home = await noor.call('objectives.show', { id: data.objectiveId })
    expect(home).toMatchObject({ leadId: idOf(noor), alignmentOffer: { onBehalf: true } })
  })

  test('needs an Objective at or below the one above, and says how to get there', async () => {
    const { noor, jun } = marram
    const under = await objective(noor, { title: 'Elsewhere', level: 'group', cycleId: marram.cycles.quarter })
    const id = await attempt()
    const facts = await refused(turn(id, { underObjectiveId: under }))
    expect(facts).toMatchObject({ rule: 'contribution-follows-alignment', repairs: [{ method: 'PUT' }] })
    for (const repair of facts.repairs ?? []) await noor.repair(repair)
    expect((await turn(id, { underObjectiveId: under })).data.contributionOffer).toMatchObject({ state: 'offered' })
    const early = await refused(jun.call('key-results.accept-contribution', { id: (await itemsOf(under))[0] as never }))
    expect(early.rule).toBe('contribution-follows-alignment')
    for (const repair of early.repairs ?? []) await jun.repair(repair)
    const accepted = await jun.call('key-results.accept-contribution', { id: (await itemsOf(under))[0] as never })
    expect(accepted).toMatchObject({ state: 'accepted' })
  })

  const itemsOf = async (objectiveId: ObjectiveId) =>
    (await marram.noor.call('key-results.list', { objectiveId })).items.map(({ id }) => id)
})

describe('What hangs on it', () => {
  const pointers = ({ errors = [] }: ProblemFacts) =>
    errors.map(({ pointer, reason }) => `${pointer} ${reason.key.replace('turn-into.hangs.', '')}`)

  test('is named before anything is changed, each with a call that takes it away', async () => {
    const { noor, maya, ben } = marram
    const id = await attempt({ draft: false })
    const [own, other] = [await keyResult(noor, id), await keyResult(noor, id)]
    const below = await objective(maya, { title: 'Below', level: 'individual', cycleId: marram.cycles.quarter })
    const offering = await objective(ben, { title: 'Offering', level: 'individual', cycleId: marram.cycles.quarter })
    for (const [who, from] of [
      [maya, below],
      [ben, offering],
    ] as const)
      await who.call('objectives.align', { id: from, toObjectiveId: id })
    await noor.call('objectives.accept-alignment', { id: below })
    const theirs = await keyResult(maya, below)
    await maya.call('key-results.contribute', { id: theirs, toKeyResultId: own, rollUp: 'sum' })
    await noor.call('key-results.accept-contribution', { id: theirs })
    await noor.call('key-results.contribute', { id: other, toKeyResultId: own, rollUp: 'shown' })

    const facts = await refused(turn(id))
    expect(facts).toMatchObject({ kind: 'refused', rule: 'still-needed', reason: { values: { count: 4 } } })
    expect(pointers(facts).toSorted()).toEqual(
      [
        `/keyResults/${theirs} breaking.contribution`,
        `/keyResults/${other} breaking.contribution`,
        `/objectives/${below} breaking.alignment`,
        `/objectives/${offering} alignment-offered`,
      ].toSorted(),
    )
    expect((await ben.call('objectives.show', { id })).state).toBe('published')
    expect(facts.repairs).toMatchObject([{ method: 'POST', path: '/v1/changes', reason: { key: 'repair.end-links' } }])
    const made = await noor.repair(facts.repairs?.[0] as Repair)
    expect((made as OutputOf<'changes.make'>).answers.at(-1)).toMatchObject({
      status: 201,
      body: { title: 'Acknowledge 80% of alerts' },
    })
    const declined = await ben.call('objectives.alignments', { id: offering })
    expect(declined.items.map(({ state }) => state)).toEqual(['declined'])
  })

  test('asks what the reports contain where a sum ends: both answers are offered, and each works', async () => {
    const { noor } = marram
    for (const answer of ['included', 'additional']) {
      const id = await attempt({ draft: false })
      const home = await objective(noor, { level: 'group', cycleId: marram.cycles.quarter })
      await noor.call('objectives.align', { id, toObjectiveId: home })
      const parent = await keyResult(noor, home)
      const child = await keyResult(noor, id)
      await noor.call('check-ins.make', { id: parent, value: 200000 })
      await noor.call('key-results.contribute', {
        ...{ id: child, toKeyResultId: parent, rollUp: 'sum' as const, already: 'additional' as const },
      })
      const facts = await refused(turn(id))
      expect(pointers(facts)).toEqual([`/keyResults/${child} breaking.contribution`])
      const way = facts.repairs?.find(({ reason }) => reason.key === `repair.end-links.${answer}`)
      await noor.repair(way as Repair)
      expect((await noor.call('key-results.show', { id: parent })).current).toBe('200000')
      expect((await noor.call('objectives.show', { id })).state).toBe('cancelled')
    }
  })

  test('may be what also supports it', async () => {
    const { noor } = marram
    const id = await attempt({ draft: false })
    const beside = await objective(noor, { level: 'group', cycleId: marram.cycles.quarter })
    await noor.call('objectives.also-support', { id: beside, objectiveId: id })
    const facts = await refused(turn(id))
    expect(pointers(facts)).toEqual([`/objectives/${beside} breaking.also-supports`])
    await noor.repair(facts.repairs?.[0] as Repair)
    expect((await noor.call('objectives.show', { id: beside })).alsoSupportsIds).toEqual([])
  })

  test('and has no way of its own, reports and explorations, leaves the two other ways out', async () => {
    const { noor, ben } = marram
    const id = await attempt({ draft: false })
    const under = await keyResult(noor, id)
    await noor.call('check-ins.make', { id: under, value: 7 })
    await ben.call('explorations.open', { id, barriers: ['Nobody hears it'] })
    await ben.call('key-results.comment', { id: under, text: 'Seven of what?' })
    const facts = await refused(turn(id))
    expect(pointers(facts)).toEqual([`/keyResults/${under} reported`, '/comments commented', '/explorations explored'])
    expect(facts.repairs?.map(({ reason }) => reason.key)).toEqual(['repair.align-to-its-objective', 'repair.explore'])
    const caught = await refused(noor.call('objectives.align', { id, toKeyResultId: target }))
    expect(caught.repairs?.map(({ reason }) => reason.key)).toEqual(['repair.align-to-its-objective', 'repair.explore'])
    for (const repair of caught.repairs ?? []) await noor.repair(repair)
    expect((await noor.call('objectives.show', { id })).alignmentOffer?.toObjectiveId).toBe(above)
  })

  test('and was said by oneself can be taken back', async () => {
    const { noor } = marram
    const id = await attempt()
    await noor.call('objectives.comment', { id, text: 'Is this one?' })
    const facts = await refused(turn(id))
    expect(pointers(facts)).toEqual(['/comments commented'])
    await noor.repair(facts.repairs?.[0] as Repair)
    expect((await refused(noor.call('objectives.show', { id }))).kind).toBe('not-found')
  })

  test('and follows another line takes the first way out from whoever leads both ends: it would be left behind', async () => {
    const { jun, cycles } = marram
    const other = await objective(jun, { title: 'Another line', level: 'company', cycleId: cycles.quarter })
    const parent = await keyResult(jun, other)
    const attempts = []
    for (let count = 0; count < 2; count++) {
      const id = await objective(jun, { title: 'Mine', level: 'group', cycleId: cycles.quarter, alignedToId: other })
      const below = await objective(jun, {
        title: 'Below',
        level: 'individual',
        cycleId: cycles.quarter,
        alignedToId: id,
      })
      attempts.push({ id, child: await keyResult(jun, below) })
    }
    const [along, free] = attempts as [(typeof attempts)[0], (typeof attempts)[0]]
    await jun.call('key-results.contribute', { id: along.child, toKeyResultId: parent, rollUp: 'sum' })
    const ways = async ({ id }: typeof along) =>
      (await refused(jun.call('objectives.align', { id, toKeyResultId: target }))).repairs ?? []
    expect((await ways(along)).map(({ reason }) => reason.key)).toEqual(['repair.explore'])
    const [align, ...others] = await ways(free)
    expect(others.map(({ reason }) => reason.key)).toEqual(['repair.explore'])
    await jun.repair(align as Repair)
    expect((await jun.call('objectives.show', { id: free.id })).alignedToId).toBe(above)
  })

  test('and is private to others is counted and not named', async () => {
    const { noor, hanna } = marram
    const id = await attempt({ draft: false })
    const secret = await objective(hanna, {
      ...{ title: 'Secret words', level: 'individual' as const, cycleId: marram.cycles.quarter },
      ...{ visibility: 'named' as const, viewerIds: [idOf(noor)] },
    })
    await hanna.call('objectives.align', { id: secret, toObjectiveId: id })
    await noor.call('objectives.accept-alignment', { id: secret })
    await hanna.call('objectives.edit', { id: secret, viewerIds: [], reason: 'For ourselves' })
    const facts = await refused(turn(id))
    expect(pointers(facts)).toEqual(['/ hidden'])
    expect(JSON.stringify(facts)).not.toMatch(new RegExp(`Secret words|${secret}`))
  })
})

describe('What is private', () => {
  test('stays so: its new Objective is for the same people, and it goes under nothing that others see', async () => {
    const { noor, jun, maya, ben } = marram
    const open = await objective(noor, { title: 'Open', level: 'group', cycleId: marram.cycles.quarter })
    await noor.call('objectives.align', { id: open, toObjectiveId: above })
    await jun.call('objectives.accept-alignment', { id: open })
    const id = await attempt({ visibility: 'named', viewerIds: [idOf(maya)] })
    const caught = await refused(noor.call('objectives.align', { id, toKeyResultId: target }))
    const way = caught.repairs?.find(({ path }) => path.endsWith('turn-into-key-result'))
    expect(way?.body).toMatchObject({ newObjective: {} })
    const made = (await noor.repair(way as Repair)) as { id: KeyResultId; objectiveId: ObjectiveId }
    expect(await noor.call('objectives.show', { id: made.objectiveId })).toMatchObject({
      visibility: 'named',
      viewerIds: [idOf(maya)],
    })
    for (const verb of ['objectives.show', 'key-results.show'] as const)
      expect((await refused(ben.call(verb, { id: made.id as never }))).kind).toBe('not-found')
    // Neither is there a way to what the caller does not see.
    const hidden = await objective(marram.hanna, {
      ...{ level: 'group' as const, cycleId: marram.cycles.quarter, visibility: 'named' as const },
    })
    const secret = await keyResult(marram.hanna, hidden)
    expect((await refused(turn(await attempt(), { toKeyResultId: secret }))).kind).toBe('not-found')
    expect((await refused(turn(await attempt(), { underObjectiveId: hidden }))).kind).toBe('not-found')
  })
})

describe('Whoever may not', () => {
  test('turn it is told so, and so is who may not write under the other one', async () => {
    const { maya, noor, hanna, jun } = marram
    const id = await attempt({ draft: false })
    expect((await refused(turn(id, {}, maya))).kind).toBe('forbidden')
    expect((await refused(turn(id, {}, marram.service('guest')))).kind).toBe('forbidden')
    const theirs = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter })
    expect((await refused(turn(id, { underObjectiveId: theirs }))).kind).toBe('forbidden')
    // Whoever leads above may offer an alignment, but what becomes of the attempt is not theirs to say.
    const offered = await refused(jun.call('objectives.align', { id, toKeyResultId: target }))
    expect(offered.repairs?.map(({ reason }) => reason.key)).toEqual([
      'repair.align-to-its-objective',
      'repair.explore',
    ])
    expect((await noor.call('objectives.show', { id })).state).toBe('published')
  })

  test('write it down twice: one home, not itself, and nothing that is over', async () => {
    const id = await attempt()
    const pointer = async (terms: Terms) => (await refused(turn(id, terms))).errors?.[0]?.pointer
    expect(await pointer({ underObjectiveId: above, newObjective: {} })).toBe('/newObjective')
    expect(await pointer({ underObjectiveId: id })).toBe('/underObjectiveId')
    expect(await pointer({ newObjective: { leadId: marram.id as never } })).toBe('/newObjective/leadId')
    const none = marram.noor.call('objectives.turn-into-key-result', { id, toKeyResultId: target })
    expect((await refused(none)).errors?.[0]?.pointer).toBe('/underObjectiveId')
    await marram.jun.call('key-results.close', { id: target })
    expect(await refused(turn(id))).toMatchObject({ rule: 'contribution-follows-alignment' })
    const over = await attempt({ draft: false })
    await marram.noor.call('objectives.close', { id: over })
    expect(await refused(turn(over))).toMatchObject({ rule: 'life' })
    expect((await refused(marram.noor.call('objectives.align', { id, toKeyResultId: target }))).repairs).toHaveLength(2)
  })

  test('has seen an older version is told what it is now', async () => {
    const id = await attempt()
    const { version } = await marram.noor.call('objectives.show', { id })
    await marram.noor.call('objectives.edit', { id, title: 'In other words' })
    const late = marram.noor.call(
      'objectives.turn-into-key-result',
      { id, toKeyResultId: target, newObjective: {} },
      { ifMatch: version },
    )
    expect(await refused(late)).toMatchObject({ rule: 'stale', details: { current: { title: 'In other words' } } })
  })
})

test('Undone, it is all as it was (see undo.test.ts), unless somebody has answered what it offers', async () => {
  const { noor, jun } = marram
  const id = await attempt({ draft: false })
  await keyResult(noor, id, { title: 'Sirens' })
  const { data, changeId } = await turn(id, { newObjective: { title: 'Be heard at night' } })
  await noor.call('changes.undo', { id: changeId as ChangeId })
  expect(await noor.call('objectives.show', { id })).toMatchObject({ state: 'published', keyResultCount: 1 })
  expect((await refused(offer(data.id))).kind).toBe('not-found')
  const again = await turn(id, { newObjective: { title: 'Be heard at night' } })
  await jun.call('objectives.accept-alignment', { id: again.data.objectiveId })
  expect(await refused(noor.call('changes.undo', { id: again.changeId as ChangeId }))).toMatchObject({
    rule: 'touched-since',
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const company = (lead: Caller = marram.jun) => objective(lead, { level: 'company', cycleId: marram.cycles.quarter })
const group = (lead: Caller, more: Partial<InputOf<'objectives.create'>> & { draft?: boolean } = {}) =>
  objective(lead, { level: 'group', cycleId: marram.cycles.quarter, ...more })
const align = (who: Caller, id: ObjectiveId, toObjectiveId: ObjectiveId, statement: string | null = null) =>
  who.call('objectives.align', { id, toObjectiveId, statement })
const accept = (who: Caller, id: ObjectiveId) => who.call('objectives.accept-alignment', { id })
const states = async (id: ObjectiveId) =>
  (await marram.ben.call('objectives.alignments', { id })).items.map(({ state }) => state)
const lineOf = async (who: Caller) => {
  const { leads } = await marram.ben.call('people.line-of-sight', { id: idOf(who) })
  return leads.map(({ objectiveId, line }) => ({ objectiveId, unbroken: line.unbroken, why: line.broken?.why }))
}

describe('An alignment', () => {
  test('that one makes between two Objectives of one’s own is accepted by making it', async () => {
    const [above, below] = [await group(marram.hanna), await group(marram.hanna)]
    expect(await align(marram.hanna, below, above)).toMatchObject({ state: 'accepted', onBehalf: false })
    expect((await marram.ben.call('objectives.show', { id: below })).alignedToId).toBe(above)
  })

  test('is accepted by making it again, once the one who offered it leads the other end too', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await align(noor, below, above)
    await jun.call('objectives.edit', { id: above, leadId: idOf(noor), reason: 'Noor takes over' })
    expect(await align(noor, below, above, 'Both are mine')).toMatchObject({ state: 'accepted', onBehalf: false })
  })

  test('for somebody who leads both ends an administrator makes it at once, and shows as such', async () => {
    const { jun, noor, ingrid } = marram
    const [above, below] = [await company(noor), await group(noor)]
    expect(await align(ingrid, below, above)).toMatchObject({ state: 'accepted', onBehalf: true })
    const [another, offering] = [await company(jun), await group(noor)]
    await align(noor, offering, another)
    await jun.call('objectives.edit', { id: another, leadId: idOf(noor), reason: 'Noor takes over' })
    expect(await align(ingrid, offering, another)).toMatchObject({ state: 'accepted', onBehalf: true })
  })

  test('offered from below is decided on above, and by nobody else', async () => {
    const { jun, noor, daniel } = marram
    const [above, below] = [await company(jun), await group(noor)]
    expect(await align(noor, below, above, 'Because people act on it')).toMatchObject({
      state: 'offered',
      offeredBy: 'below',
      offeredById: idOf(noor),
      statement: 'Because people act on it',
    })
    for (const who of [noor, daniel]) expect((await refused(accept(who, below))).kind).toBe('forbidden')
    expect(await accept(jun, below)).toMatchObject({ state: 'accepted', onBehalf: false })
  })

  test('offered from above is decided on below', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    expect(await align(jun, below, above)).toMatchObject({ state: 'offered', offeredBy: 'above' })
    expect((await refused(accept(jun, below))).kind).toBe('forbidden')
    expect(await accept(noor, below)).toMatchObject({ state: 'accepted' })
  })

  test('that both ends ask for is accepted: who asks for what was offered says yes', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await align(jun, below, above, 'We need you for this')
    expect(await align(noor, below, above, 'And we want it')).toMatchObject({
      state: 'accepted',
      statement: 'And we want it',
    })
    expect(await states(below)).toEqual(['accepted'])
  })

  test('is no business of others: who leads neither end cannot make, end or decide it', async () => {
    const { jun, noor, maya } = marram
    const [above, below] = [await company(jun), await group(noor)]
    expect((await refused(align(maya, below, above))).kind).toBe('forbidden')
    await align(noor, below, above)
    for (const verb of ['accept', 'decline', 'end'] as const)
      expect((await refused(maya.call(`objectives.${verb}-alignment`, { id: below }))).kind, verb).toBe('forbidden')
  })

  test('can be declined, with a reason, and offered again', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await align(noor, below, above)
    expect(await jun.call('objectives.decline-alignment', { id: below, reason: 'It is another fight' })).toMatchObject({
      state: 'declined',
      reason: 'It is another fight',
    })
    expect((await refused(accept(jun, below))).kind).toBe('not-found')
    expect((await marram.ben.call('objectives.show', { id: below })).alignment).toBeNull()
    await align(noor, below, above)
    await accept(jun, below)
    expect(await states(below)).toEqual(['declined', 'accepted'])
  })

  test('can be ended from either end, and the line is broken', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    for (const who of [jun, noor]) {
      await align(noor, below, above)
      await accept(jun, below)
      expect(await lineOf(noor)).toContainEqual({ objectiveId: below, unbroken: true, why: undefined })
      expect(await who.call('objectives.end-alignment', { id: below })).toMatchObject({ state: 'ended' })
      expect(await lineOf(noor)).toContainEqual({ objectiveId: below, unbroken: false, why: 'not-aligned' })
    }
  })

  test('that is only offered is taken back by ending it', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await align(noor, below, above)
    expect(await lineOf(noor)).toContainEqual({ objectiveId: below, unbroken: false, why: 'not-accepted' })
    expect(await noor.call('objectives.end-alignment', { id: below })).toMatchObject({
      state: 'ended',
      decidedAt: null,
    })
    expect((await refused(accept(jun, below))).kind).toBe('not-found')
  })

  test('offered anew stands beside the accepted one, and takes its place when it is accepted', async () => {
    const { jun, daniel, noor } = marram
    const [first, second, below] = [await company(jun), await company(daniel), await group(noor)]
    await align(noor, below, first)
    await accept(jun, below)
    await align(noor, below, second)
    const beside = await marram.ben.call('objectives.show', { id: below })
    expect(beside).toMatchObject({ alignedToId: first, alignmentOffer: { toObjectiveId: second } })
    await accept(daniel, below)
    expect(await marram.ben.call('objectives.show', { id: below })).toMatchObject({
      alignedToId: second,
      alignmentOffer: null,
    })
    expect(await states(below)).toEqual(['ended', 'accepted'])
  })

  test('offered to a third takes the place of an offer that still stood', async () => {
    const { jun, daniel, noor } = marram
    const [first, second, below] = [await company(jun), await company(daniel), await group(noor)]
    await align(noor, below, first)
    await align(noor, below, second)
    expect(await states(below)).toEqual(['ended', 'offered'])
  })

  test('carries one sentence of commitment and one accountable person, which its ends may reword', async () => {
    const { jun, noor, maya } = marram
    const [above, below] = [await company(jun), await group(noor)]
    const accountable = { id: below, toObjectiveId: above, statement: 'An hour more', accountableId: idOf(maya) }
    expect(await noor.call('objectives.align', accountable)).toMatchObject({ accountableId: idOf(maya) })
    await accept(jun, below)
    expect(await align(noor, below, above, 'Two hours more')).toMatchObject({
      state: 'accepted',
      statement: 'Two hours more',
    })
    expect(await states(below)).toEqual(['accepted'])
  })
})

describe('An administrator', () => {
  test('offers, accepts, declines and ends on behalf of others, and it shows', async () => {
    const { ingrid, jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    expect(await align(ingrid, below, above)).toMatchObject({ state: 'offered', offeredBy: 'below', onBehalf: true })
    expect(await accept(ingrid, below)).toMatchObject({ state: 'accepted', onBehalf: true })
    await ingrid.call('objectives.end-alignment', { id: below })
    await align(noor, below, above)
    const declined = await ingrid.call('objectives.decline-alignment', { id: below })
    expect(declined).toMatchObject({ state: 'declined', onBehalf: true })
  })

  test('who leads the end herself acts for herself', async () => {
    const { ingrid, hanna } = marram
    const [above, below] = [await company(ingrid), await group(hanna)]
    await align(hanna, below, above)
    expect(await accept(ingrid, below)).toMatchObject({ state: 'accepted', onBehalf: false })
  })

  test('links what one and the same person leads at both ends as that person would: accepted', async () => {
    const { ingrid, hanna } = marram
    const [above, below] = [await group(hanna), await group(hanna)]
    expect(await align(ingrid, below, above)).toMatchObject({ state: 'accepted', onBehalf: true })
  })
})

describe('Somebody who drafts for another', () => {
  test('offers in their name and accepts nothing: a draft aligned to what its lead leads is not agreed by that', async () => {
    const { jun, maya, cycles } = marram
    const above = await company(jun)
    const body = { title: 'Drafted for Jun', level: 'group' as const, cycleId: cycles.quarter, leadId: idOf(jun) }
    const drafted = await maya.call('objectives.create', { ...body, alignedToId: above })
    expect(drafted).toMatchObject({ alignedToId: null, alignmentOffer: { state: 'offered', onBehalf: false } })
    expect((await refused(accept(maya, drafted.id))).kind).toBe('forbidden')
    expect(await accept(jun, drafted.id)).toMatchObject({ state: 'accepted' })
  })
})

describe('The rule objective-aligns-to-objective', () => {
  const why = async (attempt: Promise<unknown>) => {
    const { rule, reason, errors } = await refused(attempt)
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/toObjectiveId'])
    return `${rule} ${reason?.key.split('.').at(-1)}`
  }

  test('lets no company Objective align to a lower one', async () => {
    const { jun, noor } = marram
    const [above, below] = [await group(noor), await company(jun)]
    expect(await why(align(jun, below, above))).toBe('objective-aligns-to-objective lower-level')
  })

  test('lets nothing align to itself', async () => {
    const id = await group(marram.noor)
    expect(await why(align(marram.noor, id, id))).toBe('objective-aligns-to-objective itself')
  })

  test.each(['close', 'postpone', 'cancel'] as const)('lets nothing align to what is over: %s', async (verb) => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await jun.call(`objectives.${verb}`, { id: above })
    expect(await why(align(noor, below, above))).toBe('objective-aligns-to-objective not-open')
  })

  test('lets an offer go, too, that has become impossible before it was decided on', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await align(noor, below, above)
    await jun.call('objectives.close', { id: above })
    expect(await why(accept(jun, below))).toBe('objective-aligns-to-objective not-open')
  })

  test('lets nobody align to the draft of another, whoever may see it; to one’s own one may', async () => {
    const { jun, noor, hanna } = marram
    const draft = await objective(noor, {
      level: 'group',
      cycleId: marram.cycles.quarter,
      draft: true,
      viewerIds: [idOf(hanna)],
    })
    const below = await group(hanna)
    expect(await why(align(hanna, below, draft))).toBe('objective-aligns-to-objective draft')
    expect((await refused(align(marram.daniel, await group(marram.daniel), draft))).kind).toBe('not-found')
    expect((await refused(align(jun, await group(jun), draft))).reason?.key).toMatch(/draft$/)
    const own = await group(noor)
    expect(await align(noor, own, draft)).toMatchObject({ state: 'accepted' })
    expect(await lineOf(noor)).toContainEqual({ objectiveId: own, unbroken: false, why: 'not-published' })
  })

  test('wants cycles that overlap', async () => {
    const { ingrid, jun, noor, cycles } = marram
    const next = await ingrid.call('cycles.create', { name: 'Q1 2027', startsOn: '2027-01-01', endsOn: '2027-03-31' })
    const above = await objective(jun, { level: 'company', cycleId: next.id })
    expect(await why(align(noor, await group(noor), above))).toBe('objective-aligns-to-objective other-time')
    const yearly = await objective(jun, { level: 'company', cycleId: cycles.year })
    expect(await align(noor, await group(noor), yearly)).toMatchObject({ state: 'offered' })
  })

  test('stands against a later change of level or cycle that would break a link', async () => {
    const { jun, noor, ingrid } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await align(noor, below, above)
    await accept(jun, below)
    const level = { id: above, level: 'individual' as const, reason: 'It is mine alone' }
    expect(await why(jun.call('objectives.edit', level))).toBe('objective-aligns-to-objective lower-level')
    const far = await ingrid.call('cycles.create', { name: 'Q2 2027', startsOn: '2027-04-01', endsOn: '2027-06-30' })
    const cycle = { id: below, cycleId: far.id, reason: 'Later' }
    expect(await why(noor.call('objectives.edit', cycle))).toBe('objective-aligns-to-objective other-time')
  })

  test('stands in nobody’s way who changes something else, though what is above is over', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await align(noor, below, above)
    await accept(jun, below)
    await jun.call('objectives.close', { id: above })
    const edit = { id: below, level: 'individual' as const, reason: 'It is mine alone' }
    expect(await noor.call('objectives.edit', edit)).toMatchObject({ level: 'individual', alignedToId: above })
  })

  test('an Objective is no Key Result: what is aligned to has to be an Objective that is there', async () => {
    const { noor, keyResults } = marram
    const attempt = align(noor, await group(noor), keyResults.sales as unknown as ObjectiveId)
    expect((await refused(attempt)).kind).toBe('not-found')
  })
})

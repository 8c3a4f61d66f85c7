import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
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

  test('offered anew is taken back by itself, and what was accepted stays', async () => {
    const { jun, daniel, noor } = marram
    const [first, second, below] = [await company(jun), await company(daniel), await group(noor)]
    await align(noor, below, first)
    await accept(jun, below)
    await align(noor, below, second)
    const withdraw = (who: Caller) => who.call('objectives.withdraw-alignment', { id: below, reason: 'Not after all' })
    for (const who of [daniel, jun, marram.maya]) expect((await refused(withdraw(who))).kind).toBe('forbidden')
    expect(await withdraw(noor)).toMatchObject({ state: 'ended', decidedAt: null, reason: 'Not after all' })
    expect(await marram.ben.call('objectives.show', { id: below })).toMatchObject({
      alignedToId: first,
      alignmentOffer: null,
    })
    expect((await refused(withdraw(noor))).kind).toBe('not-found')
  })

  test('that was offered to somebody is theirs to decline, and not to take back: that is handed out', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    for (const [offering, deciding] of [
      [noor, jun],
      [jun, noor],
    ] as const) {
      await align(offering, below, above)
      const no = await refused(deciding.call('objectives.end-alignment', { id: below }))
      expect(no).toMatchObject({ rule: 'life', reason: { key: 'rule.life.offered-to-you' } })
      expect(await deciding.repair(no.repairs?.[0] as never)).toMatchObject({ state: 'declined', toObjectiveId: above })
    }
  })

  test('that is not decided on yet gives way to nobody who speaks for neither of its ends', async () => {
    const { jun, daniel, noor } = marram
    const [first, second, below] = [await company(jun), await company(daniel), await group(noor)]
    await align(noor, below, first)
    const no = await refused(align(daniel, below, second))
    expect(no).toMatchObject({ rule: 'life', reason: { key: 'rule.life.other-offer' } })
    await accept(jun, below)
    expect(await align(daniel, below, second)).toMatchObject({ state: 'offered', offeredBy: 'above' })
    expect(await align(noor, below, first, 'Still')).toMatchObject({ state: 'accepted', statement: 'Still' })
    expect(await accept(noor, below)).toMatchObject({ toObjectiveId: second })
  })

  test('is accepted once, though two who may say so at once', { timeout: 60_000 }, async () => {
    const { jun, noor, ingrid } = marram
    for (let time = 0; time < 10; time++) {
      const [above, below] = [await company(jun), await group(noor)]
      await align(noor, below, above)
      const answers = await Promise.allSettled([accept(jun, below), accept(ingrid, below)])
      expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(await states(below)).toEqual(['accepted'])
    }
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

  test('keeps the words that are not said anew: whoever says yes to it with others leaves the rest', async () => {
    const { jun, noor, maya } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await jun.call('objectives.align', {
      id: below,
      toObjectiveId: above,
      statement: 'We need it',
      accountableId: idOf(maya),
    })
    const words = { statement: 'We need it', accountableId: idOf(maya) }
    const agreed = await noor.call('objectives.align', { id: below, toObjectiveId: above })
    expect(agreed).toMatchObject({ state: 'accepted', ...words })
    const again = await noor.send('objectives.align', { id: below, toObjectiveId: above })
    expect([again.changeId, again.data.statement]).toEqual([null, 'We need it'])
    const emptied = { id: below, toObjectiveId: above, statement: null, accountableId: null }
    expect(await noor.call('objectives.align', emptied)).toMatchObject({ statement: null, accountableId: idOf(noor) })
  })

  test('has an accountable person who is here: not one who has left, nor one who never was', async () => {
    const { ingrid, jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    const gone = await ingrid.call('people.create', { name: 'Gone Already', leftOn: '2026-11-01' })
    const nobody = '01900000-0000-7000-8000-000000000000' as typeof gone.id
    for (const [accountableId, key] of [
      [gone.id, 'field.person-left'],
      [nobody, 'field.names-nothing'],
    ] as const) {
      const no = await refused(noor.call('objectives.align', { id: below, toObjectiveId: above, accountableId }))
      expect(no.errors).toMatchObject([{ pointer: '/accountableId', reason: { key } }])
    }
    await align(noor, below, above)
    await accept(jun, below)
    const reworded = noor.call('objectives.align', { id: below, toObjectiveId: above, accountableId: gone.id })
    expect((await refused(reworded)).errors?.[0]?.reason.key).toBe('field.person-left')
  })

  test('is read by guests, and made, decided, taken back and ended by none, whatever they lead', async () => {
    const { ingrid, jun, noor } = marram
    const guest = marram.as({ id: idOf(noor) }, 'guest')
    const [above, below] = [await company(jun), await group(noor)]
    expect((await refused(align(guest, below, above))).kind).toBe('forbidden')
    await align(jun, below, above)
    for (const verb of ['accept', 'decline', 'end', 'withdraw'] as const)
      expect((await refused(guest.call(`objectives.${verb}-alignment`, { id: below }))).kind, verb).toBe('forbidden')
    expect((await guest.call('objectives.alignments', { id: below })).items).toHaveLength(1)
    await accept(ingrid, below)
    expect((await refused(guest.call('objectives.end-alignment', { id: below }))).kind).toBe('forbidden')
  })
})

describe('What has become of an end since it was offered', () => {
  const offered = async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor)]
    await align(noor, below, above)
    return { above, below }
  }

  test.each(['close', 'postpone', 'cancel'] as const)(
    'below: %s. It is not accepted, but declined or taken back',
    async (verb) => {
      const { jun, noor } = marram
      for (const [who, way] of [
        [jun, 'decline'],
        [noor, 'withdraw'],
      ] as const) {
        const { below, above } = await offered()
        await noor.call(`objectives.${verb}`, { id: below })
        expect(await refused(accept(jun, below))).toMatchObject({ rule: 'life', reason: { key: 'rule.life.frozen' } })
        expect((await refused(align(noor, below, above, 'Now'))).reason?.key).toBe('rule.life.frozen')
        expect((await who.call(`objectives.${way}-alignment`, { id: below })).state).toMatch(/declined|ended/)
      }
    },
  )

  test.each(['close', 'postpone', 'cancel'] as const)(
    'above: %s. It is not accepted, but declined or taken back',
    async (verb) => {
      const { jun, noor } = marram
      for (const [who, way] of [
        [jun, 'decline'],
        [noor, 'withdraw'],
      ] as const) {
        const { above, below } = await offered()
        await jun.call(`objectives.${verb}`, { id: above })
        expect((await refused(accept(jun, below))).reason?.key).toMatch(/not-open$/)
        expect((await who.call(`objectives.${way}-alignment`, { id: below })).state).toMatch(/declined|ended/)
      }
    },
  )

  test('accepted, it stays and its words change whatever has become of what is above, and it can be ended', async () => {
    const { jun, noor } = marram
    for (const verb of ['close', 'postpone', 'cancel'] as const) {
      const { above, below } = await offered()
      await accept(jun, below)
      await jun.call(`objectives.${verb}`, { id: above })
      expect(await align(noor, below, above, 'As before')).toMatchObject({ state: 'accepted', statement: 'As before' })
      await noor.call(`objectives.${verb}`, { id: below })
      expect(await jun.call('objectives.end-alignment', { id: below })).toMatchObject({ state: 'ended' })
    }
  })

  test('below: discarded. The offer is gone with it', async () => {
    const { jun, noor } = marram
    const [above, below] = [await company(jun), await group(noor, { draft: true })]
    await align(noor, below, above)
    await noor.call('objectives.discard', { id: below })
    for (const verb of ['accept', 'decline', 'end', 'withdraw'] as const)
      expect((await refused(jun.call(`objectives.${verb}-alignment`, { id: below }))).kind, verb).toBe('not-found')
    expect((await jun.call('objectives.alignments', { id: above })).items).toEqual([])
  })

  test('above: private to others. It is declined, taken back or ended, and not accepted; nothing of it is said', async () => {
    const { jun, tomas } = marram
    const hide = async (id: ObjectiveId) =>
      jun.call('objectives.edit', { id, visibility: 'named', viewerIds: [], reason: 'Among ourselves' })
    const under = async (offering: Caller) => {
      const [above, below] = [await company(jun), await group(tomas)]
      await align(offering, below, above, 'Canary in the reeds')
      if (offering === tomas) await accept(jun, below)
      await hide(above)
      return { above, below }
    }
    const open = await under(jun)
    const no = await refused(accept(tomas, open.below))
    expect(no.kind).toBe('not-found')
    const declined = await tomas.call('objectives.decline-alignment', { id: open.below })
    expect(declined).toMatchObject({ state: 'declined', toObjectiveId: null, statement: null })
    const agreed = await under(tomas)
    const ended = await tomas.call('objectives.end-alignment', { id: agreed.below })
    expect(ended).toMatchObject({ state: 'ended', toObjectiveId: null, statement: null })
    for (const secret of ['Canary', open.above, agreed.above])
      expect(JSON.stringify([no, declined, ended])).not.toContain(secret)
  })

  test('above: a draft that its lead offers to somebody else. Nobody could say yes to it', async () => {
    const { noor, hanna } = marram
    const [draft, below] = [await group(noor, { draft: true }), await group(hanna)]
    expect((await refused(align(noor, below, draft))).reason?.key).toMatch(/unpublished$/)
    await noor.call('objectives.publish', { id: draft })
    expect(await align(noor, below, draft)).toMatchObject({ state: 'offered', offeredBy: 'above' })
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
    await align(noor, below, above)
    expect(await ingrid.call('objectives.withdraw-alignment', { id: below })).toMatchObject({ onBehalf: true })
    await align(jun, below, above, 'We need you')
    const agreed = await ingrid.call('objectives.align', { id: below, toObjectiveId: above })
    expect(agreed).toMatchObject({ state: 'accepted', onBehalf: true, statement: 'We need you' })
    expect(await ingrid.call('objectives.end-alignment', { id: below })).toMatchObject({ onBehalf: true })
  })

  test('who leads the end herself acts for herself', async () => {
    const { ingrid, hanna } = marram
    const [above, below] = [await company(ingrid), await group(hanna)]
    await align(hanna, below, above)
    expect(await accept(ingrid, below)).toMatchObject({ state: 'accepted', onBehalf: false })
  })

  test('who does several things at once does only some of them for others', async () => {
    const { ingrid, jun, noor } = marram
    const [above, below, own, top] = [await company(jun), await group(noor), await group(ingrid), await company(ingrid)]
    await align(noor, below, above)
    const path = (id: ObjectiveId, verb = '') => `/v1/objectives/${id}/alignment${verb}`
    const calls = [
      { method: 'POST' as const, path: path(below, '/accept') },
      { method: 'PUT' as const, path: path(own), headers: { 'if-match': '*' }, body: { toObjectiveId: top } },
      { method: 'POST' as const, path: path(own, '/end') },
    ]
    const { answers } = await ingrid.call('changes.make', { calls })
    expect(answers.map(({ body }) => (body as { onBehalf: boolean }).onBehalf)).toEqual([true, false, false])
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

const RULE = 'objective-aligns-to-objective'

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
    const broken = async (attempt: Promise<unknown>) => {
      const { rule, reason, errors = [], details } = await refused(attempt)
      expect([rule, reason?.key]).toEqual([RULE, `rule.${RULE}.would-break`])
      expect(details).toMatchObject({ links: [{ kind: 'alignment', fromId: below, toId: above }], hidden: 0 })
      return errors.map((error) => `${error.pointer} ${error.reason.key}`)
    }
    const level = { id: above, level: 'individual' as const, reason: 'It is mine alone' }
    expect(await broken(jun.call('objectives.edit', level))).toEqual(['/level breaking.alignment'])
    const far = await ingrid.call('cycles.create', { name: 'Q2 2027', startsOn: '2027-04-01', endsOn: '2027-06-30' })
    const cycle = { id: below, cycleId: far.id, reason: 'Later' }
    expect(await broken(noor.call('objectives.edit', cycle))).toEqual(['/cycleId breaking.alignment'])
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

  test('a Key Result is no Objective: whoever sees it is told so (see international.test.ts), others find nothing', async () => {
    const { noor, hanna, cycles } = marram
    const hidden = await objective(hanna, { level: 'group', cycleId: cycles.quarter, visibility: 'named' })
    const secret = await keyResult(hanna, hidden)
    const below = await group(noor)
    const attempts = [
      align(noor, below, secret as string as ObjectiveId),
      noor.call('objectives.align', { id: below, toKeyResultId: secret }),
      noor.call('objectives.create', {
        title: 'Mine',
        cycleId: cycles.quarter,
        alignedToId: secret as string as ObjectiveId,
      }),
    ]
    for (const problem of await Promise.all(attempts.map(refused))) expect(problem.kind).toBe('not-found')
    const open = await refused(align(noor, below, marram.keyResults.sales as string as ObjectiveId))
    expect(open).toMatchObject({ kind: 'refused', rule: 'objective-aligns-to-objective' })
  })
})

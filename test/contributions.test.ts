import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

type Terms = Partial<InputOf<'key-results.contribute'>>
const contribute = (who: Caller, id: KeyResultId, toKeyResultId: KeyResultId, terms: Terms = {}) =>
  who.call('key-results.contribute', { rollUp: 'sum', ...terms, id, toKeyResultId })
const accept = (who: Caller, id: KeyResultId, already?: 'included' | 'additional') =>
  who.call('key-results.accept-contribution', { id, ...(already ? { already } : {}) })
const end = (who: Caller, id: KeyResultId, already?: 'included' | 'additional') =>
  who.call('key-results.end-contribution', { id, ...(already ? { already } : {}) })
const report = (who: Caller, id: KeyResultId, value: string) => who.call('check-ins.make', { id, value })
const show = (id: KeyResultId) => marram.ben.call('key-results.show', { id })
const stands = async (id: KeyResultId) => {
  const { own, current } = await show(id)
  return [own, current]
}
const group = (lead: Caller, above: ObjectiveId | null = null) =>
  objective(lead, { level: 'group', cycleId: marram.cycles.quarter, alignedToId: above })

/** Daniel's Objective with its Key Result, and Priya's below it, aligned. */
async function salesAndAmerica() {
  const { daniel, priya } = marram
  const sales = await group(daniel)
  const america = await group(priya, sales)
  await daniel.call('objectives.accept-alignment', { id: america })
  return { sales, america, parent: await keyResult(daniel, sales), child: await keyResult(priya, america) }
}

describe('A contribution', () => {
  test('between two Key Results of one’s own is accepted by making it', async () => {
    const home = await group(marram.hanna)
    const [child, parent] = [await keyResult(marram.hanna, home), await keyResult(marram.hanna, home)]
    expect(await contribute(marram.hanna, child, parent)).toMatchObject({ state: 'accepted', onBehalf: false })
    expect(await show(child)).toMatchObject({
      contributesToId: parent,
      contribution: { rollUp: 'sum', state: 'accepted' },
    })
    expect((await show(parent)).rollsUpBy).toBe('sum')
  })

  test('offered from below is decided on above, and counts from then on', async () => {
    const { daniel, priya, maya } = marram
    const { parent, child } = await salesAndAmerica()
    await report(priya, child, '60')
    expect(await contribute(priya, child, parent)).toMatchObject({
      state: 'offered',
      offeredBy: 'below',
      parentMovesBy: '0',
    })
    expect((await stands(parent))[1]).toBe('0')
    for (const who of [priya, maya]) expect((await refused(accept(who, child))).kind).toBe('forbidden')
    expect(await accept(daniel, child)).toMatchObject({ state: 'accepted', parentMovesBy: '60' })
    expect((await stands(parent))[1]).toBe('60')
  })

  test('offered from above is decided on below', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await salesAndAmerica()
    expect(await contribute(daniel, child, parent)).toMatchObject({ state: 'offered', offeredBy: 'above' })
    expect((await refused(accept(daniel, child))).kind).toBe('forbidden')
    expect(await accept(priya, child)).toMatchObject({ state: 'accepted' })
  })

  test('that the other end asks for on the same terms is agreed; on other terms it is a counter-offer', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await salesAndAmerica()
    await contribute(daniel, child, parent, { share: '50000' })
    expect(await contribute(priya, child, parent, { share: '40000' })).toMatchObject({
      state: 'offered',
      offeredBy: 'below',
    })
    expect((await refused(accept(priya, child))).kind).toBe('forbidden')
    expect(await contribute(daniel, child, parent, { share: '40000' })).toMatchObject({
      state: 'accepted',
      share: '40000',
    })
  })

  test('can be declined, and leaves the parent where it was', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await salesAndAmerica()
    await contribute(priya, child, parent)
    const declined = await daniel.call('key-results.decline-contribution', {
      id: child,
      reason: 'It is counted elsewhere',
    })
    expect(declined).toMatchObject({ state: 'declined', reason: 'It is counted elsewhere', parentMovesBy: null })
    expect(await show(child)).toMatchObject({ contribution: null, contributionOffer: null })
  })

  test('can be ended from either end, and its part leaves', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await salesAndAmerica()
    await report(priya, child, '60')
    for (const who of [daniel, priya]) {
      await contribute(priya, child, parent)
      await accept(daniel, child)
      expect(await end(who, child)).toMatchObject({ state: 'ended', parentMovesBy: '-60' })
      expect((await stands(parent))[1]).toBe('0')
    }
  })

  test('leads to one other only: offered elsewhere it stands beside, and takes the place when it is accepted', async () => {
    const { daniel, priya } = marram
    const { sales, parent, child } = await salesAndAmerica()
    const other = await keyResult(daniel, sales)
    await report(priya, child, '60')
    await contribute(priya, child, parent)
    await accept(daniel, child)
    await contribute(priya, child, other)
    expect(await show(child)).toMatchObject({ contributesToId: parent, contributionOffer: { toKeyResultId: other } })
    expect([(await stands(parent))[1], (await stands(other))[1]]).toEqual(['60', '0'])
    expect(await accept(daniel, child)).toMatchObject({ parentMovesBy: '60' })
    expect([(await stands(parent))[1], (await stands(other))[1]]).toEqual(['0', '60'])
    const { items } = await daniel.call('key-results.contributions', { id: child })
    expect(items.map(({ state, toKeyResultId }) => [state, toKeyResultId])).toEqual([
      ['ended', parent],
      ['accepted', other],
    ])
  })

  test('offered elsewhere is taken back by itself, and what was accepted goes on counting', async () => {
    const { daniel, priya, maya } = marram
    const { sales, parent, child } = await salesAndAmerica()
    const other = await keyResult(daniel, sales)
    await contribute(priya, child, parent)
    await accept(daniel, child)
    await contribute(priya, child, other)
    const withdraw = (who: Caller) => who.call('key-results.withdraw-contribution', { id: child })
    for (const who of [daniel, maya]) expect((await refused(withdraw(who))).kind).toBe('forbidden')
    expect(await withdraw(priya)).toMatchObject({ state: 'ended', decidedAt: null, toKeyResultId: other })
    expect(await show(child)).toMatchObject({ contributesToId: parent, contributionOffer: null })
    expect((await refused(withdraw(priya))).kind).toBe('not-found')
  })

  test('that was offered to somebody is theirs to decline, and not to take back: that is handed out', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await salesAndAmerica()
    for (const [offering, deciding] of [
      [priya, daniel],
      [daniel, priya],
    ] as const) {
      await contribute(offering, child, parent)
      const no = await refused(end(deciding, child))
      expect(no).toMatchObject({ rule: 'life', reason: { key: 'rule.life.offered-to-you' } })
      expect(await deciding.repair(no.repairs?.[0] as never)).toMatchObject({ state: 'declined' })
    }
  })

  test('that is not decided on yet gives way to nobody who speaks for neither of its ends', async () => {
    const { daniel, priya, ingrid } = marram
    const top = await objective(ingrid, { level: 'company', cycleId: marram.cycles.quarter })
    const { sales, parent, child } = await salesAndAmerica()
    await daniel.call('objectives.align', { id: sales, toObjectiveId: top })
    await ingrid.call('objectives.accept-alignment', { id: sales })
    const far = await keyResult(ingrid, top, { ownerId: idOf(marram.jun) })
    await contribute(priya, child, parent)
    const no = await refused(contribute(marram.jun, child, far))
    expect(no).toMatchObject({ rule: 'life', reason: { key: 'rule.life.other-offer' } })
    await accept(daniel, child)
    expect(await contribute(marram.jun, child, far)).toMatchObject({ state: 'offered', offeredBy: 'above' })
    expect(await contribute(marram.jun, child, far, { share: '5' })).toMatchObject({ state: 'offered', share: '5' })
    expect(await accept(priya, child)).toMatchObject({ toKeyResultId: far, formerParentMovesBy: '0' })
  })

  test('is accepted once, though two who may say so at once', { timeout: 60_000 }, async () => {
    const { daniel, priya, ingrid } = marram
    const { parent, child } = await salesAndAmerica()
    await report(priya, child, '60')
    for (let time = 0; time < 10; time++) {
      await contribute(priya, child, parent)
      const answers = await Promise.allSettled([accept(daniel, child), accept(ingrid, child)])
      expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect((await stands(parent))[1]).toBe('60')
      await end(priya, child)
    }
  })

  test('is read by guests, and made, decided, taken back and ended by none, whatever they own', async () => {
    const { daniel, priya } = marram
    const guest = marram.as({ id: idOf(priya) }, 'guest')
    const { parent, child } = await salesAndAmerica()
    expect((await refused(contribute(guest, child, parent))).kind).toBe('forbidden')
    await contribute(daniel, child, parent)
    for (const verb of ['accept', 'decline', 'end', 'withdraw'] as const)
      expect((await refused(guest.call(`key-results.${verb}-contribution`, { id: child }))).kind, verb).toBe(
        'forbidden',
      )
    expect((await guest.call('key-results.contributions', { id: child })).items).toHaveLength(1)
  })

  test('of a draft counts nothing until it is published', async () => {
    const { priya } = marram
    const home = await group(priya)
    const parent = await keyResult(priya, home)
    const child = await keyResult(priya, home, {
      draft: true,
      measure: { kind: 'increase', start: '10', target: '90', unit: 'USD' },
    })
    expect(await contribute(priya, child, parent)).toMatchObject({ state: 'accepted', parentMovesBy: '0' })
    await priya.call('key-results.publish', { id: child })
    await report(priya, child, '70')
    expect((await stands(parent))[1]).toBe('60')
  })

  test('that is only shown moves nothing', async () => {
    const { priya } = marram
    const home = await group(priya)
    const [parent, child] = [
      await keyResult(priya, home),
      await keyResult(priya, home, { measure: { kind: 'milestone', evidence: 'Signed' } }),
    ]
    await priya.call('check-ins.make', { id: child, done: true, evidence: 'Signed on Monday' })
    expect(await contribute(priya, child, parent, { rollUp: 'shown' })).toMatchObject({
      state: 'accepted',
      parentMovesBy: '0',
    })
    expect(await show(parent)).toMatchObject({ current: '0', rollsUpBy: null })
  })
})

describe('An administrator', () => {
  test('links, decides and ends on behalf of others, and it shows', async () => {
    const { ingrid } = marram
    const { parent, child } = await salesAndAmerica()
    expect(await contribute(ingrid, child, parent)).toMatchObject({
      state: 'offered',
      offeredBy: 'below',
      onBehalf: true,
    })
    expect(await accept(ingrid, child)).toMatchObject({ state: 'accepted', onBehalf: true })
    const { items } = await ingrid.call('activity.list', {})
    expect(items.find((item) => item.operation === 'key-results.accept-contribution')?.actorId).toBe(idOf(ingrid))
    expect(await end(ingrid, child)).toMatchObject({ state: 'ended', onBehalf: true })
    await contribute(marram.daniel, child, parent, { share: '5' })
    const agreed = await contribute(ingrid, child, parent, { share: '5' })
    expect(agreed).toMatchObject({ state: 'accepted', onBehalf: true, offeredBy: 'above' })
    await end(ingrid, child)
    await contribute(marram.priya, child, parent)
    const withdrawn = await ingrid.call('key-results.withdraw-contribution', { id: child })
    expect(withdrawn).toMatchObject({ state: 'ended', onBehalf: true })
  })
})

describe('What has become of an end since it was offered', () => {
  const verbs = ['close', 'postpone', 'cancel'] as const

  test.each(verbs)('below: %s. It is not accepted, but declined or taken back', async (verb) => {
    const { daniel, priya } = marram
    for (const [who, way] of [
      [daniel, 'decline'],
      [priya, 'withdraw'],
    ] as const) {
      const { parent, child } = await salesAndAmerica()
      await contribute(priya, child, parent)
      await priya.call(`key-results.${verb}`, { id: child })
      expect((await refused(accept(daniel, child))).reason?.key).toBe('rule.life.frozen')
      expect((await refused(contribute(priya, child, parent, { share: '1' }))).reason?.key).toBe('rule.life.frozen')
      const left = await who.call(`key-results.${way}-contribution`, { id: child })
      expect(left.state).toMatch(/declined|ended/)
    }
  })

  test.each(verbs)('above: %s. It is not accepted, but declined or taken back', async (verb) => {
    const { daniel, priya } = marram
    for (const [who, way] of [
      [daniel, 'decline'],
      [priya, 'withdraw'],
    ] as const) {
      const { parent, child } = await salesAndAmerica()
      await contribute(priya, child, parent)
      await daniel.call(`key-results.${verb}`, { id: parent })
      expect((await refused(accept(daniel, child))).reason?.key).toMatch(/not-open$/)
      const left = await who.call(`key-results.${way}-contribution`, { id: child })
      expect(left.state).toMatch(/declined|ended/)
    }
  })

  test('below: discarded. The offer is gone with it', async () => {
    const { daniel, priya } = marram
    const { america, parent } = await salesAndAmerica()
    const child = await keyResult(priya, america, { draft: true })
    await contribute(priya, child, parent)
    await priya.call('key-results.discard', { id: child })
    for (const verb of ['accept', 'decline', 'end', 'withdraw'] as const)
      expect((await refused(daniel.call(`key-results.${verb}-contribution`, { id: child }))).kind, verb).toBe(
        'not-found',
      )
    expect((await daniel.call('key-results.contributions', { id: parent })).items).toEqual([])
  })

  test('above: private to others. It is declined, taken back or ended, and not accepted; nothing of it is said', async () => {
    const { daniel, priya } = marram
    const hide = (id: ObjectiveId) =>
      daniel.call('objectives.edit', { id, visibility: 'named', viewerIds: [], reason: 'Among ourselves' })
    const offered = await salesAndAmerica()
    await daniel.call('key-results.contribute', {
      id: offered.child,
      toKeyResultId: offered.parent,
      rollUp: 'sum',
      share: '12321',
    })
    await hide(offered.sales)
    const no = await refused(accept(priya, offered.child))
    expect(no.kind).toBe('not-found')
    const declined = await priya.call('key-results.decline-contribution', { id: offered.child })
    expect(declined).toMatchObject({ state: 'declined', toKeyResultId: null, share: null })
    const agreed = await salesAndAmerica()
    await report(priya, agreed.child, '60')
    await contribute(priya, agreed.child, agreed.parent, { share: '12321' })
    await accept(daniel, agreed.child)
    await hide(agreed.sales)
    const ended = await end(priya, agreed.child)
    expect(ended).toMatchObject({ state: 'ended', toKeyResultId: null, share: null, parentMovesBy: null })
    for (const secret of ['12321', offered.parent, agreed.parent, offered.sales, agreed.sales])
      expect(JSON.stringify([no, declined, ended])).not.toContain(secret)
    expect((await daniel.call('key-results.show', { id: agreed.parent })).current).toBe('0')
  })

  test('another that the child counted into is private to whoever accepts: how it moves is not said', async () => {
    const { ingrid, daniel, priya } = marram
    const top = await objective(ingrid, { level: 'company', cycleId: marram.cycles.quarter })
    const { sales, parent, child } = await salesAndAmerica()
    await daniel.call('objectives.align', { id: sales, toObjectiveId: top })
    await ingrid.call('objectives.accept-alignment', { id: sales })
    const far = await keyResult(ingrid, top, { ownerId: idOf(marram.jun) })
    await report(priya, child, '60')
    await contribute(priya, child, parent)
    await accept(daniel, child)
    await contribute(priya, child, far)
    await daniel.call('objectives.edit', { id: sales, visibility: 'named', viewerIds: [], reason: 'Among ourselves' })
    const accepted = await accept(marram.jun, child)
    expect(accepted).toMatchObject({ toKeyResultId: far, parentMovesBy: '60', formerParentMovesBy: null })
    expect((await daniel.call('key-results.show', { id: parent })).current).toBe('0')
  })
})

test('What does not conform is linked like anything else, and counts nothing until it does', async () => {
  const { ingrid } = marram
  const nodes = [
    { id: 'o', parent_id: null, type: 'objective', level: 'company', owner: 'Sales', text: 'Grow' },
    { id: 'k', parent_id: 'o', type: 'key-result', level: 'company', owner: 'Sales', text: 'More revenue' },
  ]
  const cascade = { org: 'Marram', period: 'Q4', title: 'Contributions', nodes }
  const brought = await ingrid.call('imports.cascade', { cascade, startsOn: '2026-10-01', endsOn: '2026-12-31' })
  const [home, child] = brought.lines.map(({ id }) => id) as [ObjectiveId, KeyResultId]
  const { ownerId } = await show(child)
  const parent = await keyResult(ingrid, home, { ownerId })
  expect((await refused(contribute(ingrid, child, parent))).rule).toBe('like-sums-with-like')
  expect((await refused(contribute(ingrid, parent, child))).rule).toBe('one-roll-up')
  expect(await contribute(ingrid, parent, child, { rollUp: 'shown' })).toMatchObject({ state: 'accepted' })
  await end(ingrid, parent)
  await report(ingrid, child, '60')
  const linked = await contribute(ingrid, child, parent, { share: '100' })
  expect(linked).toMatchObject({ state: 'accepted', onBehalf: true, parentMovesBy: '0' })
  const measure = { kind: 'increase' as const, start: '0', target: '120', unit: 'customers' }
  const edited = await ingrid.call('key-results.edit', { id: child, measure, reason: 'So it is measured' })
  expect(edited.conforms).toBe(true)
  expect((await stands(parent))[1]).toBe('50')
})

describe('The rule contribution-follows-alignment', () => {
  test('wants the Objective below to be aligned, and offers to align first: the call that it hands out works as it is', async () => {
    const { hanna } = marram
    const [above, below] = [await group(hanna), await group(hanna)]
    const [parent, child] = [await keyResult(hanna, above), await keyResult(hanna, below)]
    const no = await refused(contribute(hanna, child, parent))
    expect(no).toMatchObject({
      kind: 'refused',
      rule: 'contribution-follows-alignment',
      reason: { key: 'rule.contribution-follows-alignment.not-below' },
    })
    const [repair] = no.repairs ?? []
    expect(await hanna.repair(repair as never)).toMatchObject({
      state: 'accepted',
      fromObjectiveId: below,
      toObjectiveId: above,
    })
    expect(await contribute(hanna, child, parent)).toMatchObject({ state: 'accepted' })
  })

  test('hands out an offer where somebody else leads above: it follows when that is accepted', async () => {
    const { hanna, tomas } = marram
    const [above, below] = [await group(hanna), await group(tomas)]
    const [parent, child] = [await keyResult(hanna, above), await keyResult(tomas, below)]
    const [repair] = (await refused(contribute(tomas, child, parent))).repairs ?? []
    expect(await tomas.repair(repair as never)).toMatchObject({ state: 'offered' })
    expect((await refused(contribute(tomas, child, parent))).rule).toBe('contribution-follows-alignment')
    await hanna.call('objectives.accept-alignment', { id: below })
    expect(await contribute(tomas, child, parent)).toMatchObject({ state: 'offered' })
  })

  test('is kept over several steps, and never downwards or sideways', async () => {
    const { hanna } = marram
    const top = await group(hanna)
    const middle = await group(hanna, top)
    const [low, beside] = [await group(hanna, middle), await group(hanna, top)]
    const of = (id: ObjectiveId) => keyResult(hanna, id)
    expect(await contribute(hanna, await of(low), await of(top))).toMatchObject({ state: 'accepted' })
    for (const [from, to] of [
      [top, low],
      [beside, middle],
      [low, beside],
    ] as const)
      expect((await refused(contribute(hanna, await of(from), await of(to)))).rule).toBe(
        'contribution-follows-alignment',
      )
  })

  test('leaves what it links open to be ended whatever has become of the Objectives', async () => {
    const { daniel, priya } = marram
    const { sales, parent, child } = await salesAndAmerica()
    await contribute(priya, child, parent)
    await accept(daniel, child)
    await daniel.call('objectives.cancel', { id: sales })
    expect(await end(priya, child)).toMatchObject({ state: 'ended' })
  })

  test.each(['draft', 'closed'] as const)('wants the Key Result above to be open: not %s', async (state) => {
    const { hanna } = marram
    const home = await group(hanna)
    const [parent, child] = [await keyResult(hanna, home, { draft: state === 'draft' }), await keyResult(hanna, home)]
    if (state === 'closed') await hanna.call('key-results.close', { id: parent })
    expect((await refused(contribute(hanna, child, parent))).reason?.key).toBe(
      'rule.contribution-follows-alignment.not-open',
    )
  })
})

describe('The rules one-roll-up and like-sums-with-like', () => {
  const percent = { kind: 'increase' as const, start: '0', target: '100', unit: '%' }
  const customers = { kind: 'increase' as const, start: '0', target: '3', unit: 'customers' }
  const why = async (attempt: Promise<unknown>) => {
    const { rule, errors } = await refused(attempt)
    expect(errors?.[0]?.pointer).toBe('/rollUp')
    return rule
  }

  test('keep a parent to one way of counting; one that is only shown is always allowed', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const parent = await keyResult(hanna, home)
    const child = () => keyResult(hanna, home)
    await contribute(hanna, await child(), parent)
    expect(await why(contribute(hanna, await child(), parent, { rollUp: 'average' }))).toBe('one-roll-up')
    expect(await contribute(hanna, await child(), parent, { rollUp: 'shown' })).toMatchObject({ state: 'accepted' })
    expect(await contribute(hanna, await child(), parent)).toMatchObject({ state: 'accepted' })
  })

  test('let the only child change how it counts', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const [parent, child] = [await keyResult(hanna, home), await keyResult(hanna, home)]
    await report(hanna, child, '150000')
    await contribute(hanna, child, parent)
    expect(await contribute(hanna, child, parent, { rollUp: 'average' })).toMatchObject({
      state: 'accepted',
      parentMovesBy: '0',
    })
    expect(await show(parent)).toMatchObject({ current: '150000', rollsUpBy: 'average' })
  })

  test('refuse an offer, too, that has become impossible before it was decided on', async () => {
    const { daniel, priya } = marram
    const { sales, parent, child } = await salesAndAmerica()
    await contribute(priya, child, parent, { rollUp: 'average' })
    await contribute(daniel, await keyResult(daniel, sales), parent)
    expect(await why(accept(daniel, child))).toBe('one-roll-up')
  })

  test('sum customers into USD by a share only, and per cent never without one', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const parent = await keyResult(hanna, home)
    for (const measure of [customers, percent]) {
      const child = await keyResult(hanna, home, { measure })
      expect(await why(contribute(hanna, child, parent))).toBe('like-sums-with-like')
      expect(await contribute(hanna, child, parent, { share: '1000' })).toMatchObject({
        state: 'accepted',
        share: '1000',
      })
    }
    const both = [
      await keyResult(hanna, home, { measure: percent }),
      await keyResult(hanna, home, { measure: percent }),
    ] as const
    expect(await why(contribute(hanna, both[0], both[1]))).toBe('like-sums-with-like')
    expect(await contribute(hanna, both[0], both[1], { rollUp: 'average' })).toMatchObject({ state: 'accepted' })
  })

  test('lead to an increase or a decrease: a milestone has nothing counted into it', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const parent = await keyResult(hanna, home, { measure: { kind: 'milestone', evidence: 'Signed' } })
    for (const rollUp of ['sum', 'average'] as const)
      expect(await why(contribute(hanna, await keyResult(hanna, home), parent, { rollUp, share: '1' }))).toBe(
        'one-roll-up',
      )
  })
})

describe('Shares', () => {
  test('show who takes how much: kept, taken, offered and what is left', async () => {
    const { daniel, priya } = marram
    const { america, parent, child } = await salesAndAmerica()
    await daniel.call('key-results.edit', { id: parent, kept: '20000', reason: 'I do some myself' })
    await contribute(priya, child, parent)
    const offered = { need: '300000', kept: '20000', taken: '20000', offered: '300000', gap: '-20000' }
    expect((await show(parent)).shares).toEqual(offered)
    await accept(daniel, child)
    expect((await show(parent)).shares).toEqual({ ...offered, taken: '320000', offered: '0' })
    const other = await keyResult(priya, america, { measure: { kind: 'milestone', evidence: 'Signed' } })
    await contribute(priya, other, parent, { share: '5000' })
    expect((await show(parent)).shares).toMatchObject({ offered: '5000', gap: '-25000' })
  })

  test('of a child that is closed are what it has added, and what it promised comes free', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await salesAndAmerica()
    await contribute(priya, child, parent)
    await accept(daniel, child)
    await report(priya, child, '70000')
    expect((await show(parent)).shares).toMatchObject({ taken: '300000', gap: '0' })
    await priya.call('key-results.close', { id: child })
    expect((await show(parent)).shares).toMatchObject({ taken: '70000', gap: '230000' })
  })
})

test('A Key Result that already counts in another of its Objective is counted once', async () => {
  const { hanna } = marram
  const home = await group(hanna)
  const [parent, child, apart] = [
    await keyResult(hanna, home),
    await keyResult(hanna, home),
    await keyResult(hanna, home),
  ]
  const progress = async () => (await hanna.call('objectives.show', { id: home })).progress
  await report(hanna, child, '150000')
  await report(hanna, apart, '300000')
  expect(await progress()).toBe('0.5')
  await contribute(hanna, child, parent)
  expect(await progress()).toBe('0.75')
  await hanna.call('key-results.cancel', { id: parent })
  expect(await progress()).toBe('0.75')
  await hanna.call('key-results.cancel', { id: apart })
  expect(await progress()).toBe('0.5')
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { ChangeId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { Repair } from '#domain/problem.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

type Terms = Partial<InputOf<'key-results.contribute'>>
type Already = InputOf<'key-results.end-contribution'>['already']
const contribute = (who: Caller, id: KeyResultId, toKeyResultId: KeyResultId, terms: Terms = {}) =>
  who.call('key-results.contribute', { rollUp: 'sum', ...terms, id, toKeyResultId })
const accept = (who: Caller, id: KeyResultId, already?: Already) =>
  who.call('key-results.accept-contribution', { id, ...(already ? { already } : {}) })
const end = (who: Caller, id: KeyResultId, already?: Already) =>
  who.call('key-results.end-contribution', { id, ...(already ? { already } : {}) })
const report = (who: Caller, id: KeyResultId, value: string) => who.call('check-ins.make', { id, value })
const stands = async (id: KeyResultId) => {
  const { own, current } = await marram.daniel.call('key-results.show', { id })
  return [own, current]
}
const undo = (who: Caller, { changeId }: { changeId: string | null }) =>
  who.call('changes.undo', { id: changeId as ChangeId })
const group = (lead: Caller, above: ObjectiveId | null = null) =>
  objective(lead, { level: 'group', cycleId: marram.cycles.quarter, alignedToId: above })

/** What is asked, by how much the parent would move for each answer, and the answers, each ready to be sent. */
async function asked(attempt: Promise<unknown>) {
  const no = await refused(attempt)
  expect(no).toMatchObject({ kind: 'invalid', rule: 'already-asked' })
  return { ...no, values: no.reason?.values, repairs: no.repairs as Repair[] }
}

/** Daniel's Objective with its Key Result, and Priya's below it, aligned; both reported on. */
async function reportedOn({ reported = '200', part = '60' } = {}) {
  const { daniel, priya } = marram
  const sales = await group(daniel)
  const america = await group(priya, sales)
  await daniel.call('objectives.accept-alignment', { id: america })
  const [parent, child] = [await keyResult(daniel, sales), await keyResult(priya, america)]
  await report(daniel, parent, reported)
  await report(priya, child, part)
  return { sales, america, parent, child }
}

/** A child at 60 within one Objective of Hanna's, and parents beside it on each of which 200 were reported. */
async function within(parents = 1) {
  const { hanna } = marram
  const home = await group(hanna)
  const child = await keyResult(hanna, home)
  await report(hanna, child, '60')
  const above: KeyResultId[] = []
  for (let count = 0; count < parents; count++) {
    const parent = await keyResult(hanna, home, { title: `Number ${count + 1}` })
    await report(hanna, parent, '200')
    above.push(parent)
  }
  return { home, child, above: above as [KeyResultId, ...KeyResultId[]], parent: above[0] as KeyResultId }
}

describe('200 reported, a child at 60', () => {
  test('140 + 60 or 200 + 60; ended then: 200 or 140, 260 or 200', async () => {
    const { daniel, priya } = marram
    const begun = { included: ['140', '200'], additional: ['200', '260'] }
    const ended = {
      included: { included: ['200', '200'], additional: ['140', '140'] },
      additional: { included: ['260', '260'], additional: ['200', '200'] },
    }
    for (const began of ['included', 'additional'] as const)
      for (const then of ['included', 'additional'] as const) {
        const { parent, child } = await reportedOn()
        await contribute(priya, child, parent)
        const beginning = await asked(accept(daniel, child))
        expect(beginning.reason).toEqual({
          key: 'contribution.already.begin',
          values: { part: '60', reported: '200', included: '0', additional: '60' },
        })
        expect(beginning.errors?.map(({ pointer }) => pointer)).toEqual(['/already'])
        expect(await stands(parent)).toEqual(['200', '200'])
        const accepted = await accept(daniel, child, began)
        expect(accepted.parentMovesBy).toBe(beginning.values?.[began])
        expect(await stands(parent)).toEqual(begun[began])
        const ending = await asked(end(priya, child))
        expect(ending.reason).toEqual({
          key: 'contribution.already.end',
          values: { part: '60', reported: begun[began][0], included: '0', additional: '-60' },
        })
        expect((await end(priya, child, then)).parentMovesBy).toBe(ending.values?.[then])
        expect(await stands(parent)).toEqual(ended[began][then])
      }
  })

  test('both answers come as calls that are ready: each works as it is, and moves it by what was said', async () => {
    const { daniel, priya, hanna } = marram
    const offered = async () => {
      const { parent, child } = await reportedOn()
      await contribute(priya, child, parent)
      return () => accept(daniel, child)
    }
    const counted = async (then: (child: KeyResultId, parent: KeyResultId) => Promise<unknown>) => {
      const { parent, child } = await within()
      await contribute(hanna, child, parent, { already: 'additional' })
      return () => then(child, parent)
    }
    const more = { share: '600000', reason: 'It is more' }
    const attempts: [Caller, () => Promise<() => Promise<unknown>>][] = [
      [daniel, offered],
      [hanna, () => counted((child, parent) => contribute(hanna, child, parent, more))],
      [hanna, () => counted((child) => end(hanna, child))],
    ]
    for (const [who, prepare] of attempts)
      for (const answer of [0, 1]) {
        const { repairs, values } = await asked((await prepare())())
        expect(repairs.map(({ reason }) => reason.values?.moves)).toEqual([values?.included, values?.additional])
        const { reason, ...call } = repairs[answer] as Repair
        expect(await who.repair(call)).toMatchObject({ parentMovesBy: reason.values?.moves })
      }
  })

  test('own moves by a correcting check-in of whoever said so, on the day of the report and with its words', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await reportedOn()
    const said = { value: '210', confidence: 7, note: 'A good month', measuredOn: '2026-11-23' }
    const first = await daniel.call('check-ins.make', { id: parent, ...said })
    await contribute(priya, child, parent)
    await accept(daniel, child, 'included')
    const { items } = await daniel.call('check-ins.list', { id: parent })
    expect(items.find((item) => item.corrects === first.id)).toMatchObject({
      ...said,
      value: '150',
      reportedById: idOf(daniel),
      takesBack: false,
    })
  })
})

describe('What a link adds is what is asked about', () => {
  test('a share by how far it is taken', async () => {
    const { daniel, priya } = marram
    const { america, parent } = await reportedOn({ reported: '100000' })
    const measure = { kind: 'increase' as const, start: '0', target: '3', unit: 'customers' }
    const child = await keyResult(priya, america, { measure })
    await report(priya, child, '2')
    await contribute(priya, child, parent, { share: '90000' })
    expect((await asked(accept(daniel, child))).values).toMatchObject({ part: '60000', additional: '60000' })
    await accept(daniel, child, 'included')
    expect(await stands(parent)).toEqual(['40000', '100000'])
  })

  test('a share into what decreases takes away', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const down = { kind: 'decrease' as const, start: '1000', target: '0', unit: 'customers' }
    const [parent, child] = [await keyResult(hanna, home, { measure: down }), await keyResult(hanna, home)]
    await report(hanna, parent, '900')
    await report(hanna, child, '150000')
    const question = await asked(contribute(hanna, child, parent, { share: '100' }))
    expect(question.values).toEqual({ part: '-50', reported: '900', included: '0', additional: '-50' })
    await contribute(hanna, child, parent, { share: '100', already: 'included' })
    expect(await stands(parent)).toEqual(['950', '900'])
  })

  test('an average never: it takes the place of own, and own holds again when the last one ends', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await reportedOn()
    await contribute(priya, child, parent, { rollUp: 'average' })
    expect(await accept(daniel, child)).toMatchObject({ parentMovesBy: '-140' })
    expect((await stands(parent))[1]).toBe('60')
    const no = await refused(report(daniel, parent, '210'))
    expect(no.errors?.[0]).toMatchObject({ pointer: '/value', reason: { key: 'check-in.value.average' } })
    expect(await daniel.call('check-ins.make', { id: parent, confidence: 4 })).toMatchObject({ confidence: 4 })
    expect(await end(daniel, child)).toMatchObject({ parentMovesBy: '140' })
    expect(await stands(parent)).toEqual(['200', '200'])
  })

  test('nor is anything asked while an offer is made, declined or taken back, or what is above has no reports', async () => {
    const { daniel, priya } = marram
    const { sales, parent, child } = await reportedOn()
    const silent = await keyResult(daniel, sales)
    await contribute(priya, child, parent)
    await daniel.call('key-results.decline-contribution', { id: child })
    await contribute(priya, child, parent)
    await priya.call('key-results.withdraw-contribution', { id: child })
    await contribute(priya, child, silent)
    expect(await accept(daniel, child)).toMatchObject({ parentMovesBy: '60' })
    expect(await end(priya, child)).toMatchObject({ parentMovesBy: '-60' })
  })

  test('of what is above and frozen it says that it moves when that is open again, and so it does', async () => {
    const { daniel, priya } = marram
    for (const [freeze, thaw] of [
      ['close', 'reopen'],
      ['cancel', 'reopen'],
      ['postpone', 'resume'],
    ] as const) {
      const { parent, child } = await reportedOn()
      await contribute(priya, child, parent)
      await accept(daniel, child, 'included')
      const state = (await daniel.call(`key-results.${freeze}`, { id: parent })).state
      const { reason, repairs } = await asked(end(priya, child))
      const moves = { included: '0', additional: '0' }
      expect(reason).toMatchObject({ key: 'contribution.already.end.frozen', values: { state, part: '60', ...moves } })
      for (const [index, later] of [
        [0, '200'],
        [1, '140'],
      ] as const) {
        expect(await priya.repair(repairs[index] as Repair)).toMatchObject({ parentMovesBy: '0' })
        expect((await stands(parent))[1]).toBe('200')
        const { items } = await priya.call('activity.list', { limit: 1 })
        const thawed = await daniel.send(`key-results.${thaw}`, { id: parent })
        expect((await stands(parent))[1]).toBe(later)
        await undo(daniel, thawed)
        await undo(priya, { changeId: items[0]?.changeId ?? '' })
      }
    }
  })

  test.each(['close', 'cancel', 'postpone'] as const)(
    'of a child that is frozen (%s) it is what stays of it',
    async (verb) => {
      const { daniel, priya } = marram
      const { parent, child } = await reportedOn()
      await contribute(priya, child, parent)
      await accept(daniel, child, 'additional')
      await priya.call(`key-results.${verb}`, { id: child })
      expect(await stands(parent)).toEqual(['200', '260'])
      expect((await asked(end(priya, child))).values).toMatchObject({ part: '60', included: '0', additional: '-60' })
      expect(await end(priya, child, 'included')).toMatchObject({ parentMovesBy: '0' })
      expect(await stands(parent)).toEqual(['260', '260'])
    },
  )

  test('of a draft nothing: neither when it is linked nor when it is published', async () => {
    const { hanna } = marram
    const { home, parent } = await within()
    const draft = await keyResult(hanna, home, { draft: true })
    expect(await contribute(hanna, draft, parent)).toMatchObject({ state: 'accepted', parentMovesBy: '0' })
    await hanna.call('key-results.publish', { id: draft })
    expect(await stands(parent)).toEqual(['200', '200'])
    await report(hanna, draft, '5')
    expect(await stands(parent)).toEqual(['200', '205'])
  })
})

test('What was imported and does not conform is asked about when it comes to count: once it can be computed', async () => {
  const { ingrid } = marram
  const nodes = [
    { id: 'o', parent_id: null, type: 'objective', level: 'company', owner: 'Sales', text: 'Grow' },
    { id: 'k', parent_id: 'o', type: 'key-result', level: 'company', owner: 'Sales', text: 'More revenue' },
  ]
  const cascade = { org: 'Marram', period: 'Q4', title: 'Already', nodes }
  const brought = await ingrid.call('imports.cascade', { cascade, startsOn: '2026-10-01', endsOn: '2026-12-31' })
  const [home, child] = brought.lines.map(({ id }) => id) as [ObjectiveId, KeyResultId]
  const { ownerId } = await ingrid.call('key-results.show', { id: child })
  const parent = await keyResult(ingrid, home, { ownerId })
  await ingrid.call('check-ins.make', { id: child, value: '60' })
  await ingrid.call('check-ins.make', { id: parent, value: '200' })
  const linked = await contribute(ingrid, child, parent, { share: '300000' })
  expect(linked).toMatchObject({ state: 'accepted', parentMovesBy: '0' })
  const measure = { kind: 'increase' as const, start: '0', target: '100', unit: 'customers' }
  const edit = { id: child, measure, reason: 'So it is measured' }
  const question = await asked(ingrid.call('key-results.edit', edit))
  expect(question.values).toEqual({ part: '180000', reported: '200', included: '0', additional: '180000' })
  for (const [index, stood] of [
    [0, ['-179800', '200']],
    [1, ['200', '180200']],
  ] as const) {
    expect(await ingrid.repair(question.repairs[index] as Repair)).toMatchObject({ conforms: true })
    expect(await stands(parent)).toEqual(stood)
    await undo(ingrid, { changeId: (await ingrid.call('activity.list', { limit: 1 })).items[0]?.changeId ?? '' })
    expect(await stands(parent)).toEqual(['200', '200'])
  }
})

describe('A link that takes the place of another into the same Key Result', () => {
  /** What was agreed first, what takes its place, what each answer leaves. */
  const cases: [string, Terms, Terms, moves: [string, string], left: [string[], string[]]][] = [
    [
      'a share by a larger one',
      { share: '300000' },
      { share: '600000' },
      ['0', '60'],
      [
        ['80', '200'],
        ['140', '260'],
      ],
    ],
    [
      'a share by a smaller one',
      { share: '300000' },
      { share: '150000' },
      ['0', '-30'],
      [
        ['170', '200'],
        ['140', '170'],
      ],
    ],
    [
      'a sum by one that is shown',
      {},
      { rollUp: 'shown' },
      ['0', '-60'],
      [
        ['200', '200'],
        ['140', '140'],
      ],
    ],
    [
      'a sum by an average',
      {},
      { rollUp: 'average' },
      ['-140', '-140'],
      [
        ['200', '60'],
        ['140', '60'],
      ],
    ],
    [
      'an average by a sum',
      { rollUp: 'average' },
      {},
      ['140', '200'],
      [
        ['140', '200'],
        ['200', '260'],
      ],
    ],
    [
      'one that is shown by a sum',
      { rollUp: 'shown' },
      {},
      ['0', '60'],
      [
        ['140', '200'],
        ['200', '260'],
      ],
    ],
  ]

  test.each(cases)(
    '%s: each answer moves it by what was said, and is undone as one',
    async (_, first, then, moves, left) => {
      const { hanna } = marram
      const { parent, child } = await within()
      await contribute(hanna, child, parent, { ...first, already: 'included' })
      const before = await stands(parent)
      const { values, repairs, errors } = await asked(contribute(hanna, child, parent, then))
      expect([values?.included, values?.additional]).toEqual(moves)
      expect(errors).toHaveLength(1)
      for (const [index, answer] of (['included', 'additional'] as const).entries()) {
        expect(repairs[index]?.body).toMatchObject({ already: answer })
        const sent = await hanna.send('key-results.contribute', {
          rollUp: 'sum',
          ...then,
          id: child,
          toKeyResultId: parent,
          already: answer,
        })
        expect(sent.data).toMatchObject({ state: 'accepted', parentMovesBy: moves[index], formerParentMovesBy: null })
        expect(await stands(parent)).toEqual(left[index])
        await undo(hanna, sent)
        expect(await stands(parent)).toEqual(before)
      }
    },
  )

  test('may be answered apart: what it added leaves, and what it adds was in the reports', async () => {
    const { hanna } = marram
    const { parent, child } = await within()
    await contribute(hanna, child, parent, { share: '300000', already: 'included' })
    const apart = { ending: 'additional', beginning: 'included' } as const
    const sent = await contribute(hanna, child, parent, { share: '600000', already: apart })
    expect(sent.parentMovesBy).toBe('-60')
    expect(await stands(parent)).toEqual(['20', '140'])
  })

  test('on the very terms that stand is no change, and asks nothing', async () => {
    const { hanna } = marram
    const { parent, child } = await within()
    await contribute(hanna, child, parent, { already: 'included' })
    const { version } = await hanna.call('key-results.show', { id: child })
    const again = await hanna.send('key-results.contribute', { id: child, toKeyResultId: parent, rollUp: 'sum' })
    expect(again).toMatchObject({ changeId: null, etag: `"${version}"`, data: { parentMovesBy: '0' } })
    expect(await stands(parent)).toEqual(['140', '200'])
  })
})

describe('A link that takes the place of another into another Key Result', () => {
  const stood = {
    included: [
      ['200', '200'],
      ['140', '200'],
    ],
    additional: [
      ['140', '140'],
      ['200', '260'],
    ],
    ending: [
      ['200', '200'],
      ['200', '260'],
    ],
    beginning: [
      ['140', '140'],
      ['140', '200'],
    ],
  }
  const answers: [Already, string[][], former: string, moves: string][] = [
    ['included', stood.included, '0', '0'],
    ['additional', stood.additional, '-60', '60'],
    [{ ending: 'included', beginning: 'additional' }, stood.ending, '0', '60'],
    [{ ending: 'additional', beginning: 'included' }, stood.beginning, '-60', '0'],
  ]

  test('asks about both, and offers all four answers: one word for both first', async () => {
    const { hanna } = marram
    const { child, above } = await within(2)
    const [former, parent] = above as [KeyResultId, KeyResultId]
    await contribute(hanna, child, former, { already: 'included' })
    const question = await asked(contribute(hanna, child, parent))
    expect(question.reason?.key).toBe('contribution.already.both')
    expect(question.errors?.map(({ pointer, reason }) => [pointer, reason.key, reason.values?.reported])).toEqual([
      ['/already/ending', 'contribution.already.end', '140'],
      ['/already/beginning', 'contribution.already.begin', '200'],
    ])
    expect(question.details).toMatchObject({
      asked: [
        { moment: 'end', keyResultId: former, title: 'Number 1', included: '0', additional: '-60' },
        { moment: 'begin', keyResultId: parent, title: 'Number 2', included: '0', additional: '60' },
      ],
    })
    expect(question.repairs.map(({ body }) => (body as { already: Already }).already)).toEqual(
      answers.map(([one]) => one),
    )
    for (const [index, [already, left, formerMoves, moves]] of answers.entries()) {
      expect(await hanna.repair(question.repairs[index] as Repair)).toMatchObject({
        toKeyResultId: parent,
        parentMovesBy: moves,
        formerParentMovesBy: formerMoves,
      })
      expect([await stands(former), await stands(parent)], JSON.stringify(already)).toEqual(left)
      await undo(hanna, { changeId: (await hanna.call('activity.list', { limit: 1 })).items[0]?.changeId ?? '' })
      expect([await stands(former), await stands(parent)]).toEqual([
        ['140', '200'],
        ['200', '200'],
      ])
    }
  })

  test('asks only for what is not answered yet, and its answers keep the other', async () => {
    const { hanna } = marram
    const { child, above } = await within(2)
    const [former, parent] = above as [KeyResultId, KeyResultId]
    await contribute(hanna, child, former, { already: 'included' })
    const question = await asked(contribute(hanna, child, parent, { already: { ending: 'included' } }))
    expect(question.reason?.key).toBe('contribution.already.begin')
    expect(question.repairs.map(({ body }) => (body as { already: Already }).already)).toEqual([
      { ending: 'included', beginning: 'included' },
      { ending: 'included', beginning: 'additional' },
    ])
    expect(await hanna.repair(question.repairs[1] as Repair)).toMatchObject({ parentMovesBy: '60' })
  })

  test('asks whoever accepts it, and where only one of the two has reports about that one', async () => {
    const { daniel, priya } = marram
    const { sales, parent: former, child } = await reportedOn()
    const silent = await keyResult(daniel, sales)
    await contribute(priya, child, former)
    await accept(daniel, child, 'additional')
    await contribute(priya, child, silent)
    const question = await asked(accept(daniel, child))
    expect(question).toMatchObject({ reason: { key: 'contribution.already.end' }, repairs: { length: 2 } })
    expect(await accept(daniel, child, 'included')).toMatchObject({ parentMovesBy: '60', formerParentMovesBy: '0' })
    expect([await stands(former), await stands(silent)]).toEqual([
      ['260', '260'],
      ['0', '60'],
    ])
  })
})

describe('In a batch', () => {
  test('the answers are the whole batch, answered', async () => {
    const { daniel, priya } = marram
    const { parent, child } = await reportedOn()
    await contribute(priya, child, parent)
    const calls = [
      { method: 'POST' as const, path: `/v1/key-results/${parent}/check-ins`, body: { value: '300' } },
      { method: 'POST' as const, path: `/v1/key-results/${child}/contribution/accept`, body: {} },
      {
        method: 'POST' as const,
        path: `/v1/key-results/${parent}/check-ins`,
        body: { value: '400', measuredOn: '2026-11-23' },
      },
    ]
    const { errors, repairs } = await asked(daniel.call('changes.make', { calls, reason: 'All at once' }))
    expect(errors?.[0]?.pointer).toBe('/calls/1/body/already')
    expect(repairs.map(({ path, body }) => [path, (body as { reason: string }).reason])).toEqual([
      ['/v1/changes', 'All at once'],
      ['/v1/changes', 'All at once'],
    ])
    const done = (await daniel.repair(repairs[0] as Repair)) as { changeId: string; answers: unknown[] }
    expect(done.answers).toHaveLength(3)
    expect(await stands(parent)).toEqual(['400', '460'])
    await undo(daniel, done)
    expect(await stands(parent)).toEqual(['200', '200'])
  })
})

test('Of what has become private above nothing is said, and it can be left all the same', async () => {
  const { daniel, priya } = marram
  const { sales, parent, child } = await reportedOn()
  await contribute(priya, child, parent)
  await accept(daniel, child, 'included')
  await daniel.call('objectives.edit', { id: sales, visibility: 'named', viewerIds: [], reason: 'Among ourselves' })
  const question = await asked(end(priya, child))
  expect(question.reason).toEqual({ key: 'contribution.already.end.private' })
  for (const secret of [sales, parent, '200', '140']) expect(JSON.stringify(question)).not.toContain(secret)
  expect(await priya.repair(question.repairs[0] as Repair)).toMatchObject({
    state: 'ended',
    toKeyResultId: null,
    parentMovesBy: null,
  })
  expect(await stands(parent)).toEqual(['200', '200'])
})

describe('Where what is private begins or ceases to count towards what others see', () => {
  /** Two of a private Objective's Key Results, at 60 each, count into one and another of Hanna's, each reported at 200. */
  async function counted() {
    const { hanna } = marram
    const top = await group(hanna)
    const parents = [await keyResult(hanna, top), await keyResult(hanna, top)] as const
    const home = await objective(hanna, {
      level: 'group',
      cycleId: marram.cycles.quarter,
      alignedToId: top,
      visibility: 'named',
    })
    for (const parent of parents) {
      const child = await keyResult(hanna, home)
      await report(hanna, child, '60')
      await report(hanna, parent, '200')
      await contribute(hanna, child, parent, { already: 'additional' })
    }
    return { home, parents }
  }

  test('it is asked of all of them in one word, and the answers are calls that are ready', async () => {
    const { hanna } = marram
    const { home, parents } = await counted()
    const both = async () => [await stands(parents[0]), await stands(parents[1])]
    const twice = (one: string[]) => [one, one]
    const question = await asked(hanna.call('objectives.edit', { id: home, counts: false, reason: 'For ourselves' }))
    expect(question.reason).toEqual({ key: 'contribution.already.end.several', values: { count: 2 } })
    expect(question.errors?.map(({ pointer, reason }) => [pointer, reason.key, reason.values?.additional])).toEqual(
      twice(['/already', 'contribution.already.end', '-60']),
    )
    for (const [answer, stood] of [
      [0, ['260', '260']],
      [1, ['200', '200']],
    ] as const) {
      await hanna.repair(question.repairs[answer] as Repair)
      expect(await both()).toEqual(twice([...stood]))
      await undo(hanna, { changeId: (await hanna.call('activity.list', { limit: 1 })).items[0]?.changeId ?? '' })
      expect(await both()).toEqual(twice(['200', '260']))
    }
    await hanna.call('objectives.edit', { id: home, counts: false, already: 'additional', reason: 'For ourselves' })
    const opened = await asked(hanna.call('objectives.edit', { id: home, visibility: 'everyone', reason: 'For all' }))
    expect(opened.reason?.key).toBe('contribution.already.begin.several')
    await hanna.repair(opened.repairs[0] as Repair)
    expect(await both()).toEqual(twice(['140', '200']))
  })

  test('the way to keep it from counting, which is handed out with it, works as it is: it leaves', async () => {
    const { hanna } = marram
    const { home, parents } = await counted()
    const opened = { id: home, visibility: 'everyone' as const, already: 'additional' as const, reason: 'For all' }
    await hanna.call('objectives.edit', opened)
    const { notices } = await hanna.call('objectives.edit', { id: home, visibility: 'named', reason: 'For ourselves' })
    await hanna.repair(notices[0]?.repairs[0] as never)
    for (const parent of parents) expect(await stands(parent)).toEqual(['200', '200'])
  })
})

describe('Where what was reported is the baseline too', () => {
  const from = (kind: 'increase' | 'decrease', target: string) =>
    ({ kind, baseline: true, target, unit: 'USD' }) as const

  test('it moves with the report that is corrected, and an answer that leaves nothing to do is not offered', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const [parent, child] = [
      await keyResult(hanna, home, { measure: from('increase', '300') }),
      await keyResult(hanna, home),
    ]
    await report(hanna, parent, '200')
    await report(hanna, child, '60')
    await contribute(hanna, child, parent, { already: 'included' })
    expect(await stands(parent)).toEqual(['140', '200'])
    expect((await hanna.call('key-results.show', { id: parent })).progress).toBe('0.375')
    await report(hanna, child, '200')
    const question = await asked(end(hanna, child))
    expect(question.values).toMatchObject({ part: '200', included: '0', additional: '-200' })
    expect(question.repairs.map(({ body }) => (body as { already: Already }).already)).toEqual(['additional'])
    expect((await refused(end(hanna, child, 'included'))).rule).toBe('measurable')
    expect(await hanna.repair(question.repairs[0] as Repair)).toMatchObject({ parentMovesBy: '-200' })
    expect(await stands(parent)).toEqual(['140', '140'])
  })
})

test('What maintains a value has nothing counted into it, and counts into another by a share', async () => {
  const { hanna } = marram
  const home = await group(hanna)
  const maintain = { kind: 'maintain' as const, atLeast: '90', unit: '%' }
  const [parent, kept] = [await keyResult(hanna, home), await keyResult(hanna, home, { measure: maintain })]
  await report(hanna, parent, '200')
  await report(hanna, kept, '95')
  expect((await refused(contribute(hanna, parent, kept))).rule).toBe('one-roll-up')
  expect((await refused(contribute(hanna, kept, parent))).rule).toBe('like-sums-with-like')
  const question = await asked(contribute(hanna, kept, parent, { share: '60' }))
  expect(question.values).toEqual({ part: '60', reported: '200', included: '0', additional: '60' })
  expect(await hanna.repair(question.repairs[0] as Repair)).toMatchObject({ parentMovesBy: '0' })
  expect(await stands(parent)).toEqual(['140', '200'])
})

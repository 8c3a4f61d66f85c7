import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf, OutputOf } from '#client/client.ts'
import type { ChangeId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import { wordsOf } from '#domain/search.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const group = (more: Partial<Parameters<typeof objective>[1]> = {}) =>
  objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, ...more })
const search = (q: string, who: Caller = marram.ben, more: Partial<InputOf<'search.find'>> = {}) =>
  who.call('search.find', { q, ...more })
const found = async (q: string, who?: Caller, more?: Partial<InputOf<'search.find'>>) =>
  (await search(q, who, more)).items.map(({ id }) => id)

let count = 0
/** A word that nothing else in the company says. */
const word = () => `quagga${'abcdefghij'[count % 10]}${count++}x`

describe('What is searched for is found', () => {
  test('whatever it is: with its title, the words around, the Objective it belongs to, and its day', async () => {
    const { hanna, ben, ingrid, clock } = marram
    const w = word()
    const home = await group({ title: `Be known as ${w}`, why: 'Towns buy from whom they know' })
    const key = await keyResult(hanna, home, {
      title: 'Campaign held',
      measure: { kind: 'milestone', evidence: `The report of ${w} is out` },
    })
    const { id: comment } = await ben.call('key-results.comment', { id: key, text: `Which ${w}?` })
    const { id: kpi } = await ben.call('kpis.create', { name: `Share of ${w}`, unit: '%' })
    const { id: team } = await ingrid.call('groups.create', { name: `Friends of ${w}` })
    const { id: person } = await ingrid.call('people.create', { name: `Ida ${w}` })
    const { items, nextCursor } = await search(w)
    expect(nextCursor).toBeNull()
    expect(items.map(({ noun, id }) => [noun, id])).toEqual([
      ['person', person],
      ['group', team],
      ['kpi', kpi],
      ['comment', comment],
      ['key-result', key],
      ['objective', home],
    ])
    const about = { id: home, title: `Be known as ${w}` }
    expect(items.map(({ title, objective }) => [title, objective])).toEqual([
      [`Ida ${w}`, null],
      [`Friends of ${w}`, null],
      [`Share of ${w}`, null],
      ['Campaign held', about],
      ['Campaign held', about],
      [about.title, about],
    ])
    expect(items[3]?.snippet).toEqual({ text: `Which ${w}?`, matches: [{ from: 6, to: 6 + w.length }] })
    expect(items[4]?.snippet.text).toBe(`The report of ${w} is out`)
    for (const { updatedAt } of items)
      expect(Math.abs(Date.parse(updatedAt) - clock.now().getTime())).toBeLessThan(60_000)
    expect(await found(w, ben, { noun: 'key-result' })).toEqual([key])
    expect(await found(w, ben, { noun: 'person' })).toEqual([person])
  })

  test('by words in any order, the last of them as it is being typed', async () => {
    const w = word()
    const id = await group({ title: `Scale our Sales team ${w}`, why: 'Customers abroad reach nobody' })
    for (const asked of [
      `sales ${w}`,
      `${w} scale`,
      `abroad ${w.slice(0, -1)}`,
      `${w} cust`,
      ` ${w.toUpperCase()}, SA`,
    ])
      expect(await found(asked), asked).toEqual([id])
    for (const asked of [`sal ${w}`, `${w}y`, `${w} sales tower`, `${w.slice(1)}`])
      expect(await found(asked), asked).toEqual([])
  })

  test('with or without diacritics, in whichever script', async () => {
    const w = word()
    const id = await group({ title: `Ærlig Øl für Tomás ${w}`, why: '東京の成長' })
    for (const asked of ['aerlig', 'Ol', 'FUR', 'tomas', 'tomás', '東京', '成長'])
      expect(await found(`${asked} ${w}`), asked).toEqual([id])
    expect(await found('Herrera tomas', marram.ben, { noun: 'person' })).toEqual([idOf(marram.tomas)])
  })

  test('newest first, page by page', async () => {
    const w = word()
    const made: ObjectiveId[] = []
    for (let index = 0; index < 5; index++) made.unshift(await group({ title: `${w} ${index}` }))
    const begin = await search(w, marram.ben, { limit: 2 })
    expect(begin.items.map(({ id }) => id)).toEqual(made.slice(0, 2))
    const middle = await search(w, marram.ben, { limit: 2, cursor: begin.nextCursor as string })
    expect(middle.items.map(({ id }) => id)).toEqual(made.slice(2, 4))
    const end = await search(w, marram.ben, { limit: 2, cursor: middle.nextCursor as string })
    expect([end.items.map(({ id }) => id), end.nextCursor]).toEqual([made.slice(4), null])
  })

  test('by what it says now, and no longer by what it said', async () => {
    const { hanna } = marram
    const [before, after] = [word(), word()]
    const id = await group({ title: before })
    const edited = await hanna.send('objectives.edit', { id, title: after, reason: 'Clearer' })
    expect([await found(before), await found(after)]).toEqual([[], [id]])
    await hanna.call('changes.undo', { id: edited.changeId as ChangeId })
    expect([await found(before), await found(after)]).toEqual([[id], []])
  })

  test('while it is there', async () => {
    const { ben, hanna } = marram
    const w = word()
    const sent = await ben.send('objectives.comment', { id: await group(), text: w })
    const deleted = await ben.send('comments.delete', { id: sent.data.id })
    expect(await found(w)).toEqual([])
    await ben.call('changes.undo', { id: deleted.changeId as ChangeId })
    expect(await found(w)).toEqual([sent.data.id])
    const draft = await group({ title: w, draft: true })
    await hanna.call('objectives.discard', { id: draft })
    expect(await found(w, hanna)).not.toContain(draft)
    const made = await hanna.send('objectives.create', { title: w, cycleId: marram.cycles.quarter })
    await hanna.call('changes.undo', { id: made.changeId as ChangeId })
    expect(await found(w, hanna)).not.toContain(made.data.id)
  })

  test('from the first day: in everything the sample company set out to do', async () => {
    expect(await found('new sales')).toContain(marram.keyResults.sales)
    expect(await found('ingrid solh')).toContain(idOf(marram.ingrid))
  })
})

describe('What somebody does not see they do not find', () => {
  type Hidden = { home: ObjectiveId; key: KeyResultId; ids: string[] }
  async function hide(w: string, more: Partial<Parameters<typeof objective>[1]>): Promise<Hidden> {
    const { hanna } = marram
    const home = await group({ title: w, why: w, ...more })
    const key = await keyResult(hanna, home, { title: w, draft: more.draft ?? false })
    const comments = [
      await hanna.call('objectives.comment', { id: home, text: w }),
      await hanna.call('key-results.comment', { id: key, text: w }),
    ]
    return { home, key, ids: [home, key, ...comments.map(({ id }) => id)].toReversed() }
  }

  test('what is private, with its Key Results and all that is said there', async () => {
    const w = word()
    const { home, ids } = await hide(w, { visibility: 'named', viewerIds: [idOf(marram.aisha)] })
    for (const who of [marram.hanna, marram.daniel, marram.aisha, marram.administrator])
      expect(await found(w, who)).toEqual(ids)
    for (const who of [marram.ben, marram.tomas, marram.service('member'), marram.service('guest')])
      expect(await search(w, who)).toEqual({ items: [], nextCursor: null })
    await marram.hanna.call('objectives.edit', { id: home, visibility: 'everyone', reason: 'No secret any more' })
    expect(await found(w)).toEqual(ids)
  })

  test('what is a draft, not even administrators', async () => {
    const w = word()
    const { home, ids } = await hide(w, { draft: true })
    for (const who of [marram.hanna, marram.daniel]) expect(await found(w, who)).toEqual(ids)
    for (const who of [marram.ben, marram.administrator]) expect(await found(w, who)).toEqual([])
    await marram.hanna.call('objectives.publish', { id: home })
    expect(await found(w)).toEqual(ids)
  })

  test('a draft of a Key Result where the Objective is published', async () => {
    const w = word()
    const home = await group({ title: w })
    const key = await keyResult(marram.hanna, home, { title: w, draft: true })
    const { id: comment } = await marram.hanna.call('key-results.comment', { id: key, text: w })
    expect(await found(w, marram.hanna)).toEqual([comment, key, home])
    expect(await found(w)).toEqual([home])
  })

  test('and no page, cursor or count differs by what is hidden between', async () => {
    const w = word()
    const open: ObjectiveId[] = []
    const hidden: string[] = []
    for (let index = 0; index < 4; index++) {
      open.unshift(await group({ title: `${w} open` }))
      hidden.push(...(await hide(`${w} hidden`, index % 2 === 0 ? { draft: true } : { visibility: 'named' })).ids)
    }
    const pages = async (limit: number) => {
      const all: OutputOf<'search.find'>[] = []
      for (let cursor: string | null | undefined; cursor !== null; cursor = all.at(-1)?.nextCursor)
        all.push(await search(w, marram.ben, cursor ? { limit, cursor } : { limit }))
      return all
    }
    for (const limit of [1, 2, 3, 4]) {
      const all = await pages(limit)
      expect(all.map(({ items }) => items.length)).toEqual(
        Array.from({ length: Math.ceil(4 / limit) }, (_, page) => Math.min(limit, 4 - page * limit)),
      )
      expect(all.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(open)
      expect(all.map(({ nextCursor }) => nextCursor)).toEqual(
        all.map(({ items }, page) => (page < all.length - 1 ? items.at(-1)?.id : null)),
      )
    }
    // Whoever knows the id of something hidden learns nothing by beginning there.
    for (const cursor of hidden)
      for (const { id } of (await search(w, marram.ben, { cursor })).items) expect(open).toContain(id)
  })
})

describe('What is asked for in vain, or in malice', () => {
  test.each([
    ['', 'field.empty'],
    ['   ', 'field.empty'],
    ['!', 'search.no-word'],
    ['-- \' " & | ! <-> :* ()', 'search.no-word'],
    ['🌊', 'search.no-word'],
    ['a\u0000b', 'field.control-characters'],
    ['\ud800', 'field.control-characters'],
    ['a'.repeat(201), 'field.too-long'],
  ])('%j is refused with its reason', async (q, key) => {
    expect(await refused(search(q))).toMatchObject({
      kind: 'invalid',
      errors: [{ pointer: '#/query/q', reason: { key } }],
    })
  })

  test.each([
    "'; drop table objectives --",
    "growth' | 'a",
    'growth & !sales',
    'growth:*',
    'a <-> b',
    '\\',
    'a\\',
    "a'b''c",
    '%',
    '_',
    '%%a',
    '((((a',
    '{{name}} $t(product.name)',
    '1e309',
    '-0',
    'a '.repeat(100).trim(),
    '東'.repeat(200),
    'ﷺ'.repeat(190),
    '\u0300\u0301a',
  ])('%j is answered as words, or refused as none', async (q) => {
    const words = wordsOf(q)
    if (words.length === 0) expect((await refused(search(q))).errors?.[0]?.reason.key).toBe('search.no-word')
    else for (const { snippet } of (await search(q)).items) expect(snippet.text).not.toBe('')
  })

  test('neither operators nor quotes mean anything', async () => {
    const [one, other] = [word(), word()]
    const id = await group({ title: `${one} ${other}` })
    expect(await found(`${one} | nothing`)).toEqual([])
    expect(await found(`"${other} !${one}"`)).toEqual([id])
  })

  test('one letter is enough', async () => {
    expect((await search('s')).items.length).toBeGreaterThan(5)
  })
})

describe('Hits are what the caller sees and what holds the words', () => {
  const WORDS = ['kelp', 'Kelpie', 'ØRE', 'ore', 'été', 'ete', 'reed', 'reeds', 'Röhr', 'x1', '東']
  const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
  const cast = ['hanna', 'tomas', 'ben', 'noor', 'ingrid'] as const

  /** Everything that somebody sees, and all that it says. */
  async function everythingSeen(who: Caller): Promise<{ id: string; says: string }[]> {
    const seen: { id: string; says: string }[] = []
    const whole = { limit: 200 }
    const heard = async (noun: 'objectives' | 'key-results', id: string) => {
      const { items } = await who.call(`${noun}.comments`, { id: id as never, ...whole })
      for (const comment of items) seen.push({ id: comment.id, says: comment.text ?? '' })
    }
    const objectives = await who.call('objectives.list', whole)
    const keyResults = await who.call('key-results.list', whole)
    const people = await who.call('people.list', whole)
    const groups = await who.call('groups.list', whole)
    const kpis = await who.call('kpis.list', whole)
    for (const { nextCursor } of [objectives, keyResults, people, groups, kpis]) expect(nextCursor).toBeNull()
    for (const { id, title, why } of objectives.items) {
      seen.push({ id, says: `${title} ${why ?? ''}` })
      await heard('objectives', id)
    }
    for (const { id, title, measure } of keyResults.items) {
      seen.push({ id, says: `${title} ${measure?.kind === 'milestone' ? measure.evidence : ''}` })
      await heard('key-results', id)
    }
    for (const { id, name } of [...people.items, ...groups.items, ...kpis.items]) seen.push({ id, says: name })
    return seen.toSorted((a, b) => (a.id < b.id ? 1 : -1))
  }

  const writing = fc.record({
    by: fc.constantFrom(...cast),
    title: text,
    why: fc.option(text),
    result: text,
    comment: text,
    draft: fc.boolean(),
    draftResult: fc.boolean(),
    named: fc.option(fc.constantFrom(...cast)),
  })

  test('for whatever is written by whomever, and whatever is asked', { timeout: 120_000 }, async () => {
    const asked = fc.tuple(
      fc.array(fc.constantFrom(...WORDS), { maxLength: 2 }),
      fc.constantFrom('k', 'kelp', 'or', 'ÖRE', 'reed', 'et', '東', 'x'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(writing, { minLength: 1, maxLength: 4 }),
        fc.array(asked, { minLength: 4, maxLength: 8 }),
        async (written, queries) => {
          for (const { by, title, why, result, comment, draft, draftResult, named } of written) {
            const who = marram[by]
            const home = await objective(who, {
              title,
              why,
              draft,
              cycleId: marram.cycles.quarter,
              ...(named ? { visibility: 'named' as const, viewerIds: [idOf(marram[named])] } : {}),
            })
            const key = await keyResult(who, home, { title: result, draft: draft || draftResult })
            await who.call('objectives.comment', { id: home, text: comment })
            await who.call('key-results.comment', { id: key, text: comment })
          }
          for (const who of [marram.ben, marram.hanna, marram.administrator]) {
            const seen = await everythingSeen(who)
            for (const [whole, beginning] of queries) {
              const words = wordsOf([...whole, beginning].join(' '))
              const expected = seen.filter(({ says }) => holds(says, words)).map(({ id }) => id)
              expect(await found(words.join(' '), who, { limit: 200 }), words.join(' ')).toEqual(expected.slice(0, 200))
            }
          }
        },
      ),
      { numRuns: 6, seed: 20261124 },
    )
  })

  function holds(says: string, words: readonly string[]): boolean {
    const here = wordsOf(says)
    return words.every((one, index) =>
      index < words.length - 1 ? here.includes(one) : here.some((said) => said.startsWith(one)),
    )
  }
})

import pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordsOf } from '#domain/search.ts'
import { chance } from '#test/chance.ts'
import { type Organization, openOrganization } from '#test/harness.ts'
import { findHits } from './search.ts'

let marram: Organization
let product: pg.Client
let everything: pg.Client
beforeAll(async () => {
  marram = await openOrganization()
  product = new pg.Client({ connectionString: marram.database.url })
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await Promise.all([product.connect(), everything.connect()])
  await product.query(`select set_config('app.organization', $1, false)`, [marram.id])
})
afterAll(async () => {
  await Promise.all([product.end(), everything.end()])
  await marram.close()
})

describe('The words of a text are the same to the database', () => {
  const wordsIn = async (texts: readonly string[]): Promise<string[][]> => {
    const { rows } = await product.query('select search_words(t) as words from unnest($1::text[]) t', [texts])
    return rows.map(({ words }) => words)
  }

  /** Letters that came into Unicode after its version 10: the ICU of a PostgreSQL may be older than that of Node. */
  const LATER =
    /[\u0560\u0588\u05ef\u0870-\u08c9\u0e86-\u0eac\u170d\u171f\u1878\u1b4c\u1c80-\u1cff\u2c2f\u2c5f\u312f\u31bb-\u31bf\u4db6-\u4dff\u9feb-\u9fff\ua7af-\ua7f7\ua8fe\uab66-\uab68\ud800-\udfff]/

  test('with every character of the basic plane, and emoji', async () => {
    const places = Array.from({ length: 0xffff }, (_, index) => index + 1).concat(
      Array.from({ length: 0x0f00 }, (_, index) => 0x1f000 + index),
    )
    const texts = places
      .map((place) => String.fromCodePoint(place))
      .filter((one) => [...one].length === 1 && !(one.length === 1 && LATER.test(one)))
      .map((one) => `a${one}b Z${one} ${one}`)
    expect(texts.length).toBeGreaterThan(60_000)
    const found = await wordsIn(texts)
    const different = texts.filter((text, index) => JSON.stringify(found[index]) !== JSON.stringify(wordsOf(text)))
    expect(different).toEqual([])
  })

  test('with several of them in any order', async () => {
    const draw = chance(5)
    const pieces = [
      'Ærlig',
      'ΟΔΟΣ',
      'İ',
      'ß',
      'é',
      'e\u0301',
      'हिन्दी',
      '東京',
      'ไทย',
      'ﬁ',
      '½',
      '٣',
      "'",
      '\\',
      ' ',
      '-',
      '🌊',
      'x'.repeat(50),
    ]
    const texts = Array.from({ length: 2000 }, () =>
      Array.from({ length: 1 + draw.below(8) }, () => draw.pick(pieces)).join(''),
    )
    expect(await wordsIn(texts)).toEqual(texts.map(wordsOf))
  })
})

type Named = { id: string; name: string; deleted?: boolean }

describe('What can be found', () => {
  const WORDS = ['tide', 'Flut', 'ØRE', 'river', 'rivers', 'station', 'e\u0301té', 'x1']
  const draw = chance(11)
  const groups: Named[] = []
  const drawName = () => Array.from({ length: 1 + draw.below(4) }, () => draw.pick(WORDS)).join(' ')

  beforeAll(async () => {
    // More than fit on two shelves, in one statement; a rare word among them.
    for (let index = 0; index < 1400; index++)
      groups.push({ id: v7(), name: `${drawName()}${index % 300 === 17 ? ' Zanzibar' : ''}` })
    await product.query(
      'insert into groups (organization_id, id, name) select $1, id, name from unnest($2::uuid[], $3::text[]) g(id, name)',
      [marram.id, groups.map(({ id }) => id), groups.map(({ name }) => name)],
    )
  })

  const naive = (asked: string): string[] => {
    const words = wordsOf(asked)
    const last = words.at(-1) as string
    return groups
      .filter(({ name, deleted }) => {
        const here = wordsOf(name)
        return (
          !deleted &&
          words.slice(0, -1).every((word) => here.includes(word)) &&
          here.some((word) => word.startsWith(last))
        )
      })
      .map(({ id }) => id)
      .toReversed()
  }

  const find = (asked: string, after: string | undefined, limit: number): Promise<string[]> =>
    marram.store.read(marram.id, async (tx) =>
      (await findHits(tx, marram.administrator.actor, { words: wordsOf(asked), noun: null }, { after, limit })).map(
        ({ id }) => id,
      ),
    )

  const QUERIES = ['tide', 'riv', 'rivers riv', 'ore flut', 'flut tide river e', 'zanzibar', 'ete zan', 'nothing', 'x']

  test('is found across all shelves, newest first, page by page', async () => {
    for (const asked of QUERIES) {
      const wanted = naive(asked)
      expect(await find(asked, undefined, 5000), asked).toEqual(wanted)
      const paged: string[] = []
      for (let page = await find(asked, undefined, 7); page.length > 0; page = await find(asked, paged.at(-1), 7))
        if (paged.push(...page) > 40) break
      expect(paged, asked).toEqual(wanted.slice(0, paged.length))
    }
    expect(naive('zanzibar')).toHaveLength(5)
  })

  test('goes on from where the last page ended, also when that has gone since', async () => {
    const [first, second, third] = naive('river') as [string, string, string]
    expect(await find('river', first, 2)).toEqual([second, third])
    const between = v7()
    expect(await find('river', between, 2)).toEqual([first, second])
    expect(await find('river', '00000000-0000-7000-8000-000000000000', 2)).toEqual([])
  })

  test('is on its shelf by every word it says, and by none that it said before', async () => {
    await expectShelvesInOrder()
    for (let step = 0; step < 60; step++) {
      // Few of them, so that some are written over twice.
      const group = draw.pick(groups.slice(0, 20))
      if (group.deleted) continue
      if (draw.oneIn(8)) {
        await product.query('delete from groups where organization_id = $1 and id = $2', [marram.id, group.id])
        group.deleted = true
      } else {
        group.name = draw.oneIn(6) ? 'Zanzibar' : `${drawName()} alone${step}`
        await product.query('update groups set name = $3 where organization_id = $1 and id = $2', [
          marram.id,
          group.id,
          group.name,
        ])
      }
    }
    await expectShelvesInOrder()
    for (const asked of QUERIES) expect(await find(asked, undefined, 5000), asked).toEqual(naive(asked))
  })

  test('keeps its place, and its time, while only something else about it changes', async () => {
    const { id } = groups.find(({ deleted }) => !deleted) as Named
    const entry = async () =>
      (
        await everything.query(
          'select shelf, position, words::text, updated_at from search_entries where noun_id = $1',
          [id],
        )
      ).rows[0]
    const before = await entry()
    await product.query('update groups set version = version + 1 where organization_id = $1 and id = $2', [
      marram.id,
      id,
    ])
    await product.query('update groups set name = upper(name) where organization_id = $1 and id = $2', [marram.id, id])
    expect(await entry()).toEqual(before)
  })

  test('can be made anew where it is missing', async () => {
    const all = async () =>
      (
        await everything.query(
          'select noun_id, noun, shelf, position, words::text from search_entries order by position',
        )
      ).rows
    await everything.query('delete from search_entries; delete from search_shelves')
    await product.query('select search_fill($1)', [marram.id])
    const made = await all()
    expect(made.map(({ noun_id: id }) => id)).toEqual(groups.filter(({ deleted }) => !deleted).map(({ id }) => id))
    await expectShelvesInOrder()
    await product.query('select search_fill($1)', [marram.id])
    expect(await all()).toEqual(made)
  })

  async function expectShelvesInOrder(): Promise<void> {
    const { rows } = await everything.query(
      `with said as (select distinct organization_id, shelf, unnest(tsvector_to_array(words)) collate "C" as word, noun from search_entries),
         kept as (select organization_id, shelf, word, noun from search_shelves)
       (select 'missing' as what, * from (select * from said except select * from kept) a)
       union all (select 'left over', * from (select * from kept except select * from said) b)`,
    )
    expect(rows).toEqual([])
  }
})

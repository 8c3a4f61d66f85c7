import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decimal, halfEven, ratio, ratioText, shortest } from '#domain/decimal.ts'
import { chance } from '#test/chance.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** Small and huge, many of them exactly between two. */
function pairs(count: number, seed: number): [numerator: bigint, denominator: bigint][] {
  const draw = chance(seed)
  const some = () => {
    const size = draw.pick([9, 1000, 2 ** 31])
    const drawn = BigInt(draw.below(size)) * 10n ** BigInt(draw.below(18)) + BigInt(draw.below(3))
    return draw.oneIn(2) ? -drawn : drawn
  }
  return Array.from({ length: count }, () => {
    const denominator = some() || 2n
    const halves = draw.oneIn(3) ? denominator / 2n + denominator * BigInt(draw.below(9)) : some()
    return [halves, denominator]
  })
}

async function inSql(cases: [bigint, bigint][], places: 6 | 12): Promise<string[]> {
  const { rows } = await client.query<{ rounded: string }>(
    'select half_even(n, d, $3)::text as rounded from unnest($1::numeric[], $2::numeric[]) with ordinality as c(n, d, i) order by i',
    [cases.map(([n]) => `${n}`), cases.map(([, d]) => `${d}`), places],
  )
  return rows.map((row) => shortest(row.rounded))
}

test('The database rounds every ratio as the domain does', async () => {
  const cases = pairs(2000, 1)
  expect(await inSql(cases, 12)).toEqual(cases.map(([n, d]) => ratioText(ratio(n, d))))
})

test('The database rounds every value as the domain does', async () => {
  const cases = pairs(2000, 2)
  expect(await inSql(cases, 6)).toEqual(cases.map(([n, d]) => decimal(halfEven(n * 10n ** 6n, d))))
})

test('The database rounds what lies exactly between two to the even one, on both sides of zero', async () => {
  const cases = [1n, 3n, 5n, 7n, -1n, -3n, -5n, -7n].map((half): [bigint, bigint] => [half, 2n * 10n ** 6n])
  const even = ['0', '0.000002', '0.000002', '0.000004', '0', '-0.000002', '-0.000002', '-0.000004']
  expect(await inSql(cases, 6)).toEqual(even)
})

test('Nothing divided, or by nothing known, is nothing', async () => {
  const { rows } = await client.query('select half_even(null, 2, 12) as a, half_even(1, null, 12) as b')
  expect(rows).toEqual([{ a: null, b: null }])
})

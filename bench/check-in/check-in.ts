import { parseArgs } from 'node:util'
import pg from 'pg'
import { bareInsert, callers, checkInBy, type Rate, settle } from './callers.ts'
import { type Company, makeCompany } from './company.ts'
import { bareHttp, productHttp } from './over-http.ts'
import { type Bench, startBench } from './server.ts'
import { staleness } from './staleness.ts'
import { wrongFigures } from './truth.ts'

/**
 * Check-ins, as ratios within one run to a bare single-row INSERT by the same client into the same server. Rounds are
 * interleaved, medians are told. The last line is one flat JSON object.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean' },
      rounds: { type: 'string', default: '7' },
      slice: { type: 'string', default: '1500' },
      small: { type: 'boolean' },
    },
  })
  const say = (line: string) => console.error(line)
  const bench = await startBench(say)
  const bare = new pg.Pool({ connectionString: bench.postgres.url, max: 16 })
  try {
    say('Making the organizations (kept for the next run)…')
    const small = await makeCompany(bench.postgres.adminUrl, 10_000)
    const large = values.small ? small : await makeCompany(bench.postgres.adminUrl, 1_000_000)
    say(`${small.keyResults} and ${large.keyResults} Key Results in 8 levels`)
    const rounds = await measure(bench, bare, { small, large }, Number(values.rounds), Number(values.slice), say)
    const settledPerSecond = median(rounds.map((round) => round.settledPerSecond))
    const http = await measureHttp(bench, small, Number(values.rounds), Number(values.slice), say)
    const statements = await statementsPerCheckIn(bench, small)
    const staleP99Ms = await staleness(bench, bench.services, small, settledPerSecond / 2, 10_000)
    await settle(bench.services, small)
    await settle(bench.services, large)
    const wrong = (await wrongFigures(bench, small)) + (small === large ? 0 : await wrongFigures(bench, large))
    const result = {
      store16: told(rounds.map((round) => round.store16)),
      store256: told(rounds.map((round) => round.store256)),
      http16: told(http.map((round) => round.http16)),
      http256: told(http.map((round) => round.http256)),
      settled256: told(rounds.map((round) => round.settled256)),
      staleP99Ms: Math.round(staleP99Ms),
      statements: told([statements], 3),
      growth: told(rounds.map((round) => round.growth)),
      wrong,
      barePerSecond: Math.round(median(rounds.map((round) => round.barePerSecond))),
    }
    if (!values.json) console.table(result)
    console.log(JSON.stringify(result))
  } finally {
    await bare.end()
    await bench.stop()
  }
}

type Round = {
  store16: number
  store256: number
  settled256: number
  settledPerSecond: number
  growth: number
  barePerSecond: number
}

async function measure(
  bench: Bench,
  bare: pg.Pool,
  { small, large }: Record<'small' | 'large', Company>,
  count: number,
  slice: number,
  say: (line: string) => void,
): Promise<Round[]> {
  const { services } = bench
  const rounds: Round[] = []
  for (let round = 0; round <= count; round++) {
    const bare16 = perSecond(await callers(16, slice, bareInsert(bare, small)))
    const store16 = perSecond(await callers(16, slice, checkInBy(quiet(bench), small)))
    await settle(services, small)
    const bare256 = perSecond(await callers(256, slice, bareInsert(bare, small)))
    const store256 = perSecond(await callers(256, slice, checkInBy(quiet(bench), small)))
    await settle(services, small)
    const grown256 = perSecond(await callers(256, slice, checkInBy(quiet(bench), large)))
    await settle(services, large)
    const began = performance.now()
    const { made } = await callers(256, slice, checkInBy(services, small))
    await settle(services, small)
    const settledPerSecond = made / ((performance.now() - began) / 1000)
    const result = {
      store16: store16 / bare16,
      store256: store256 / bare256,
      settled256: settledPerSecond / bare256,
      settledPerSecond,
      growth: store256 / grown256,
      barePerSecond: bare256,
    }
    say(
      `round ${round}: bare ${bare16.toFixed(0)}/${bare256.toFixed(0)} ${Object.entries(result)
        .map(([name, value]) => `${name} ${value.toFixed(2)}`)
        .join('  ')}`,
    )
    // The first round warms caches and plans.
    if (round > 0) rounds.push(result)
  }
  return rounds
}

/** The product's server against a bare one, both processes of their own, asked by the same client. */
async function measureHttp(
  bench: Bench,
  company: Company,
  count: number,
  slice: number,
  say: (line: string) => void,
): Promise<{ http16: number; http256: number }[]> {
  const bare = await bareHttp(bench, company)
  const product = await productHttp(bench, company)
  const rounds: { http16: number; http256: number }[] = []
  for (let round = 0; round <= count; round++) {
    const bare16 = perSecond(await callers(16, slice, bare.once))
    const product16 = perSecond(await callers(16, slice, product.once))
    const bare256 = perSecond(await callers(256, slice, bare.once))
    const product256 = perSecond(await callers(256, slice, product.once))
    await settle(bench.services, company)
    const result = { http16: product16 / bare16, http256: product256 / bare256 }
    say(
      `round ${round}: bare over HTTP ${bare16.toFixed(0)}/${bare256.toFixed(0)} http16 ${result.http16.toFixed(2)}  http256 ${result.http256.toFixed(2)}`,
    )
    if (round > 0) rounds.push(result)
  }
  await bare.stop()
  await product.stop()
  return rounds
}

/** Services whose reports wait for a settling of the bench's own: store figures are without the drain. */
function quiet(bench: Bench): Bench['services'] {
  return { ...bench.services, drainer: { wake: () => {}, settled: async () => {} } }
}

/** Statements for each check-in at 256 callers, drains included; without BEGIN, SET and COMMIT. */
async function statementsPerCheckIn(bench: Bench, company: Company): Promise<number> {
  await bench.admin.query('select pg_stat_statements_reset()')
  const { made } = await callers(256, 3000, checkInBy(bench.services, company))
  await settle(bench.services, company)
  const { rows } = await bench.admin.query<{ calls: string }>(
    `select sum(calls) as calls from pg_stat_statements where query !~* '^(begin|commit|rollback|set|start transaction|select pg_stat_statements)'`,
  )
  return Number(rows[0]?.calls) / made
}

function perSecond({ made, seconds }: Rate): number {
  return made / seconds
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

function told(numbers: readonly number[], places = 2): number {
  return Number(median(numbers).toFixed(places))
}

import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { startThrowawayCluster } from '#test/throwaway-cluster.ts'
import { type Found, joined, type Part, type Suite } from './suite.ts'
import { SUITES } from './suites.ts'

/**
 * `npm run trust [-- NAME [--seed N] [--from N] [--count N]]`: a suite part by part, as many at once as there are
 * processors. Each prints how much of what it has done; where it stopped, it goes on. No name: all of them.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    count: { type: 'string' },
  },
})
const names = positionals.length > 0 ? positionals : Object.keys(SUITES)
const held: boolean[] = []
for (const name of names) {
  const load = SUITES[name]
  if (!load) {
    console.error(`There is no suite ${JSON.stringify(name)}. There are: ${Object.keys(SUITES).join(', ')}.`)
    process.exit(64)
  }
  held.push(await inParts(name, (await load()).suite))
}
const passed = held.filter(Boolean).length
console.log(`${passed} passed, ${held.length - passed} failed`)
process.exit(passed === held.length ? 0 : 1)

async function inParts(name: string, suite: Suite): Promise<boolean> {
  const [seed, from] = [Number(values.seed), Number(values.from)]
  const end = from + Number(values.count ?? Math.max(0, suite.count - from))
  const began = Date.now()
  const { stop, ...cluster } = await startThrowawayCluster()
  let all: Found = { counts: {}, broken: [] }
  try {
    for (let here = from; here < end && all.broken.length === 0; ) {
      const parts: Part[] = []
      for (; here < end && parts.length < availableParallelism(); here += suite.atOnce)
        parts.push({ cluster, seed, from: here, count: Math.min(suite.atOnce, end - here) })
      all = (await Promise.all(parts.map((part) => apart(name, part)))).reduce(joined, all)
      console.log(`${name}: ${sentence(all, began)}; go on with --seed ${seed} --from ${Math.min(here, end)}`)
    }
  } finally {
    await stop()
  }
  for (const one of all.broken) console.error(one)
  console.log(`${name}: ${sentence(all, began)}`)
  return all.broken.length === 0
}

/** In a thread of its own. What it does not survive is its fault as well. */
async function apart(name: string, part: Part): Promise<Found> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { name, part } })
  try {
    const [found] = await once(worker, 'message')
    return found
  } catch (error) {
    return { counts: {}, broken: [`From ${part.from}: ${(error as Error).stack}`] }
  } finally {
    await worker.terminate()
  }
}

function sentence({ counts, broken }: Found, began: number): string {
  const parts = Object.entries(counts).map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
  return `${parts.join(', ')}; ${broken.length} broken (${Math.round((Date.now() - began) / 1000)} s)`
}

import { parseArgs } from 'node:util'
import { startThrowawayCluster, type ThrowawayCluster } from '#test/throwaway-cluster.ts'

/** A piece of a suite's work: what is done in it follows from the seed and from where it begins. */
export type Part = { cluster: ThrowawayCluster; seed: number; from: number; count: number }

/** How often each thing was done, and every way in which the product broke its word. */
export type Found = { counts: Record<string, number>; broken: string[] }

/** The same work, a little of it within `npm test` and all of it here. */
export type Suite = (part: Part) => Promise<Found>

/**
 * A suite for `npm run trust`: part by part, each on databases of its own. `--seed`, `--from` and `--count` are of the
 * suite's own things; where it stopped, it goes on.
 */
export function inParts(suite: Suite, whole: { count: number; atOnce: number }) {
  return async (args: string[]): Promise<boolean> => {
    const { seed, from, count } = options(args, whole.count)
    const end = from + count
    const cluster = await startThrowawayCluster()
    let all: Found = { counts: {}, broken: [] }
    const began = Date.now()
    try {
      for (let here = from; here < end && all.broken.length === 0; here += whole.atOnce) {
        const next = Math.min(here + whole.atOnce, end)
        all = joined(all, await suite({ cluster, seed, from: here, count: next - here }))
        console.log(`${sentence(all, began)}; go on with --seed ${seed} --from ${next}`)
      }
    } finally {
      await cluster.stop()
    }
    for (const one of all.broken) console.error(one)
    console.log(sentence(all, began))
    return all.broken.length === 0
  }
}

export function joined(one: Found, other: Found): Found {
  const counts = { ...one.counts }
  for (const [what, count] of Object.entries(other.counts)) counts[what] = (counts[what] ?? 0) + count
  return { counts, broken: [...one.broken, ...other.broken] }
}

function sentence({ counts, broken }: Found, began: number): string {
  const parts = Object.entries(counts).map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
  return `${parts.join(', ')}; ${broken.length} broken (${Math.round((Date.now() - began) / 1000)} s)`
}

function options(args: string[], count: number) {
  const text = (otherwise: number) => ({ type: 'string', default: String(otherwise) }) as const
  const { values } = parseArgs({ args, options: { seed: text(1), from: text(0), count: text(count) } })
  return { seed: Number(values.seed), from: Number(values.from), count: Number(values.count) }
}

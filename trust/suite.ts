import type { ThrowawayCluster } from '#test/throwaway-cluster.ts'

/** A piece of a suite's work: what is done in it follows from the seed and from where it begins. */
export type Part = { cluster: ThrowawayCluster; seed: number; from: number; count: number }

/** How often each thing was done, and every way in which the product broke its word. */
export type Found = { counts: Record<string, number>; broken: string[] }

/** `count` things in all, in parts of at most `atOnce`, each on databases of its own; `npm test` runs a little of it. */
export type Suite = { count: number; atOnce: number; run(part: Part): Promise<Found> }

/** One after the other, each told by its number; what breaks ends the part and is told with that number. */
export async function each(
  { from, count }: Part,
  counts: Found['counts'],
  one: (index: number) => Promise<void>,
): Promise<Found> {
  for (let index = from; index < from + count; index++) {
    try {
      await one(index)
    } catch (error) {
      return { counts, broken: [`--from ${index} --count 1: ${(error as Error).stack}`] }
    }
  }
  return { counts, broken: [] }
}

export function joined(one: Found, other: Found): Found {
  const counts = { ...one.counts }
  for (const [what, count] of Object.entries(other.counts)) counts[what] = (counts[what] ?? 0) + count
  return { counts, broken: [...one.broken, ...other.broken] }
}

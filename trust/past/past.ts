import { parseArgs } from 'node:util'
import { freshDatabaseIn } from '#test/database.ts'
import { openInstallation } from '#test/harness.ts'
import { replayed } from '#test/past.ts'
import { startThrowawayCluster } from '#test/throwaway-cluster.ts'

/** So many histories share a database before it is thrown away. */
const AT_ONCE = 20

/**
 * Random histories, each day of which is asked for again at the end: `--seed 1 --histories 300 --days 30`. Where it
 * stopped, it goes on with the next seed.
 */
export async function run(args: string[]): Promise<boolean> {
  const { seed, histories, days } = options(args)
  const cluster = await startThrowawayCluster()
  let compared = 0
  let done = 0
  try {
    for (let from = seed; from < seed + histories; from += AT_ONCE) {
      const installation = await openInstallation(undefined, await freshDatabaseIn(cluster))
      for (let here = from; here < Math.min(from + AT_ONCE, seed + histories); here++) {
        compared += await replayed(installation, here, days)
        done++
      }
      await installation.close()
      console.log(
        `${done} histories of ${days} days, ${compared} answers told again alike; go on with --seed ${seed + done}`,
      )
    }
    return true
  } catch (error) {
    console.error(`${done} histories, ${compared} answers alike, then with --seed ${seed + done}:`, error)
    return false
  } finally {
    await cluster.stop()
  }
}

function options(args: string[]) {
  const text = (otherwise: number) => ({ type: 'string', default: String(otherwise) }) as const
  const { values } = parseArgs({ args, options: { seed: text(1), histories: text(300), days: text(30) } })
  return { seed: Number(values.seed), histories: Number(values.histories), days: Number(values.days) }
}

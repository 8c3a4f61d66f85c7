import { parseArgs } from 'node:util'
import { freshDatabaseIn } from '#test/database.ts'
import { openInstallation, openOrganization } from '#test/harness.ts'
import { openRandomCompany, type RandomCompany } from '#test/random-company.ts'
import { startThrowawayCluster } from '#test/throwaway-cluster.ts'

/** So many companies share a database before it is thrown away. */
const AT_ONCE = 25

/**
 * Companies in which everything happens by lot, each by its own seed, held against the oracle after every tenth step.
 * `--seed 1 --companies 500 --steps 200`; where it stopped, it goes on with the next seed.
 */
export async function run(args: string[]): Promise<boolean> {
  const { seed, companies, steps } = options(args)
  const cluster = await startThrowawayCluster()
  const done = { companies: 0, steps: 0, figures: 0 }
  try {
    for (let from = seed; from < seed + companies; from += AT_ONCE) {
      const installation = await openInstallation(undefined, await freshDatabaseIn(cluster))
      for (let here = from; here < Math.min(from + AT_ONCE, seed + companies); here++) {
        done.figures += await live(await openRandomCompany(await openOrganization({ on: installation }), here), steps)
        done.companies++
        done.steps += steps
      }
      await installation.close()
      console.log(`${sentence(done)}; go on with --seed ${seed + done.companies}`)
    }
    return true
  } catch (error) {
    console.error(`${sentence(done)}, then with --seed ${seed + done.companies}:`, error)
    return false
  } finally {
    await cluster.stop()
  }
}

/** Returns how many figures were compared. */
async function live(company: RandomCompany, steps: number): Promise<number> {
  try {
    for (let step = 1; step <= steps; step++) {
      await company.step()
      if (step % 10 === 0 || step === steps) await company.check()
    }
    return company.compared()
  } finally {
    await company.close()
  }
}

function sentence({ companies, steps, figures }: Record<'companies' | 'steps' | 'figures', number>): string {
  return `${companies} companies, ${steps} steps, ${figures} figures equal to the last place`
}

function options(args: string[]) {
  const text = (name: string, otherwise: number) =>
    ({ type: 'string', default: process.env[name] ?? String(otherwise) }) as const
  const { values } = parseArgs({
    args,
    options: { seed: text('SEED', 1), companies: text('COMPANIES', 500), steps: text('STEPS', 200) },
  })
  return { seed: Number(values.seed), companies: Number(values.companies), steps: Number(values.steps) }
}

import { freshDatabaseIn } from '#test/database.ts'
import { openInstallation, openOrganization } from '#test/harness.ts'
import { openRandomCompany } from '#test/random-company.ts'
import { each, type Suite } from '../suite.ts'

const STEPS = 200

/** Companies in which everything happens by lot, held against the oracle after every tenth step and at the end. */
export const suite: Suite = {
  count: 1000,
  atOnce: 25,
  run: async (part) => {
    const counts = { companies: 0, steps: 0, 'figures equal to the last place': 0 }
    const installation = await openInstallation(undefined, await freshDatabaseIn(part.cluster))
    const found = await each(part, counts, async (index) => {
      const company = await openRandomCompany(await openOrganization({ on: installation }), part.seed + index)
      try {
        for (let step = 1; step <= STEPS; step++) {
          await company.step()
          if (step % 10 === 0) await company.check()
        }
      } finally {
        await company.close()
      }
      counts.companies++
      counts.steps += STEPS
      counts['figures equal to the last place'] += company.compared()
    })
    await installation.close()
    return found
  },
}

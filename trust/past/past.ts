import { freshDatabaseIn } from '#test/database.ts'
import { openInstallation } from '#test/harness.ts'
import { replayed } from '#test/past.ts'
import { each, type Suite } from '../suite.ts'

const DAYS = 30

/** Random histories, each day of which is asked for again at the end. */
export const suite: Suite = {
  count: 300,
  atOnce: 10,
  run: async (part) => {
    const counts = { histories: 0, dates: 0, 'answers told again alike': 0 }
    const installation = await openInstallation(undefined, await freshDatabaseIn(part.cluster))
    const found = await each(part, counts, async (index) => {
      counts['answers told again alike'] += await replayed(installation, part.seed + index, DAYS)
      counts.histories++
      counts.dates += DAYS
    })
    await installation.close()
    return found
  },
}

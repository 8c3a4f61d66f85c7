import { PgBoss } from 'pg-boss'
import type { Services } from '#operations/services.ts'
import { compareFigures } from '#store/compare.ts'
import { allOrganizations } from '#store/drain.ts'
import { prune } from '#store/prune.ts'
import type { Store } from '#store/store.ts'

type Log = { error(details: unknown, message: string): void }

/** What runs once a night, on one server of an installation, whichever comes first. */
const NIGHTLY: Record<string, { cron: string; run(services: Services, log: Log): Promise<void> }> = {
  prune: { cron: '17 3 * * *', run: ({ store, clock }) => prune(store, clock()) },
  compare: { cron: '37 3 * * *', run: ({ store }, log) => compare(store, log) },
}

/** Starts the queue and its schedule, on the same database. Returns how it is stopped. */
export async function startNightly(
  databaseUrl: string,
  services: Services,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({ connectionString: databaseUrl, schema: 'jobs', max: 2 })
  boss.on('error', (error) => log.error({ error }, 'The queue of jobs has trouble'))
  await boss.start()
  for (const [name, job] of Object.entries(NIGHTLY)) {
    await boss.createQueue(name)
    await boss.schedule(name, job.cron)
    await boss.work(name, { pollingIntervalSeconds: 60 }, () => job.run(services, log))
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 5000 }) }
}

/** Every figure from the leaves up: what differs is repaired, and told loudly, for it should never happen. */
async function compare(store: Store, log: Log): Promise<void> {
  for (const organizationId of await allOrganizations(store)) {
    const repaired = await compareFigures(store, organizationId)
    if (repaired > 0)
      log.error({ organizationId, repaired }, 'Figures differed from their recomputation and were repaired')
  }
}

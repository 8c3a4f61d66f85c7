import { chmod, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startDrainer } from '#jobs/drainer.ts'
import type { Services } from '#operations/services.ts'
import { newId, randomBytes } from '#platform/chance.ts'
import { startPostgres } from '#platform/postgres/postgres.ts'
import { migrate } from '#store/migrate.ts'
import { openStore } from '#store/store.ts'

/** The embedded PostgreSQL as the product starts it, on a folder that is kept between runs. */
export async function startBench(log: (line: string) => void) {
  const folder = process.env.THROUGHLINE_BENCH ?? join(tmpdir(), 'throughline-bench')
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ folder, log })
  await migrate(postgres.url)
  const admin = new pg.Pool({ connectionString: postgres.adminUrl, max: 2 })
  await admin.query('create extension if not exists pg_stat_statements')
  await admin.query(
    'create table if not exists plain (id bigint generated always as identity primary key, organization_id uuid, value numeric, note text)',
  )
  await admin.query('grant all on plain to throughline')
  const store = openStore({ url: postgres.url, clock: () => new Date() })
  const drainer = startDrainer(store, { error: (details, message) => log(`${message} ${JSON.stringify(details)}`) })
  const services = {
    store,
    clock: () => new Date(),
    newId,
    randomBytes,
    publicUrl: 'http://localhost',
    drainer,
  } as unknown as Services
  return {
    ...{ postgres, admin, store, drainer, services },
    stop: async () => {
      await drainer.stop()
      await store.close()
      await admin.end()
      await postgres.stop()
    },
  }
}

export type Bench = Awaited<ReturnType<typeof startBench>>

import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '#platform/postgres/postgres.ts'
import { migrate } from '#store/migrate.ts'

/** What a test file needs to make databases of its own. */
export type ThrowawayCluster = { adminUrl: string; ownerUrl: string; template: string }

/** The oldest PostgreSQL that a company may bring; the store's tests run on it too where it is installed. */
export const POSTGRES_15 = '/usr/lib/postgresql/15'

export const hasPostgres15 = (): boolean => existsSync(join(POSTGRES_15, 'bin', 'initdb'))

const TEMPLATE = 'template_throughline'

/** A cluster in a temporary folder, with a migrated template database. Nothing of it outlives `stop`. */
export async function startThrowawayCluster(programs?: string): Promise<ThrowawayCluster & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-test-'))
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ folder, log: (line) => console.warn(line), fsync: false, programs })
  const ownerUrl = withDatabase(postgres.url, TEMPLATE)
  const stop = async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await makeTemplate(postgres.adminUrl)
    await migrate(ownerUrl)
  } catch (error) {
    await stop()
    throw error
  }
  return { adminUrl: postgres.adminUrl, ownerUrl, template: TEMPLATE, stop }
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`create database ${TEMPLATE} owner throughline`)
  await admin.end()
}

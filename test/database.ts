import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type ThrowawayCluster, withDatabase } from './throwaway-cluster.ts'

/** A migrated database for one test file, as the product's own role sees it. */
export type TestDatabase = {
  url: string
  /** The same database as the superuser, who sees every row. */
  adminUrl: string
  drop(): Promise<void>
}

/**
 *   const database = await freshDatabase()
 *   const pool = new pg.Pool({ connectionString: database.url })
 *   afterAll(async () => { await pool.end(); await database.drop() })
 */
export function freshDatabase(): Promise<TestDatabase> {
  return freshDatabaseIn(inject('cluster'))
}

export async function freshDatabaseIn({ adminUrl, ownerUrl, template }: ThrowawayCluster): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await tell(adminUrl, `create database ${name} template ${template} owner throughline`)
  return {
    url: withDatabase(ownerUrl, name),
    adminUrl: withDatabase(adminUrl, name),
    drop: () => tell(adminUrl, `drop database if exists ${name} with (force)`),
  }
}

async function tell(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

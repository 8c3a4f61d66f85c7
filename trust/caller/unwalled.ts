import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { ThrowawayCluster } from '#test/throwaway-cluster.ts'

/** The product's own role, but for one thing: row-level security does not hold it back. */
export async function withoutWall(
  { adminUrl }: ThrowawayCluster,
  url: string,
): Promise<{ url: string; remove(): Promise<void> }> {
  const name = `unwalled_${randomBytes(6).toString('hex')}`
  const password = randomBytes(16).toString('hex')
  const role = new URL(url).username
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`create role ${name} login password '${password}' bypassrls in role ${role}`)
  const changed = new URL(url)
  changed.username = name
  changed.password = password
  return {
    url: changed.href,
    remove: async () => {
      await admin.query(`drop role ${name}`)
      await admin.end()
    },
  }
}

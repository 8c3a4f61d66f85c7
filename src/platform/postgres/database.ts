import pg from 'pg'
import type { Cluster } from './cluster.ts'
import { LOOPBACK } from './port.ts'

const ADMIN = 'postgres'

/** The product's database, and the role that owns it: an ordinary one, so that row-level security binds it. */
export const NAME = 'throughline'

export function urlOf(cluster: Cluster, role: 'admin' | 'owner', database = NAME): string {
  const { port, adminPassword, password } = cluster.secrets
  const login = role === 'admin' ? `${ADMIN}:${adminPassword}` : `${NAME}:${password}`
  return `postgres://${login}@${LOOPBACK}:${port}/${database}`
}

/** Makes what is missing. The password file is the truth: the role follows it. */
export async function prepareDatabase(cluster: Cluster): Promise<void> {
  await as(urlOf(cluster, 'admin', 'postgres'), async (admin) => {
    if (!(await has(admin, 'select from pg_roles where rolname = $1'))) await admin.query(`create role ${NAME}`)
    await admin.query(`alter role ${NAME} login nosuperuser password '${cluster.secrets.password}'`)
    if (!(await has(admin, 'select from pg_database where datname = $1')))
      await admin.query(`create database ${NAME} owner ${NAME}`)
  })
}

async function has(client: pg.Client, query: string): Promise<boolean> {
  return (await client.query(query, [NAME])).rowCount === 1
}

async function as(url: string, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  // A connection that breaks between two statements says so at the next one.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await act(client)
  } finally {
    await client.end()
  }
}

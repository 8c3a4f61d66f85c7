import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'

const FOLDER = new URL('./migrations/', import.meta.url)

/**
 * Brings a database up to date, forward only, each migration in a transaction of its own. Several servers may start at
 * once: one migrates, the others wait. Returns the names of those it ran. Throws when the database is newer than we are.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7310011)')
    await client.query(
      'create table if not exists migrations (name text primary key, ran_at timestamptz not null default now())',
    )
    const ran = new Set(
      (await client.query<{ name: string }>('select name from migrations')).rows.map((row) => row.name),
    )
    const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
    const unknown = [...ran].filter((name) => !names.includes(name))
    if (unknown.length > 0)
      throw new Error(
        `The database was written by a newer Throughline (${unknown.join(', ')}). Start that one, or restore a backup.`,
      )
    const due = names.filter((name) => !ran.has(name))
    for (const name of due) await run(client, name)
    if (due.length > 0) await client.query('select make_past()')
    return due
  } finally {
    await client.end()
  }
}

async function run(client: pg.Client, name: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query("set local lock_timeout = '30s'")
    await client.query(await readFile(new URL(name, FOLDER), 'utf8'))
    await client.query('insert into migrations (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The migration ${name} failed`, { cause: error })
  }
}

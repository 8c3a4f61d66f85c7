import pg from 'pg'
import type { TestDatabase } from '#test/database.ts'
import type { Foreign } from './marks.ts'

/** Looked up before it is known which organization a request is about. */
const DIRECTORY = ['account_people', 'one_time_links', 'organizations', 'tries', 'migrations']

/**
 * Row-level security alone: reads every table there is as the product's role, in the name of one organization and with
 * no query of the product's. Returns what it tells of the other.
 */
export async function behindTheWall(
  { url }: TestDatabase,
  organizationId: string,
  foreign: Foreign,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind in ('r', 'v', 'm', 'p') and relnamespace = 'public'::regnamespace and relname <> all($1)`,
      [DIRECTORY],
    )
    await client.query('begin')
    await client.query(`select set_config('app.organization', $1, true)`, [organizationId])
    const told: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`)
      const ids = rows.flatMap(({ row }) => row.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [])
      told.push(...ids.filter((id) => foreign.has(id)).map((id) => `${name} tells of ${id} to another organization`))
    }
    return [...new Set(told)]
  } finally {
    await client.end()
  }
}

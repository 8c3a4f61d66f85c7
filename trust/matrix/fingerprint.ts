import type pg from 'pg'

/**
 * By table, how many rows there are and in which versions: whatever is written makes another one, also where it says the
 * same. Equal as long as nothing at all was written.
 */
type Fingerprint = Record<string, string>

/** Watches over what was refused: it may leave no trace anywhere. */
export type Watch = {
  refused(what: string): void
  /** What was refused since the last look has changed nothing; else says what may have. */
  look(): Promise<string[]>
  /** Something was done: from here on. */
  begin(): Promise<void>
}

export async function watch(database: pg.Pool): Promise<Watch> {
  let before = await fingerprintOf(database)
  let since: string[] = []
  return {
    refused: (what) => void since.push(what),
    look: async () => {
      const after = await fingerprintOf(database)
      const changed = Object.keys(after).filter((table) => after[table] !== before[table])
      const asked = since
      before = after
      since = []
      return changed.length > 0 ? [`something changed in ${changed}, though this was refused: ${asked.join('; ')}`] : []
    },
    begin: async () => {
      before = await fingerprintOf(database)
      since = []
    },
  }
}

async function fingerprintOf(database: pg.Pool): Promise<Fingerprint> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'auth') order by 1`,
  )
  const versions = tables.map(
    ({ name }) => `select '${name}' as name,
      count(*) || ' ' || coalesce(sum(hashtextextended(tableoid::text || ctid::text || xmin::text, 0)), 0) as versions from ${name}`,
  )
  const { rows } = await database.query<{ name: string; versions: string }>(versions.join(' union all '))
  return Object.fromEntries(rows.map((row) => [row.name, row.versions]))
}

import type pg from 'pg'

/** A row as the database has it; what is looked at here are ids, states and texts. */
export type Row = Record<string, unknown> & { id: string; organization_id: string }

export type Touched = { table: string; row: Row }

/** Everything that an organization has, as the superuser sees it, by table and id. */
export type Model = {
  rows(table: string): Row[]
  find(table: string, id: unknown): Row | undefined
  /** The table that a row of this id stands in. */
  tableOf(id: string): string | undefined
  /** What a change touched, as it last knew it: by now it may be gone. */
  touched(changeId: string): Touched[]
  tables: readonly string[]
}

/** Tables of an organization whose rows bear an id. */
export async function tablesWithIds(database: pg.Pool): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select c.relname as name from pg_class c
     join pg_attribute o on o.attrelid = c.oid and o.attname = 'organization_id'
     join pg_attribute i on i.attrelid = c.oid and i.attname = 'id'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  )
  return rows
    .map(({ name }) => name)
    .filter((name) => !name.endsWith('_history') && name !== 'outbox' && name !== 'audit')
}

export async function modelOf(database: pg.Pool, organizationId: string): Promise<Model> {
  const tables = new Map<string, Map<string, Row>>()
  const of = new Map<string, string>()
  for (const table of await tablesWithIds(database)) {
    const { rows } = await database.query<Row>(`select * from ${table} where organization_id = $1 order by id`, [
      organizationId,
    ])
    tables.set(table, new Map(rows.map((row) => [row.id, row])))
    for (const { id } of rows) of.set(id, table)
  }
  const itself = await database.query<Row>('select *, id as organization_id from organizations where id = $1', [
    organizationId,
  ])
  tables.set('organizations', new Map(itself.rows.map((row) => [row.id, row])))
  const touched = await touchedIn(database, organizationId)
  return {
    touched: (changeId) => touched.get(changeId) ?? [],
    tables: [...tables.keys()],
    rows: (table) => [...(tables.get(table)?.values() ?? [])],
    find: (table, id) => tables.get(table)?.get(String(id)),
    tableOf: (id) => of.get(id),
  }
}

async function touchedIn(database: pg.Pool, organizationId: string): Promise<Map<string, Touched[]>> {
  const { rows } = await database.query<{ change: string; noun: string; id: string; known: Record<string, unknown> }>(
    `select change_id as change, noun, noun_id as id, coalesce(nullif(after, 'null'), before) as known
     from change_entries where organization_id = $1`,
    [organizationId],
  )
  const touched = new Map<string, Touched[]>()
  for (const { change, noun, id, known } of rows) {
    const row = Object.fromEntries(Object.entries(known ?? {}).map(([field, value]) => [snake(field), value]))
    const one = { table: snake(noun), row: { ...row, id, organization_id: organizationId } }
    touched.set(change, [...(touched.get(change) ?? []), one])
  }
  return touched
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

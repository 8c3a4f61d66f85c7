import type pg from 'pg'
import type { Answer } from '../caller/exchange.ts'
import type { Model } from './model.ts'
import { tablesWithIds } from './model.ts'
import { type Somebody, sees } from './seeing.ts'

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Words that mean something to the product: they have to stay as they are. */
const MEANT = [
  'time_zone',
  'locale',
  'unit',
  'operation',
  'noun',
  'key',
  'etag',
  'body',
  'actor_kind',
  'email',
  'external_ref',
]

/**
 * Writes into every text of every row the row's own id. From then on a text that is told anywhere says whose it is: no
 * word of somebody else's can be told without its being seen.
 */
export async function markTexts(database: pg.Pool, now: Date): Promise<void> {
  const client = await database.connect()
  try {
    await client.query("select set_config('app.now', $1, false)", [now.toISOString()])
    for (const table of await tablesWithIds(database)) {
      const { rows } = await client.query<{ name: string }>(
        `select a.attname as name from pg_attribute a
         where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.atttypid = 'text'::regtype and a.attname <> all($2)
           and not exists (select from pg_constraint c where c.conrelid = a.attrelid and c.contype = 'c' and a.attnum = any(c.conkey)
             and cardinality(c.conkey) = 1)`,
        [table, MEANT],
      )
      for (const { name } of rows)
        await client.query(`update ${table} set "${name}" = "${name}" || ' ' || id where "${name}" is not null`)
    }
    await client.query(
      `update key_results set steps = regexp_replace(steps::text, '"title": "', '"title": "' || id || ' ', 'g')::jsonb`,
    )
    await client.query(`update organizations set name = name || ' ' || id`)
  } finally {
    client.release(true)
  }
}

/** What belongs to another organization: nothing of it may be told to anybody here. */
export type Foreign = ReadonlySet<string>

/** Rows of whose existence an answer tells somebody who does not see them; what they said themselves is no news. */
export function leaksIn(
  model: Model,
  foreign: Foreign,
  me: Somebody | null,
  said: string,
  { text, headers }: Answer,
): string[] {
  const told = new Set(`${text} ${JSON.stringify(headers)}`.match(ID) ?? [])
  const known = new Set((said.match(ID) ?? []).flatMap((id) => [id, ...doneOneself(model, me, id)]))
  return [...told].flatMap((id) => {
    if (known.has(id)) return []
    if (foreign.has(id)) return [`another organization’s ${id}`]
    const table = model.tableOf(id)
    const row = table === undefined ? undefined : model.find(table, id)
    if (table === undefined || row === undefined || me === null) return []
    return sees(model, me, table, row) ? [] : [`the row ${id} of ${table}`]
  })
}

/** What somebody touched in a change of theirs, which they ask about. */
function doneOneself(model: Model, me: Somebody | null, id: string): string[] {
  return me !== null && model.find('changes', id)?.actor_id === me.id ? model.touched(id).map(({ row }) => row.id) : []
}

export function idsOf(model: Model): Set<string> {
  return new Set(model.tables.flatMap((table) => model.rows(table).map(({ id }) => id)))
}

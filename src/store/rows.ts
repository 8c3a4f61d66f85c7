import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { refuse } from '#domain/problem.ts'
import type { Database } from './database.ts'
import type { Tx, WriteTx } from './store.ts'

/** The nouns whose every change is recorded, kept in history and can be undone: one row each, by id, with a version. */
export const RECORDED = [
  'people',
  'absences',
  'groups',
  'cycles',
  'objectives',
  'keyResults',
  'alignments',
  'contributions',
  'comments',
  'kpis',
  'alsoSupports',
  'initiatives',
  'explorations',
  'barriers',
  'services',
  'apiKeys',
] as const
export type Recorded = (typeof RECORDED)[number]

/**
 * A check-in is append-only and traced by itself; it stands in a change so that undoing the change finds it. So do
 * a KPI's values, and frozen figures that were thawed: see frozen.ts.
 */
export type Entry = {
  noun: Recorded | 'checkIns' | 'kpiValues' | 'organizations' | 'keyResultValues' | 'objectiveValues'
  id: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** What a transaction has changed so far, in order. */
export type Recorder = { readonly entries: Entry[] }

export function recorder(): Recorder {
  return { entries: [] }
}

type Row<Noun extends Recorded> = Selectable<Database[Noun]>

/** A row by id, or undefined. Writers lock nothing: their organization's structure lock keeps others out. */
export async function find<Noun extends Recorded>(tx: Tx, noun: Noun, id: string): Promise<Row<Noun> | undefined> {
  return (await tx.db
    .selectFrom(noun as 'objectives')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', id as never)
    .executeTakeFirst()) as Row<Noun> | undefined
}

export async function insert<Noun extends Recorded>(
  tx: WriteTx,
  noun: Noun,
  row: Omit<Insertable<Database[Noun]>, 'organizationId'> & { id: string },
): Promise<Row<Noun>> {
  const after = (await tx.db
    .insertInto(noun as 'objectives')
    .values(columns({ ...row, organizationId: tx.organizationId }) as never)
    .returningAll()
    .executeTakeFirstOrThrow()) as Row<Noun>
  note(tx, { noun, id: row.id, before: null, after: after as Record<string, unknown> })
  return after
}

/** Many rows at once, in their order. */
export async function insertAll<Noun extends Recorded>(
  tx: WriteTx,
  noun: Noun,
  rows: readonly (Omit<Insertable<Database[Noun]>, 'organizationId'> & { id: string })[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE)
    const written = await tx.db
      .insertInto(noun as 'objectives')
      .values(some.map((row) => columns({ ...row, organizationId: tx.organizationId })) as never)
      .returningAll()
      .execute()
    const after = new Map(written.map((row) => [row.id as string, row]))
    for (const { id } of some) note(tx, { noun, id, before: null, after: after.get(id) as Record<string, unknown> })
  }
}

// A statement takes 65,535 parameters, and no noun has more than 30 columns.
const AT_ONCE = 1000

/** Writes what differs and counts the version up; the row itself when nothing does. */
export async function update<Noun extends Recorded>(
  tx: WriteTx,
  noun: Noun,
  before: Row<Noun>,
  patch: Partial<Updateable<Database[Noun]>>,
): Promise<Row<Noun>> {
  const known = before as Record<string, unknown>
  const changed = Object.entries(patch).filter(([field, value]) => value !== undefined && !same(known[field], value))
  if (changed.length === 0) return before
  return write(tx, noun, before, Object.fromEntries(changed))
}

/** Counts the version up: what belongs to it (a link, a part) was written. */
export async function touch<Noun extends Recorded>(tx: WriteTx, noun: Noun, before: Row<Noun>): Promise<Row<Noun>> {
  return write(tx, noun, before, {})
}

/** Deletes a row, as where an insert is undone. What something else refers to by now stays, and is refused. */
export async function remove<Noun extends Recorded>(tx: WriteTx, noun: Noun, row: Row<Noun>): Promise<void> {
  const known = row as Record<string, unknown>
  await whileNothingRefersTo(
    noun,
    known.id as string,
    tx.db
      .deleteFrom(noun as 'objectives')
      .where('organizationId', '=', tx.organizationId)
      .where('id', '=', known.id as never)
      .execute(),
  )
  note(tx, { noun, id: known.id as string, before: known, after: null })
}

/** References that are checked at the commit (managers, leads, the trees) are checked now. */
export async function assertReferencesHold(tx: WriteTx, noun: string, id: string): Promise<void> {
  await whileNothingRefersTo(noun, id, sql`set constraints all immediate`.execute(tx.db))
}

async function whileNothingRefersTo(noun: string, id: string, act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error
    refuse({
      kind: 'conflict',
      rule: 'touched-since',
      reason: { key: 'problem.touched-since.reason', values: { noun, id } },
    })
  }
}

const FOREIGN_KEY_VIOLATION = '23503'

async function write<Noun extends Recorded>(
  tx: WriteTx,
  noun: Noun,
  before: Row<Noun>,
  changed: Record<string, unknown>,
): Promise<Row<Noun>> {
  const known = before as Record<string, unknown>
  const version = (known.version as number) + 1
  const after = (await tx.db
    .updateTable(noun as 'objectives')
    .set(columns({ ...changed, version }) as never)
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', known.id as never)
    .where('version', '=', known.version as number)
    .returningAll()
    .executeTakeFirst()) as Row<Noun> | undefined
  if (!after) refuse({ kind: 'stale', rule: 'stale' })
  note(tx, { noun, id: known.id as string, before: known, after: after as Record<string, unknown> })
  return after
}

/** Puts it into the change, which many may read: a secret, even hashed, is no part of that. */
export function note(tx: WriteTx, { noun, id, before, after }: Entry): void {
  tx.recorder.entries.push({ noun, id, before: withoutSecret(before), after: withoutSecret(after) })
}

function withoutSecret(row: Entry['before']): Entry['before'] {
  if (row === null || !('secretHash' in row)) return row
  const { secretHash: _, ...rest } = row
  return rest
}

// pg writes arrays as PostgreSQL arrays; what goes into a jsonb column has to be text.
function columns(row: Record<string, unknown>): Record<string, unknown> {
  const json = JSON_COLUMNS.filter((column) => row[column] != null)
  return json.length === 0
    ? row
    : { ...row, ...Object.fromEntries(json.map((column) => [column, JSON.stringify(row[column])])) }
}

const JSON_COLUMNS = ['steps', 'phases', 'cadence', 'links']

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a === 'object' && typeof b === 'object') return JSON.stringify(a) === JSON.stringify(b)
  return false
}

import { type Selectable, sql } from 'kysely'
import { type Actor, actorId } from '#domain/actor.ts'
import type { ChangeId, ExplorationId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { ChangeEntryRow, ChangeRow, OutboxRow } from './database.ts'
import { saltedHash } from './hash.ts'
import { anyOf } from './named.ts'
import type { Entry, Recorded } from './rows.ts'
import type { Tx, WriteTx } from './store.ts'
import { sees, seesKeyResult } from './visible.ts'

export type Change = Selectable<ChangeRow>
export type ChangeEntry = Selectable<ChangeEntryRow>

/** The word for each noun outside the store. */
const NOUN: Record<Recorded | 'organizations' | 'kpiValues', string> = {
  organizations: 'organization',
  people: 'person',
  absences: 'absence',
  groups: 'group',
  cycles: 'cycle',
  objectives: 'objective',
  keyResults: 'key-result',
  alignments: 'alignment',
  contributions: 'contribution',
  comments: 'comment',
  kpis: 'kpi',
  // A value is news of its KPI, as a check-in is of its Key Result.
  kpiValues: 'kpi',
  alsoSupports: 'also-supports',
  initiatives: 'initiative',
  explorations: 'exploration',
  barriers: 'barrier',
  services: 'service',
  apiKeys: 'api-key',
}

/**
 * Writes down what the transaction did: the change with its values, and for each thing touched an outbox row with
 * field names and a salted hash. Returns the change's id, or null when nothing was done.
 */
export async function record(
  tx: WriteTx,
  change: {
    id: string
    operation: string
    actor: Actor
    onBehalf: boolean
    forced: boolean
    reason: string | null
    salt: Buffer
    undoesId: ChangeId | null
  },
): Promise<ChangeId | null> {
  const { entries } = tx.recorder
  if (entries.length === 0) return null
  const { organizationId } = tx
  const id = change.id as ChangeId
  const by = { actorId: actorId(change.actor), actorKind: change.actor.kind, madeAt: tx.now }
  await tx.db
    .insertInto('changes')
    .values({
      organizationId,
      id,
      operation: change.operation,
      ...by,
      apiKeyId: change.actor.apiKeyId,
      onBehalf: change.onBehalf,
      onTheMachine: change.actor.onTheMachine ?? false,
      forced: change.forced,
      reason: change.reason,
      undoesId: change.undoesId,
      undoneById: null,
      salt: change.salt,
    })
    .execute()
  await sql`insert into change_entries (organization_id, change_id, position, noun, noun_id, before, after)
    select ${organizationId}, ${id}, (e ->> 'position')::int, e ->> 'noun', (e ->> 'id')::uuid, nullif(e -> 'before', 'null'), nullif(e -> 'after', 'null')
    from jsonb_array_elements(${JSON.stringify(entries.map((entry, position) => ({ ...entry, position })))}::jsonb) e`.execute(
    tx.db,
  )
  const rows = await outboxRows(tx, entries, change.salt)
  for (let from = 0; from < rows.length; from += 500) {
    await tx.db
      .insertInto('outbox')
      .values(
        rows.slice(from, from + 500).map((row) => ({ ...row, organizationId, id, operation: change.operation, ...by })),
      )
      .execute()
  }
  return id
}

type Told = Pick<OutboxRow, 'noun' | 'nounId' | 'objectiveId' | 'fields' | 'hash' | 'mark'>

/** One row for each thing, however often it was written in the change. */
async function outboxRows(tx: WriteTx, entries: readonly Entry[], salt: Buffer): Promise<Told[]> {
  const places = await objectivesOf(tx, entries)
  const things = new Map<string, { entry: Entry; fields: Set<string>; values: unknown[] }>()
  for (const entry of entries) {
    if (!(entry.noun in NOUN)) continue
    const id = thingOf(entry)
    const thing = things.get(id) ?? { entry, fields: new Set<string>(), values: [] }
    things.set(id, thing)
    for (const field of fieldsOf(entry)) thing.fields.add(field)
    thing.values.push([entry.before, entry.after])
  }
  return [...things].map(([id, { entry, fields, values }]) => ({
    noun: NOUN[entry.noun as keyof typeof NOUN],
    nounId: id,
    objectiveId: places.get(id) ?? null,
    fields: [...fields],
    hash: saltedHash(salt, values),
    mark: null,
  }))
}

function thingOf({ noun, id, after }: Entry): string {
  return noun === 'kpiValues' ? (after?.kpiId as string) : id
}

function fieldsOf({ before, after }: Entry): string[] {
  const fields = Object.keys(after ?? before ?? {}).filter((field) => field !== 'organizationId' && field !== 'version')
  if (!before || !after) return fields.filter((field) => (after ?? before)?.[field] !== null)
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
}

/** The Objective that decides who may know of each thing. */
async function objectivesOf(tx: Tx, entries: readonly Entry[]): Promise<Map<string, ObjectiveId>> {
  const ofKeyResult = await above(tx, 'keyResults', entries, {
    contributions: 'fromId',
    initiatives: 'keyResultId',
    comments: 'keyResultId',
  })
  const ofExploration = await above(tx, 'explorations', entries, { barriers: 'explorationId' })
  return new Map(
    entries.flatMap((entry) => {
      const row = entry.after ?? entry.before ?? {}
      const place = {
        objectives: row.id,
        keyResults: row.objectiveId,
        alignments: row.fromId,
        alsoSupports: row.fromId,
        contributions: ofKeyResult.get(row.fromId as string),
        comments: row.objectiveId ?? ofKeyResult.get(row.keyResultId as string),
        initiatives: ofKeyResult.get(row.keyResultId as string),
        explorations: row.objectiveId,
        barriers: ofExploration.get(row.explorationId as string),
      }[entry.noun as 'objectives']
      return place ? [[entry.id, place as ObjectiveId]] : []
    }),
  )
}

/** The Objective of each thing that these entries hang on, also of those that are gone by the same change. */
async function above(
  tx: Tx,
  noun: 'keyResults' | 'explorations',
  entries: readonly Entry[],
  fields: Partial<Record<Entry['noun'], string>>,
): Promise<Map<string, ObjectiveId>> {
  const ids = entries.flatMap(({ noun: of, before, after }) => {
    const field = fields[of]
    return field === undefined ? [] : [(after ?? before)?.[field] as KeyResultId & ExplorationId]
  })
  const gone = entries.flatMap(({ noun: of, id, before }): [string, ObjectiveId][] =>
    of === noun && before ? [[id, before.objectiveId as ObjectiveId]] : [],
  )
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom(noun as 'keyResults')
    .select(['id', 'objectiveId'])
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', anyOf(ids))
    .execute()
  return new Map([...gone, ...rows.map((row): [string, ObjectiveId] => [row.id, row.objectiveId])])
}

export async function findChange(tx: Tx, id: ChangeId): Promise<Change | undefined> {
  return await tx.db
    .selectFrom('changes')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What a change did, in the order it was done. */
export async function entriesOf(tx: Tx, id: ChangeId): Promise<ChangeEntry[]> {
  return await tx.db
    .selectFrom('changeEntries')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('changeId', '=', id)
    .orderBy('position')
    .execute()
}

export async function markUndone(tx: WriteTx, id: ChangeId, undoneById: ChangeId): Promise<void> {
  await tx.db
    .updateTable('changes')
    .set({ undoneById })
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', id)
    .execute()
}

/**
 * The Key Result that a row of the audit (`a`) is about: itself, the one that contributes, that work is done for, or that is
 * commented on.
 */
const KEY_RESULT = sql<KeyResultId>`case a.noun when 'key-result' then a.noun_id
  when 'contribution' then (select l.from_id from contributions l where l.organization_id = a.organization_id and l.id = a.noun_id)
  when 'initiative' then (select i.key_result_id from initiatives i where i.organization_id = a.organization_id and i.id = a.noun_id)
  when 'comment' then (select c.key_result_id from comments c where c.organization_id = a.organization_id and c.id = a.noun_id) end`

/** A comment is, unless it stands on the Objective itself. */
const OF_KEY_RESULT = sql<boolean>`(a.noun in ('key-result', 'contribution', 'initiative') or a.noun = 'comment' and not exists (
  select from comments c where c.organization_id = a.organization_id and c.id = a.noun_id and c.key_result_id is null))`

/** Whether an actor sees where it happened. What was undone is not there any more, and so nobody sees it. */
function seesWhere(actor: Actor) {
  return sql<boolean>`(o.id is not null and ${sees(actor)} and (not ${OF_KEY_RESULT} or (k.id is not null and ${seesKeyResult(actor)})))`
}

/** What happened, newest first, as far as the actor sees where it happened. `before` is a position. */
export async function listActivity(
  tx: Tx,
  actor: Actor,
  filter: { objectiveId?: ObjectiveId | undefined },
  page: { before?: number | undefined; limit: number },
) {
  return await tx.db
    .selectFrom('audit as a')
    .leftJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'a.organizationId').onRef('o.id', '=', 'a.objectiveId'),
    )
    .leftJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'a.organizationId').on('k.id', '=', KEY_RESULT),
    )
    .select([
      'a.position',
      'a.id',
      'a.operation',
      'a.actorId',
      'a.actorKind',
      'a.noun',
      'a.nounId',
      'a.fields',
      'a.madeAt',
    ])
    .where('a.organizationId', '=', tx.organizationId)
    .where('a.noun', 'not in', ['api-key', 'service'])
    .where(sql<boolean>`(a.objective_id is null or ${seesWhere(actor)})`)
    .$if(page.before !== undefined, (query) => query.where('a.position', '<', page.before as number))
    .$if(filter.objectiveId !== undefined, (query) =>
      query.where('a.objectiveId', '=', filter.objectiveId as ObjectiveId),
    )
    .orderBy('a.position', 'desc')
    .limit(page.limit)
    .execute()
}

/** What a stream tells of one thing that was done. */
export type Event = Pick<OutboxRow, 'operation' | 'noun' | 'nounId' | 'objectiveId'> & { position: number }

/** Events after a position, oldest first. `open`: every member sees where it happened; of the others see `seenOf`. */
export async function eventsAfter(tx: Tx, position: number, limit: number): Promise<(Event & { open: boolean })[]> {
  return await tx.db
    .selectFrom('audit as a')
    .leftJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'a.organizationId').onRef('o.id', '=', 'a.objectiveId'),
    )
    .leftJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'a.organizationId').on('k.id', '=', KEY_RESULT),
    )
    .select(['a.position', 'a.operation', 'a.noun', 'a.nounId', 'a.objectiveId'])
    .select(
      sql<boolean>`a.objective_id is null or (o.state not in ('draft', 'discarded') and o.visibility = 'everyone'
        and (not ${OF_KEY_RESULT} or k.state not in ('draft', 'discarded')))`.as('open'),
    )
    .where('a.organizationId', '=', tx.organizationId)
    .where('a.position', '>', position)
    .where('a.noun', 'not in', ['api-key', 'service'])
    .orderBy('a.position')
    .limit(limit)
    .execute()
}

/** Of these positions, those whose place the actor sees. */
export async function seenOf(tx: Tx, actor: Actor, positions: readonly number[]): Promise<Set<number>> {
  if (positions.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('audit as a')
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'a.organizationId').onRef('o.id', '=', 'a.objectiveId'),
    )
    .leftJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'a.organizationId').on('k.id', '=', KEY_RESULT),
    )
    .select('a.position')
    .where('a.organizationId', '=', tx.organizationId)
    .where(sql<boolean>`a.position = any(${[...positions]}::bigint[])`)
    .where(seesWhere(actor))
    .execute()
  return new Set(rows.map((row) => row.position))
}

export async function lastPosition(tx: Tx): Promise<number> {
  const row = await tx.db
    .selectFrom('audit')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('organizationId', '=', tx.organizationId)
    .executeTakeFirst()
  return Number(row?.last ?? 0)
}

import { sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { ObjectiveId } from '#domain/id.ts'
import type { Searchable } from '#domain/search.ts'
import type { Tx } from './store.ts'
import { seesPlace } from './visible.ts'

/** Something that was found, with the words it was found by. A comment is called by what it stands on. */
export type Hit = {
  noun: Searchable
  id: string
  title: string | null
  body: string | null
  keyResultTitle: string | null
  objectiveId: ObjectiveId | null
  objectiveTitle: string | null
  updatedAt: string
}

/** The words of what was asked for, as the database compares them. */
export async function wordsAsked(tx: Tx, text: string): Promise<string[]> {
  const { rows } = await sql<{ words: string[] }>`select search_words(${text}) as words`.execute(tx.db)
  return rows[0]?.words ?? []
}

/**
 * What the actor sees of what holds all these words, the last one as a beginning; what was made last comes first.
 * Shelf by shelf, so that neither a rare word nor a common one costs more than a page is worth (docs/decisions).
 */
export async function findHits(
  tx: Tx,
  actor: Actor,
  { words, noun }: { words: readonly string[]; noun: Searchable | null },
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Hit[]> {
  const begin = await beginning(tx, after)
  const hits: Hit[] = []
  let newest = begin?.shelf ?? -1
  for (let most = 1; hits.length < limit && newest >= 0; most = Math.min(most * 4, MOST)) {
    const shelves = await walk(tx, words, noun, newest, most)
    if (shelves.length > 0)
      hits.push(...(await hitsOn(tx, actor, shelves, words, noun, begin as Place, limit - hits.length)))
    newest = shelves.length < most ? -1 : (shelves.at(-1) as number) - 1
  }
  return hits
}

/** Shelves that are looked through at once: few at first, since a common word fills the page from the first. */
const MOST = 64

type Place = { shelf: number; before: number }

/** Where a page begins: at the end, or before what the last one ended with (should that be gone, before where it was). */
async function beginning({ db, organizationId }: Tx, after: string | undefined): Promise<Place | undefined> {
  const { rows } = after
    ? await sql<Place>`select shelf, position + (noun_id <> ${after}::uuid)::int as before from search_entries
        where organization_id = ${organizationId} and noun_id <= ${after}::uuid order by noun_id desc limit 1`.execute(
        db,
      )
    : await sql<Place>`select shelf, position + 1 as before from search_entries
        where organization_id = ${organizationId} order by shelf desc, position desc limit 1`.execute(db)
  return rows[0]
}

async function walk(
  { db, organizationId }: Tx,
  words: readonly string[],
  noun: Searchable | null,
  newest: number,
  most: number,
): Promise<number[]> {
  const { rows } = await sql<{ shelf: number }>`
    select search_walk(${organizationId}, ${words}::text[], ${noun}, ${newest}, ${most}) as shelf`.execute(db)
  return rows.map(({ shelf }) => shelf)
}

/**
 * Only what is found is looked at closer. Row-level security lets an index be used only where no function could tell of
 * a row: of those that choose between two columns `case` is one, `coalesce` is not.
 */
async function hitsOn(
  { db, organizationId }: Tx,
  actor: Actor,
  shelves: readonly number[],
  words: readonly string[],
  noun: Searchable | null,
  { before }: Place,
  limit: number,
): Promise<Hit[]> {
  const { rows } = await sql<Hit>`
    select f.noun, f.id, s.title, s.body, f.key_result_title, f.objective_id, f.objective_title, f.updated_at
    from (
      select e.noun, e.noun_id as id, e.position, e.updated_at, k.title as key_result_title, o.id as objective_id, o.title as objective_title
      from unnest(${shelves}::int[]) as on_shelf(shelf)
      cross join lateral (
        select * from search_entries e
        where e.organization_id = ${organizationId} and e.shelf = on_shelf.shelf and e.position < ${before}
          and e.words @@ (select search_query(${words}::text[])) and (${noun}::text is null or e.noun = ${noun})
      ) e
      left join key_results k on k.organization_id = e.organization_id and k.id = e.key_result_id
      left join objectives o on o.organization_id = e.organization_id
        and o.id = case when e.key_result_id is null then e.objective_id else k.objective_id end
      where (e.objective_id is null and e.key_result_id is null) or ${seesPlace(actor)}
      order by e.position desc
      limit ${limit}
    ) f
    join searchable s on s.organization_id = ${organizationId} and s.id = f.id and s.noun = f.noun
    order by f.position desc`.execute(db)
  return rows
}

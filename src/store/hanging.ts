import { sql } from 'kysely'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type AlsoSupports, alsoSupportsTo } from './also-supports.ts'
import type { Comment } from './comments.ts'
import { type Alignment, alignmentsTo, type Contribution, contributionsFrom, contributionsTo } from './links.ts'
import { anyOf } from './named.ts'
import type { Tx } from './store.ts'

/** What others have built on an Objective or on its Key Results, accepted and offered alike, whoever sees it. */
export type Hanging = {
  alignments: Alignment[]
  alsoSupports: AlsoSupports[]
  contributions: Contribution[]
  /** Key Results that were reported on. */
  reported: { id: KeyResultId; title: string }[]
  /** What people say to it, or to its Key Results. */
  comments: Comment[]
  /** How often it was explored. */
  explorations: number
}

/** Those Objectives on which something hangs, with what it is. */
export async function hangingOn(tx: Tx, ids: readonly ObjectiveId[]): Promise<Map<ObjectiveId, Hanging>> {
  const found = new Map<ObjectiveId, Hanging>()
  const on = (id: ObjectiveId) => {
    const known = found.get(id) ?? {
      alignments: [],
      alsoSupports: [],
      contributions: [],
      reported: [],
      comments: [],
      explorations: 0,
    }
    found.set(id, known)
    return known
  }
  if (ids.length === 0) return found
  for (const link of await alignmentsTo(tx, ids)) on(link.toId).alignments.push(link)
  for (const link of await alsoSupportsTo(tx, ids)) on(link.toId).alsoSupports.push(link)
  for (const { objectiveId } of await explorationsOf(tx, ids)) on(objectiveId).explorations++
  const keyResults = await keyResultsOf(tx, ids)
  for (const { id, title, objectiveId, reported } of keyResults)
    if (reported) on(objectiveId).reported.push({ id, title })
  const homes = new Map(keyResults.map((row) => [row.id, row.objectiveId]))
  for (const comment of await commentsOn(tx, ids)) {
    const home = comment.objectiveId ?? homes.get(comment.keyResultId as KeyResultId)
    if (home) on(home).comments.push(comment)
  }
  const all = [...homes.keys()]
  const links = [...(await contributionsFrom(tx, all)), ...(await contributionsTo(tx, all))]
  for (const link of new Map(links.map((one) => [one.id, one])).values())
    for (const home of new Set([homes.get(link.fromId), homes.get(link.toId)]))
      if (home) on(home).contributions.push(link)
  return found
}

async function keyResultsOf(tx: Tx, ids: readonly ObjectiveId[]) {
  return await tx.db
    .selectFrom('keyResults as k')
    .select(['k.id', 'k.title', 'k.objectiveId'])
    .select(
      sql<boolean>`exists (select from check_ins c where c.organization_id = k.organization_id and c.key_result_id = k.id and not c.takes_back
        and not exists (select from check_ins x where x.organization_id = c.organization_id and x.corrects_id = c.id))`.as(
        'reported',
      ),
    )
    .where('k.organizationId', '=', tx.organizationId)
    .where('k.objectiveId', '=', anyOf(ids))
    .where('k.state', '<>', 'discarded')
    .orderBy('k.id')
    .execute()
}

/** On the Objectives, their Key Results, and the check-ins of those. */
async function commentsOn(tx: Tx, ids: readonly ObjectiveId[]): Promise<Comment[]> {
  return await tx.db
    .selectFrom('comments as c')
    .leftJoin('keyResults as k', (join) =>
      join.onRef('k.organizationId', '=', 'c.organizationId').onRef('k.id', '=', 'c.keyResultId'),
    )
    .selectAll('c')
    .where('c.organizationId', '=', tx.organizationId)
    .where('c.deletedAt', 'is', null)
    .where((eb) => eb.or([eb('c.objectiveId', '=', anyOf(ids)), eb('k.objectiveId', '=', anyOf(ids))]))
    .orderBy('c.id')
    .execute()
}

async function explorationsOf(tx: Tx, ids: readonly ObjectiveId[]) {
  return await tx.db
    .selectFrom('explorations')
    .select('objectiveId')
    .where('organizationId', '=', tx.organizationId)
    .where('objectiveId', '=', anyOf(ids))
    .execute()
}

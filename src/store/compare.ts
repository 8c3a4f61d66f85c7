import { sql } from 'kysely'
import type { KeyResultId, ObjectiveId, OrganizationId } from '#domain/id.ts'
import { withClient } from './client.ts'
import { drainWithin } from './drain.ts'
import { settle } from './settle.ts'
import { type Execute, executeOn, HOT_PLANS, type Statement } from './statement.ts'
import { DRAIN, type Store } from './store.ts'

/** So many Key Results at a time, each time in a transaction of its own: reports go on meanwhile. */
const CHUNK = 2000

/**
 * Recomputes every figure of an organization from the leaves up and writes what differs. Returns how many differed: more
 * than none means that something has gone wrong elsewhere.
 */
export async function compareFigures(store: Store, organizationId: OrganizationId): Promise<number> {
  let repaired = 0
  for (let after: KeyResultId | undefined; ; ) {
    const chunk = await nextKeyResults(store, organizationId, after)
    if (chunk.length === 0) return repaired
    repaired += await compareChunk(store, organizationId, chunk)
    after = chunk.at(-1)
  }
}

async function nextKeyResults(store: Store, organizationId: OrganizationId, after: KeyResultId | undefined) {
  return await store.read(organizationId, async (tx) => {
    const { rows } = await sql<{ id: KeyResultId }>`select id from key_results where organization_id = ${organizationId}
      and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid) order by id limit ${CHUNK}`.execute(tx.db)
    return rows.map((row) => row.id)
  })
}

async function compareChunk(store: Store, organizationId: OrganizationId, ids: KeyResultId[]): Promise<number> {
  return await withClient(store.pool, async (client) => {
    await client.query(
      `begin; ${HOT_PLANS}; select set_config('app.organization', '${organizationId}', true), pg_advisory_xact_lock(${DRAIN}, hashtext('${organizationId}'))`,
    )
    const execute = executeOn(client)
    await drainWithin(execute, organizationId, store.now())
    const objectiveIds = await objectivesOf(execute, organizationId, ids)
    const before = await figuresOf(execute, organizationId, ids, objectiveIds)
    await settle(execute, organizationId, { keyResults: new Set(ids), objectives: new Set(objectiveIds) })
    const after = await figuresOf(execute, organizationId, ids, objectiveIds)
    await client.query('commit')
    return after.filter((figure, index) => figure !== before[index]).length
  })
}

async function objectivesOf(
  execute: Execute,
  organizationId: OrganizationId,
  ids: KeyResultId[],
): Promise<ObjectiveId[]> {
  return (await execute<{ id: ObjectiveId }>(OBJECTIVES, [organizationId, ids])).map((row) => row.id)
}

async function figuresOf(
  execute: Execute,
  organizationId: OrganizationId,
  ids: KeyResultId[],
  objectiveIds: ObjectiveId[],
): Promise<string[]> {
  return (await execute<{ figure: string }>(FIGURES, [organizationId, ids, objectiveIds])).map((row) => row.figure)
}

const OBJECTIVES: Statement = {
  name: 'compare.objectives',
  text: 'select distinct objective_id as id from key_results where organization_id = $1 and id = any($2::uuid[])',
}

const FIGURES: Statement = {
  name: 'compare.figures',
  text: `
select concat_ws(' ', key_result_id, current, progress) as figure from key_result_values where organization_id = $1 and key_result_id = any($2::uuid[])
union all
select concat_ws(' ', objective_id, progress) from objective_values where organization_id = $1 and objective_id = any($3::uuid[])
order by 1`,
}

import type pg from 'pg'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { settle } from '#store/settle.ts'
import { executeIn } from '#store/statement.ts'
import type { Company } from './company.ts'
import type { Bench } from './server.ts'

/** How many figures differ from a recomputation of everything from the leaves up; it must be none. */
export async function wrongFigures(bench: Bench, company: Company): Promise<number> {
  const { admin } = bench
  const { organizationId } = company
  await admin.query('drop table if exists kept_values, kept_progress')
  await admin.query(
    'create table kept_values as select key_result_id, current, progress from key_result_values where organization_id = $1',
    [organizationId],
  )
  await admin.query(
    'create table kept_progress as select objective_id, progress from objective_values where organization_id = $1',
    [organizationId],
  )
  await recomputeAll(bench, company)
  const { rows } = await admin.query<{ wrong: string }>(
    `select (select count(*) from kept_values k join key_result_values v on v.organization_id = $1 and v.key_result_id = k.key_result_id
        where (k.current, k.progress) is distinct from (v.current, v.progress))
      + (select count(*) from kept_progress k join objective_values v on v.organization_id = $1 and v.objective_id = k.objective_id
        where k.progress is distinct from v.progress) as wrong`,
    [organizationId],
  )
  await admin.query('drop table kept_values, kept_progress')
  return Number(rows[0]?.wrong)
}

async function recomputeAll(bench: Bench, { organizationId }: Company): Promise<void> {
  const keyResults = await idsOf<KeyResultId>(bench.admin, 'key_results', organizationId)
  const objectives = await idsOf<ObjectiveId>(bench.admin, 'objectives', organizationId)
  await bench.store.write(organizationId, async (tx) => {
    await settle(executeIn(tx.db), organizationId, { keyResults: new Set(keyResults), objectives: new Set(objectives) })
  })
}

async function idsOf<Id>(pool: pg.Pool, table: string, organizationId: string): Promise<Id[]> {
  return (
    await pool.query<{ id: Id }>(`select id from ${table} where organization_id = $1`, [organizationId])
  ).rows.map((row) => row.id)
}

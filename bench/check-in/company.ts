import { createHash } from 'node:crypto'
import pg from 'pg'
import type { KeyResultId, OrganizationId, PersonId } from '#domain/id.ts'

/** An organization of so many Key Results in eight levels, every one with its owner, its Objective and its figures. */
export type Company = { organizationId: OrganizationId; ownerId: PersonId; leaves: KeyResultId[]; keyResults: number }

const LEVELS = 8
const ROOTS = 5
/** Each Objective has three: one sums, one averages, one is summed into by shares. */
const PER_OBJECTIVE = 3

/** Makes it where the database does not hold it yet. Rows go in in bulk, with what hangs on each row switched off. */
export async function makeCompany(adminUrl: string, size: number): Promise<Company> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const organizationId = idOf(`organization ${size}`) as OrganizationId
    const ownerId = idOf(`owner ${size}`) as PersonId
    const { rowCount } = await client.query('select from organizations where id = $1', [organizationId])
    if (rowCount === 0) await load(client, organizationId, ownerId, size)
    const leaves = await client.query<{ id: KeyResultId }>(
      `select k.id from key_results k where k.organization_id = $1
       and not exists (select from contributions l where l.organization_id = $1 and l.to_id = k.id) order by random() limit 200000`,
      [organizationId],
    )
    const all = await client.query<{ count: string }>('select count(*) from key_results where organization_id = $1', [
      organizationId,
    ])
    return { organizationId, ownerId, leaves: leaves.rows.map((row) => row.id), keyResults: Number(all.rows[0]?.count) }
  } finally {
    await client.end()
  }
}

async function load(client: pg.Client, organizationId: OrganizationId, ownerId: PersonId, size: number): Promise<void> {
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  await client.query("insert into organizations (id, name, time_zone, created_at) values ($1, $2, 'UTC', now())", [
    organizationId,
    `Company of ${size}`,
  ])
  await client.query("insert into people (organization_id, id, name, role) values ($1, $2, 'Owner', 'member')", [
    organizationId,
    ownerId,
  ])
  await client.query(
    "insert into cycles (organization_id, id, name, starts_on, ends_on) values ($1, $2, 'Cycle', current_date - 60, current_date + 60)",
    [organizationId, idOf(`cycle ${size}`)],
  )
  await client.query('create temp table tree (number int, parent int, level int) on commit drop')
  await client.query(
    'insert into tree select number, parent, level from unnest($1::int[], $2::int[], $3::int[]) t(number, parent, level)',
    columnsOf(treeOf(size)),
  )
  for (const statement of STATEMENTS)
    await client.query(
      statement
        .replaceAll('$org', `'${organizationId}'::uuid`)
        .replaceAll('$owner', `'${ownerId}'::uuid`)
        .replaceAll('$cycle', `'${idOf(`cycle ${size}`)}'::uuid`),
    )
  await client.query('commit')
  await client.query('vacuum analyze')
}

type Node = { number: number; parent: number | null; level: number }

/** Objectives in eight levels, each level so much wider than the one above that all together have the size asked for. */
function treeOf(size: number): Node[] {
  const objectives = size / PER_OBJECTIVE
  const branching = widthFor(objectives)
  const nodes: Node[] = []
  let above: Node[] = []
  for (let level = 0; level < LEVELS; level++) {
    const count = Math.round(ROOTS * branching ** level)
    const here = Array.from({ length: count }, (_, index) => ({
      number: nodes.length + index,
      parent: above.length > 0 ? (above[Math.floor((index * above.length) / count)] as Node).number : null,
      level,
    }))
    for (const node of here) nodes.push(node)
    above = here
  }
  return nodes
}

function widthFor(objectives: number): number {
  let low = 1
  let high = 20
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    let sum = 0
    for (let level = 0; level < LEVELS; level++) sum += ROOTS * middle ** level
    if (sum < objectives) low = middle
    else high = middle
  }
  return low
}

function columnsOf(nodes: readonly Node[]): unknown[] {
  return [nodes.map((node) => node.number), nodes.map((node) => node.parent), nodes.map((node) => node.level)]
}

function idOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const STATEMENTS = [
  'create temp table slots (number int, parent int, level int, slot int, id uuid, above uuid) on commit drop',
  `insert into slots
     select t.number, t.parent, t.level, slot, md5($org || ' k ' || t.number || ' ' || slot)::uuid, md5($org || ' k ' || t.parent || ' ' || slot)::uuid
     from tree t cross join generate_series(0, ${PER_OBJECTIVE - 1}) slot`,
  `insert into objectives (organization_id, id, title, level, lead_id, cycle_id, state, created_at)
     select $org, md5($org || ' o ' || number)::uuid, 'Objective ' || number, 'company', $owner, $cycle, 'published', now() from tree`,
  `insert into alignments (organization_id, id, from_id, to_id, state, offered_by, offered_at)
     select $org, md5($org || ' a ' || number)::uuid, md5($org || ' o ' || number)::uuid, md5($org || ' o ' || parent)::uuid, 'accepted', 'below', now() from tree where parent is not null`,
  `insert into key_results (organization_id, id, objective_id, title, owner_id, deadline, measure_kind, start_value, target_value, unit, state, created_at)
     select $org, id, md5($org || ' o ' || number)::uuid, 'Key Result ' || number, $owner, current_date + 30, 'increase', 0, 100, 'customers', 'published', now() from slots`,
  `insert into contributions (organization_id, id, from_id, to_id, within_objective, roll_up, share, state, offered_by, offered_at)
     select $org, md5('c' || id)::uuid, id, above, false, case slot when 1 then 'average' else 'sum' end, case slot when 2 then 30 end, 'accepted', 'below', now() from slots where parent is not null`,
  `insert into key_result_values (organization_id, key_result_id, own, current, numerator, denominator, progress) select $org, id, 0, 0, 0, 100, 0 from slots`,
  `insert into objective_values (organization_id, objective_id, progress) select $org, md5($org || ' o ' || number)::uuid, 0 from tree`,
]

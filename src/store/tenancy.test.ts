import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, type Organization, openInstallation, openOrganization } from '#test/harness.ts'

/** The second wall: what the database shows and lets in, should a statement ever forget whose it is. */
let installation: Installation
let marram: Organization
let strand: Organization
let tables: string[]
let product: pg.Client
let everything: pg.Client

/** Looked up before it is known which organization a request is about. */
const DIRECTORY = ['account_people', 'one_time_links']

beforeAll(async () => {
  installation = await openInstallation()
  marram = await liveIn('Marram')
  strand = await liveIn('Strandhavn')
  product = new pg.Client({ connectionString: installation.database.url })
  everything = new pg.Client({ connectionString: installation.database.adminUrl })
  await Promise.all([product.connect(), everything.connect()])
  const { rows } = await everything.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`,
  )
  tables = rows.map((row) => row.name).filter((name) => !DIRECTORY.includes(name))
})
afterAll(async () => {
  await Promise.all([product.end(), everything.end()])
  await installation.close()
})

/** An organization with something in every table. */
async function liveIn(name: string): Promise<Organization> {
  const organization = await openOrganization({ name, on: installation })
  const { administrator } = organization
  const ingrid = await administrator.call('people.create', { name: `Ingrid of ${name}` })
  await administrator.call('groups.create', { name: `Sales of ${name}`, leadId: ingrid.id })
  await administrator.call('people.announce-absence', { id: ingrid.id, from: '2026-12-21', until: '2027-01-03' })
  const cycle = await administrator.call('cycles.create', { name, startsOn: '2026-10-01', endsOn: '2026-12-31' })
  const [company, group] = [
    await administrator.call('objectives.create', {
      title: name,
      level: 'company',
      cycleId: cycle.id,
      leadId: ingrid.id,
    }),
    await administrator.call('objectives.create', {
      title: name,
      level: 'group',
      cycleId: cycle.id,
      leadId: ingrid.id,
    }),
  ]
  const keyResults = []
  for (const { id } of [company, group]) {
    const measure = { kind: 'increase' as const, start: 0, target: 100, unit: 'USD' }
    const body = { id, title: name, ownerId: ingrid.id, deadline: '2026-12-31', measure }
    keyResults.push((await administrator.call('key-results.create', body)).id)
    await administrator.call('objectives.publish', { id })
  }
  const [above, below] = keyResults as [(typeof keyResults)[0], (typeof keyResults)[0]]
  await administrator.call('objectives.align', { id: group.id, toObjectiveId: company.id })
  await administrator.call('key-results.contribute', { id: below, toKeyResultId: above, rollUp: 'sum' })
  await administrator.call('check-ins.make', { id: below, value: 10 }, { idempotencyKey: name })
  await administrator.call('key-results.comment', { id: below, text: name })
  const kpi = await administrator.call('kpis.create', { name, unit: '%', ownerId: ingrid.id })
  await administrator.call('kpis.report', { id: kpi.id, value: 1 })
  const beside = { title: name, level: 'group' as const, cycleId: cycle.id, leadId: ingrid.id }
  const { id } = await administrator.call('objectives.create', beside)
  await administrator.call('objectives.also-support', { id, objectiveId: company.id })
  await administrator.call('initiatives.create', { id: below, title: name, leadId: ingrid.id })
  await administrator.call('explorations.open', { id: company.id, barriers: [name] })
  await administrator.call('api-keys.create', { name, service: { name, role: 'member' } })
  installation.clock.pass(24 * 60 * 60 * 1000)
  await organization.drain()
  await administrator.call('check-ins.make', { id: below, value: 20 })
  return organization
}

/** Runs as the product does, under an organization's setting or under none; nothing stays. */
async function under<T>(organization: Organization | null, act: () => Promise<T>): Promise<T> {
  await product.query('begin')
  try {
    if (organization) await product.query(`select set_config('app.organization', $1, true)`, [organization.id])
    return await act()
  } finally {
    await product.query('rollback')
  }
}

async function count(client: pg.Client, table: string, where = 'true', ...values: unknown[]): Promise<number> {
  const { rows } = await client.query(`select count(*)::int as rows from ${table} where ${where}`, values)
  return rows[0].rows
}

describe('Row-level security', () => {
  test('is proved on tables that hold something of both organizations', async () => {
    const empty = []
    for (const table of tables)
      for (const { id } of [marram, strand])
        if ((await count(everything, table, 'organization_id = $1', id)) === 0) empty.push(table)
    expect(empty).toEqual([])
    expect(tables.length).toBeGreaterThan(20)
  })

  test('is on for every table of an organization, and for its owner too', async () => {
    const { rows } = await everything.query(
      `select relname from pg_class where relname = any($1) and relnamespace = 'public'::regnamespace
       and not (relrowsecurity and relforcerowsecurity)`,
      [tables],
    )
    expect(rows).toEqual([])
  })

  test('is not passed by the role that the product connects as', async () => {
    const { rows } = await product.query('select rolsuper, rolbypassrls from pg_roles where rolname = current_user')
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }])
  })

  test('shows nothing to whoever has not said whose transaction it is', async () => {
    for (const table of tables) expect(await under(null, () => count(product, table)), table).toBe(0)
  })

  test('shows an organization its own rows, all of them and no others', async () => {
    for (const table of tables) {
      const own = await count(everything, table, 'organization_id = $1', marram.id)
      expect(await under(marram, () => count(product, table)), table).toBe(own)
      expect(await under(marram, () => count(product, table, 'organization_id = $1', strand.id)), table).toBe(0)
    }
  })

  test('lets nobody change or remove a foreign row', async () => {
    for (const table of tables) {
      const touched = await under(marram, async () => {
        const changed = await product.query(
          `update ${table} set organization_id = organization_id where organization_id = $1`,
          [strand.id],
        )
        const removed = await product.query(`delete from ${table} where organization_id = $1`, [strand.id])
        return [changed.rowCount, removed.rowCount]
      })
      expect(touched, table).toEqual([0, 0])
    }
  })

  test('lets nobody move a row to another organization, or put one there', async () => {
    for (const table of tables) {
      const move = under(marram, () => product.query(`update ${table} set organization_id = $1`, [strand.id]))
      await expect(move, table).rejects.toThrow(/row-level security|foreign key|immediate/)
      const copy = under(marram, async () => {
        const { rows } = await product.query(`select * from ${table} limit 1`)
        const columns = Object.keys(rows[0]).map((name) => `"${name}"`)
        const from = columns.map((name) => (name === '"organization_id"' ? '$1' : name))
        return product.query(`insert into ${table} (${columns}) select ${from} from ${table} limit 1`, [strand.id])
      })
      await expect(copy, table).rejects.toThrow('row-level security')
    }
  })

  test('ends with the transaction: a pooled connection carries no organization over', async () => {
    await under(marram, () => count(product, 'objectives'))
    expect(await count(product, 'objectives')).toBe(0)
  })
})

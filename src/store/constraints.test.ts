import pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Organization, openOrganization } from '#test/harness.ts'

/** What the database itself refuses, whatever the code above it has forgotten to ask. */
let marram: Organization
let admin: pg.Client
let objectives: string[]
let keyResults: string[]

beforeAll(async () => {
  marram = await openOrganization()
  const { administrator, database } = marram
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  const ingrid = await administrator.call('people.create', { name: 'Ingrid Solheim' })
  const quarter = { name: 'Q4 2026', startsOn: '2026-10-01', endsOn: '2026-12-31' }
  const cycle = await administrator.call('cycles.create', quarter)
  objectives = []
  keyResults = []
  for (const title of ['Grow beyond our home waters', 'Sell where the rivers are', 'Be easy to buy']) {
    const objective = { title, level: 'group' as const, cycleId: cycle.id, leadId: ingrid.id }
    objectives.push((await administrator.call('objectives.create', objective)).id)
  }
  for (const title of ['New sales', 'New sales in North America', 'New customers']) {
    const measure = { kind: 'increase' as const, start: 0, target: 100, unit: 'USD' }
    const body = { id: objectives[0] as never, title, ownerId: ingrid.id, measure, deadline: '2026-12-31' }
    keyResults.push((await administrator.call('key-results.create', body)).id)
  }
})
afterAll(async () => {
  await admin.end()
  await marram.close()
})

/** The constraint that stood against it, or that nothing did. */
async function constraintAgainst(statement: string, ...values: unknown[]): Promise<string> {
  await admin.query('begin')
  try {
    await admin.query(statement, [marram.id, ...values])
    return 'nothing'
  } catch (error) {
    return (error as { constraint?: string }).constraint ?? String(error)
  } finally {
    await admin.query('rollback')
  }
}

const changed = (set: string) =>
  constraintAgainst(`update key_results set ${set} where organization_id = $1 and id = $2`, keyResults[0])

describe('A Key Result', () => {
  test('is published with a measure, or marked as not conforming', async () => {
    expect(await changed(`state = 'published'`)).toBe('nothing')
    for (const gap of ['start_value', 'target_value', 'unit', 'measure_kind'])
      expect(await changed(`state = 'published', ${gap} = null`), gap).toBe('measurable')
    expect(await changed(`state = 'published', measure_kind = 'milestone'`)).toBe('measurable')
    expect(await changed(`state = 'published', measure_kind = 'milestone', evidence = 'Signed'`)).toBe('nothing')
    expect(await changed(`state = 'published', unit = null, conforms = false`)).toBe('nothing')
    expect(await changed(`state = 'draft', unit = null`)).toBe('nothing')
    for (const state of ['postponed', 'closed', 'cancelled'])
      expect(await changed(`state = '${state}', unit = null`), state).toBe('measurable')
  })

  test('is published with a deadline', async () => {
    expect(await changed(`state = 'published', deadline = null`)).toBe('time_bound')
    expect(await changed(`state = 'draft', deadline = null`)).toBe('nothing')
  })

  test('and its Objective are published with a title', async () => {
    expect(await changed(`state = 'published', title = ''`)).toBe('titled')
    expect(await changed(`title = ''`)).toBe('nothing')
    const objective = (set: string) =>
      constraintAgainst(`update objectives set ${set} where organization_id = $1 and id = $2`, objectives[0])
    expect(await objective(`state = 'published', title = ''`)).toBe('titled')
    expect(await objective(`title = ''`)).toBe('nothing')
  })

  test('has its target on the side to which it moves, also as a draft', async () => {
    expect(await changed(`target_value = 0`)).toMatch(/check/)
    expect(await changed(`target_value = -1`)).toMatch(/check/)
    expect(await changed(`measure_kind = 'decrease'`)).toMatch(/check/)
    expect(await changed(`measure_kind = 'decrease', target_value = -1`)).toBe('nothing')
    expect(await changed(`target_value = null`)).toBe('nothing')
  })

  test('weighs nothing or more, and keeps nothing or more', async () => {
    expect(await changed('weight = -0.000001')).toBe('key_results_weight_check')
    expect(await changed('kept = -1')).toBe('key_results_kept_check')
  })

  test('has an owner and an Objective of its own organization', async () => {
    expect(await changed('owner_id = null')).toMatch(/null value in column "owner_id"/)
    expect(await changed(`owner_id = '${v7()}'`)).toBe('key_results_organization_id_owner_id_fkey')
    expect(await changed(`objective_id = '${v7()}'`)).toBe('key_results_organization_id_objective_id_fkey')
  })
})

const aligned = (from: number, to: number, state: string) =>
  `insert into alignments (organization_id, id, from_id, to_id, state, offered_by, offered_at)
   values ($1, gen_random_uuid(), '${objectives[from]}', '${objectives[to]}', '${state}', 'below', now());`
const contributing = (from: number, to: number, state: string, rollUp = 'sum', share = 'null') =>
  `insert into contributions (organization_id, id, from_id, to_id, roll_up, share, state, offered_by, offered_at, within_objective)
   values ($1, gen_random_uuid(), '${keyResults[from]}', '${keyResults[to]}', '${rollUp}', ${share}, '${state}', 'below', now(), true);`
const beside = (from: number, to: number) =>
  `insert into also_supports (organization_id, id, from_id, to_id, made_at)
   values ($1, gen_random_uuid(), '${objectives[from]}', '${objectives[to]}', now());`
const both = (...statements: string[]) => {
  const [last, ...rest] = statements.toReversed()
  return constraintAgainst(
    `with ${rest.map((one, index) => `s${index} as (${one.replace(';', ' returning 1')})`)} ${last}`,
  )
}

describe('A link', () => {
  test('is the one that is accepted, from each Objective and from each Key Result', async () => {
    expect(await both(aligned(0, 1, 'accepted'), aligned(0, 2, 'accepted'))).toBe('alignments_accepted')
    expect(await both(contributing(0, 1, 'accepted'), contributing(0, 2, 'accepted'))).toBe('contributions_accepted')
  })

  test('is the one that is offered, beside an accepted one', async () => {
    expect(await both(aligned(0, 1, 'offered'), aligned(0, 2, 'offered'))).toBe('alignments_offered')
    expect(await both(contributing(0, 1, 'offered'), contributing(0, 2, 'offered'))).toBe('contributions_offered')
    expect(await both(aligned(0, 1, 'accepted'), aligned(0, 2, 'offered'))).toBe('nothing')
    expect(await both(contributing(0, 1, 'accepted'), contributing(0, 2, 'offered'))).toBe('nothing')
  })

  test('leaves any number behind that were declined and ended', async () => {
    expect(await both(aligned(0, 1, 'ended'), aligned(0, 1, 'ended'), aligned(0, 1, 'declined'))).toBe('nothing')
  })

  test('beside the alignment is there once', async () => {
    expect(await both(beside(0, 1), beside(0, 2), beside(1, 0))).toBe('nothing')
    expect(await both(beside(0, 1), beside(0, 1))).toBe('also_supports_once')
    expect(await constraintAgainst(beside(0, 0))).toBe('also_supports_check')
  })

  test('leads to another than it comes from', async () => {
    expect(await constraintAgainst(aligned(0, 0, 'offered'))).toBe('alignments_check')
    expect(await constraintAgainst(contributing(0, 0, 'offered'))).toBe('contributions_check')
  })

  test('states a share above nothing, and a weight of nothing or more', async () => {
    expect(await constraintAgainst(contributing(0, 1, 'offered', 'sum', '0'))).toBe('contributions_share_check')
    expect(await constraintAgainst(contributing(0, 1, 'offered', 'sum', '-1'))).toBe('contributions_share_check')
  })
})

describe('A check-in', () => {
  const said = (confidence: number, corrects = 'null') =>
    `insert into check_ins (organization_id, id, key_result_id, owner_id, reported_by_id, confidence, measured_on, recorded_at, counted_at, corrects_id, salt)
     values ($1, gen_random_uuid(), '${keyResults[0]}', gen_random_uuid(), gen_random_uuid(), ${confidence}, '2026-10-12', now(), now(), ${corrects}, '');`

  test('is corrected once', async () => {
    const first = `'${v7()}'`
    expect(await both(said(5, first), said(6, first))).toBe('check_ins_corrected')
    expect(await both(said(5), said(6))).toBe('nothing')
  })

  test('has a confidence from 0 to 10', async () => {
    expect(await constraintAgainst(said(11))).toBe('check_ins_confidence_check')
    expect(await constraintAgainst(said(-1))).toBe('check_ins_confidence_check')
  })
})

test('A cycle ends on the day it starts at the earliest', async () => {
  const cycle = (endsOn: string) =>
    constraintAgainst(
      `insert into cycles (organization_id, id, name, starts_on, ends_on) values ($1, gen_random_uuid(), 'Q', '2026-10-01', $2)`,
      endsOn,
    )
  expect(await cycle('2026-09-30')).toBe('cycles_check')
  expect(await cycle('2026-10-01')).toBe('nothing')
})

test('An address of mail belongs to one person, however it is written', async () => {
  const person = (email: string) =>
    `insert into people (organization_id, id, name, email) values ($1, gen_random_uuid(), 'Maya', '${email}');`
  expect(await both(person('maya@marram.example'), person('MAYA@marram.example'))).toBe('people_email')
})

import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import { addDays } from '#domain/day.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { chance } from '#test/chance.ts'
import { type Organization, openOrganization } from '#test/harness.ts'

const TABLES = [
  ...['people', 'absences', 'groups', 'cycles', 'objectives', 'key_results', 'alignments', 'contributions'],
  ...['also_supports', 'comments', 'kpis', 'initiatives', 'explorations', 'barriers'],
]

let marram: Organization
let everything: pg.Client
beforeAll(async () => {
  marram = await openOrganization()
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
})
afterAll(async () => {
  await everything.end()
  await marram.close()
})

type Rows = Record<string, unknown>[]

async function now(table: string): Promise<Rows> {
  const { rows } = await everything.query(`select to_jsonb(t) as row from ${table} t order by id`)
  return rows.map(({ row }) => row)
}

async function asOf(table: string, instant: string): Promise<Rows> {
  const { rows } = await everything.query(
    `select to_jsonb(t) - 'valid_from' - 'valid_to' as row from ${table}_history t
     where valid_from <= $1 and $1 < valid_to order by id`,
    [instant],
  )
  return rows.map(({ row }) => row)
}

test('As of every instant, every row is what it was: made, edited, linked, undone, made again', {
  timeout: 60_000,
}, async () => {
  const { administrator, clock } = marram
  const draw = chance(16)
  const then: { instant: string; tables: Map<string, Rows> }[] = []
  const changes: string[] = []
  const people = [
    await administrator.call('people.create', { name: 'Ingrid Solheim' }),
    await administrator.call('people.create', { name: 'Daniel Okafor' }),
  ]
  const sales = await administrator.call('groups.create', { name: 'Sales' })
  const cycle = await administrator.call('cycles.create', { name: 'Q4', startsOn: '2026-10-01', endsOn: '2026-12-31' })
  const objectives = [await objective('company'), await objective('group'), await objective('group')]
  const keyResults = [await keyResult(objectives[0]), await keyResult(objectives[1])]
  const kpi = await administrator.call('kpis.create', { name: 'Churn', unit: '%', ownerId: people[0]?.id as never })
  const comment = await administrator.call('objectives.comment', { id: objectives[0] as never, text: 'Why?' })
  const exploration = await administrator.call('explorations.open', { id: objectives[0] as never, barriers: ['One'] })
  const barrierId = exploration.barriers[0]?.id as NonNullable<(typeof exploration.barriers)[0]>['id']
  const initiative = await administrator.call('initiatives.create', { id: keyResults[0] as never, title: 'Work' })

  for (let step = 0; step < 120; step++) {
    await remember()
    await act().catch(refusal)
  }
  await remember()
  // And one that is unmade, whatever was drawn.
  const { changeId } = await administrator.send('groups.create', { name: 'For a day' })
  await remember()
  await administrator.call('changes.undo', { id: changeId } as InputOf<'changes.undo'>)
  await remember()

  for (const { instant, tables } of then)
    for (const table of TABLES)
      expect(await asOf(table, instant), `${table} as of ${instant}`).toEqual(tables.get(table))
  expect(
    then.some(
      ({ tables }, index) => (tables.get('groups')?.length ?? 0) < (then[index - 1]?.tables.get('groups')?.length ?? 0),
    ),
  ).toBe(true)

  async function remember(): Promise<void> {
    const tables = new Map<string, Rows>()
    for (const table of TABLES) tables.set(table, await now(table))
    then.push({ instant: clock.now().toISOString(), tables })
  }

  async function act(): Promise<void> {
    const id = draw.pick(objectives)
    const child = keyResults[1] as (typeof keyResults)[0]
    const reason = 'It was decided so'
    const word = `${draw.below(1000)}`
    const sent = await [
      () => administrator.send('objectives.edit', { id, title: `To be achieved ${word}`, reason }),
      () => administrator.send('objectives.edit', { id, viewerIds: [draw.pick(people).id], reason }),
      () => administrator.send('key-results.edit', { id: draw.pick(keyResults), weight: draw.below(9), reason }),
      () => administrator.send('people.edit', { id: draw.pick(people).id, grade: word }),
      () => administrator.send('groups.create', { name: `Team ${word}` }),
      () => administrator.send('people.announce-absence', away(draw.below(60))),
      () => administrator.send('people.end-absence', { id: people[1]?.id } as InputOf<'people.end-absence'>),
      () => administrator.send('groups.edit', { id: sales.id, leadId: draw.pick(people).id }),
      () => administrator.send('cycles.edit', { id: cycle.id, name: `Q4 ${word}` }),
      () =>
        administrator.send('objectives.align', {
          id: objectives[1] as typeof id,
          toObjectiveId: objectives[0] as typeof id,
        }),
      () => administrator.send('objectives.end-alignment', { id: objectives[1] as typeof id }),
      () => administrator.send('objectives.also-support', beside()),
      () => administrator.send('objectives.end-also-support', beside()),
      () => administrator.send('key-results.contribute', contribution(child)),
      () => administrator.send('key-results.end-contribution', { id: child }),
      () => administrator.send('comments.edit', { id: comment.id, text: `Why ${word}?` }),
      () => administrator.send('objectives.comment', { id, text: word }),
      () => administrator.send('kpis.edit', { id: kpi.id, name: `Churn ${word}` }),
      () => administrator.send('objectives.edit', { id, kpiId: draw.pick([kpi.id, null]), reason }),
      () => administrator.send('changes.undo', { id: changes.at(-1) } as InputOf<'changes.undo'>),
      () => administrator.send('initiatives.edit', { id: initiative.id, keyResultId: draw.pick(keyResults) }),
      () => administrator.send('initiatives.finish', { id: initiative.id }),
      () => administrator.send('initiatives.create', { id: child, title: `Work ${word}` }),
      () => administrator.send('barriers.add', { id: exploration.id, text: `Barrier ${word}` }),
      () => administrator.send('barriers.reword', { id: barrierId, text: `Barrier ${word}` }),
      () => administrator.send('barriers.remove', { id: barrierId }),
    ][draw.below(26)]?.()
    if (sent?.changeId) changes.push(sent.changeId)
  }

  function away(days: number) {
    const from = addDays('2026-10-12', days)
    const id = people[1]?.id as (typeof people)[0]['id']
    return { id, from, until: addDays(from, draw.below(9)), delegateId: draw.oneIn(2) ? (people[0]?.id ?? null) : null }
  }

  function beside() {
    return { id: objectives[1] as ObjectiveId, objectiveId: objectives[2] as ObjectiveId }
  }

  function contribution(id: (typeof keyResults)[0]) {
    return { id, toKeyResultId: keyResults[0] as typeof id, rollUp: draw.pick(['sum', 'shown'] as const) }
  }

  async function objective(level: 'company' | 'group') {
    const body = { title: 'To be achieved', level, cycleId: cycle.id, leadId: people[0]?.id }
    const { id } = await administrator.call('objectives.create', body as InputOf<'objectives.create'>)
    await administrator.call('objectives.publish', { id })
    return id
  }

  async function keyResult(objectiveId: (typeof objectives)[number] | undefined) {
    const measure = { kind: 'increase' as const, start: 0, target: 100, unit: 'USD' }
    const body = { id: objectiveId, title: 'New sales', ownerId: people[0]?.id, deadline: '2026-12-31', measure }
    const { id } = await administrator.call('key-results.create', body as InputOf<'key-results.create'>)
    await administrator.call('key-results.publish', { id })
    return id
  }
})

function refusal(error: { facts?: unknown }): void {
  if (!error.facts) throw error
}

test('Of each thing at most one state holds at a time', async () => {
  for (const table of TABLES) {
    const { rows } = await everything.query(
      `select a.id from ${table}_history a join ${table}_history b on a.organization_id = b.organization_id and a.id = b.id
       and a.ctid <> b.ctid and a.valid_from < b.valid_to and b.valid_from < a.valid_to
       where a.valid_from < a.valid_to and b.valid_from < b.valid_to`,
    )
    expect(rows, table).toEqual([])
  }
})

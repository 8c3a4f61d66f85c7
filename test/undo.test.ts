import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  BarrierId,
  ChangeId,
  ExplorationId,
  InitiativeId,
  KeyResultId,
  KpiId,
  ObjectiveId,
  PersonId,
} from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
let everything: pg.Client
beforeAll(async () => {
  marram = await openCompany()
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
})
afterAll(async () => {
  await everything.end()
  await marram.close()
})

const undo = (who: Caller, id: string | null | undefined) => who.send('changes.undo', { id: id as ChangeId })
const group = (lead: Caller, above: ObjectiveId | null = null, draft = false) =>
  objective(lead, { level: 'group', cycleId: marram.cycles.quarter, alignedToId: above, draft })
const measure = { kind: 'increase' as const, start: '0', target: '9', unit: 'USD' }

/** All that a change can touch and all figures, but for what only counts up. */
async function world(): Promise<Record<string, unknown[]>> {
  await marram.drain()
  const found: Record<string, unknown[]> = {}
  const tables = [
    'people',
    'absences',
    'groups',
    'cycles',
    'objectives',
    'key_results',
    'alignments',
    'contributions',
    'also_supports',
    'comments',
    'kpis',
    'initiatives',
    'explorations',
    'barriers',
  ]
  for (const table of [...tables, 'organizations', 'key_result_values', 'objective_values']) {
    const { rows } = await everything.query(
      `select to_jsonb(t) - 'version' - 'check_in_id' as row from ${table} t order by t::text`,
    )
    found[table] = rows.map(({ row }) => row).toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
  }
  // What is done again comes last among what can be found; by which words does not change.
  for (const [what, query] of Object.entries(STANDING)) found[what] = (await everything.query(query)).rows
  return found
}

const STANDING = {
  'what can be found': 'select noun, noun_id, words::text from search_entries order by noun_id',
  'its words': 'select distinct word, noun from search_shelves order by word, noun',
  'where KPIs stand': `select distinct on (kpi_id) kpi_id, value, measured_on, note from kpi_values v
    where not takes_back and not exists (select from kpi_values x where x.corrects_id = v.id)
    order by kpi_id, measured_on desc, counted_at desc, id desc`,
}

type Sent = { changeId: string | null }
type Done = [who: Caller, act: () => Promise<Sent>]

/** Every kind of change, each prepared so that it can be done at once. */
const CHANGES: Record<string, () => Promise<Done> | Done> = {
  'a person made': () =>
    by(marram.ingrid, (who) => who.send('people.create', { name: 'Ida Berg', managerId: idOf(marram.priya) })),
  'a person edited': () =>
    by(marram.ingrid, (who) =>
      who.send('people.edit', { id: idOf(marram.ben), managerId: idOf(marram.hanna), grade: 'Lead' }),
    ),
  'a person let go, with all that they held': async () => {
    const who = await holder()
    return by(marram.ingrid, (by) => by.send('people.leave', { id: idOf(who), reason: 'To sail' }))
  },
  'a person taken back': async () => {
    const who = await holder()
    await marram.ingrid.call('people.leave', { id: idOf(who) })
    return by(marram.ingrid, (by) => by.send('people.return', { id: idOf(who) }))
  },
  'all that a person held, handed over': async () => {
    const who = await holder()
    return by(who, (by) => by.send('people.hand-over', { id: idOf(who), toId: idOf(marram.tomas), reason: 'His now' }))
  },
  'a Key Result handed over, with whoever was named': async () => {
    const id = await reported()
    await marram.hanna.call('key-results.name-delegate', { id, personId: idOf(marram.ben), until: '2026-12-01' })
    return by(marram.hanna, (who) =>
      who.send('key-results.hand-over', { id, toId: idOf(marram.ben), reason: 'His now' }),
    )
  },
  'an Objective handed over': async () => {
    const id = await group(marram.hanna, marram.objectives.growth)
    return by(marram.hanna, (who) =>
      who.send('objectives.hand-over', { id, toId: idOf(marram.tomas), reason: 'His now' }),
    )
  },
  'a delegation ended': async () => {
    const id = await reported()
    await marram.hanna.call('key-results.name-delegate', { id, personId: idOf(marram.ben), until: '2026-12-01' })
    return by(marram.hanna, (who) => who.send('key-results.end-delegation', { id }))
  },
  'an absence that took the place of two': async () => {
    const who = await holder()
    const away = (from: string, until: string, delegateId: PersonId | null = null) =>
      who.send('people.announce-absence', { id: idOf(who), from, until, delegateId })
    await away('2026-11-16', '2026-11-27', idOf(marram.ben))
    await away('2026-12-21', '2026-12-31')
    return by(who, () => away('2026-11-24', '2026-12-22'))
  },
  'a group made': () =>
    by(marram.ingrid, (who) => who.send('groups.create', { name: 'Iberia', parentId: marram.groups.southernEurope })),
  'a group edited': () =>
    by(marram.tomas, (who) => who.send('groups.edit', { id: marram.groups.southernEurope, name: 'Mediterranean' })),
  'a cycle made': () =>
    by(marram.ingrid, (who) => who.send('cycles.create', { name: 'H1', startsOn: '2027-01-01', endsOn: '2027-06-30' })),
  'a cycle edited': () =>
    by(marram.ingrid, (who) => who.send('cycles.edit', { id: marram.cycles.quarter, name: 'The stormy quarter' })),
  'the organization edited': () =>
    by(marram.ingrid, (who) =>
      who.send('organizations.edit', { id: marram.id, name: 'Marram AS', languages: ['en', 'nb'] }),
    ),
  'an Objective made': () =>
    by(marram.hanna, (who) => who.send('objectives.create', { title: 'New', cycleId: marram.cycles.quarter })),
  'an Objective made with its alignment': async () => {
    const above = await group(marram.hanna)
    const body = { title: 'New', level: 'group' as const, cycleId: marram.cycles.quarter, alignedToId: above }
    return by(marram.hanna, (who) => who.send('objectives.create', body))
  },
  'an Objective edited': async () => {
    const id = await group(marram.hanna)
    return by(marram.hanna, (who) =>
      who.send('objectives.edit', { id, title: 'Other words', viewerIds: [idOf(marram.ben)], reason: 'Clearer' }),
    )
  },
  'an Objective published with its Key Results': async () => {
    const id = await group(marram.hanna, null, true)
    await keyResult(marram.hanna, id, { draft: true })
    return by(marram.hanna, (who) => who.send('objectives.publish', { id }))
  },
  'an Objective discarded with what it offered': async () => {
    const id = await group(marram.hanna, marram.objectives.warning, true)
    await keyResult(marram.hanna, id, { draft: true })
    return by(marram.hanna, (who) => who.send('objectives.discard', { id }))
  },
  'a Key Result made': async () => {
    const id = await group(marram.hanna)
    return by(marram.hanna, (who) =>
      who.send('key-results.create', { id, title: 'New', measure, deadline: '2026-12-31' }),
    )
  },
  'a Key Result made by its reference': async () => {
    const objectiveId = await group(marram.hanna)
    return by(marram.hanna, (who) =>
      who.send('key-results.by-ref', { ref: `undo/${objectiveId}`, objectiveId, title: 'New', measure }),
    )
  },
  'a Key Result edited, measure and all': async () => {
    const id = await reported()
    return by(marram.hanna, (who) =>
      who.send('key-results.edit', { id, weight: 5, measure: { ...measure, start: '2' }, reason: 'It was wrong' }),
    )
  },
  'a milestone edited, steps and all': async () => {
    const steps = [
      { id: 'a', title: 'A' },
      { id: 'b', title: 'B', weight: 3 },
    ]
    const id = await keyResult(marram.hanna, await group(marram.hanna), {
      measure: { kind: 'milestone', evidence: 'Signed', steps },
    })
    await marram.hanna.call('check-ins.make', { id, steps: ['b'] })
    const edited = {
      kind: 'milestone' as const,
      evidence: 'Signed twice',
      steps: [
        { id: 'b', title: 'B', weight: 1 },
        { id: 'c', title: 'C' },
      ],
    }
    return by(marram.hanna, (who) => who.send('key-results.edit', { id, measure: edited, reason: 'It was wrong' }))
  },
  'an alignment made': async () => {
    const [below, above] = [await group(marram.hanna), await group(marram.hanna)]
    return by(marram.hanna, (who) => who.send('objectives.align', { id: below, toObjectiveId: above }))
  },
  'an alignment that took the place of another': async () => {
    const below = await group(marram.hanna, await group(marram.hanna))
    const other = await group(marram.hanna)
    return by(marram.hanna, (who) => who.send('objectives.align', { id: below, toObjectiveId: other }))
  },
  'an alignment accepted': async () => {
    const below = await group(marram.hanna, marram.objectives.warning)
    return by(marram.jun, (who) => who.send('objectives.accept-alignment', { id: below }))
  },
  'an alignment declined': async () => {
    const below = await group(marram.hanna, marram.objectives.warning)
    return by(marram.jun, (who) => who.send('objectives.decline-alignment', { id: below, reason: 'Not ours' }))
  },
  'an alignment ended': async () => {
    const below = await group(marram.hanna, await group(marram.hanna))
    return by(marram.hanna, (who) => who.send('objectives.end-alignment', { id: below }))
  },
  'the offer of an alignment taken back': async () => {
    const below = await group(marram.hanna, marram.objectives.warning)
    return by(marram.hanna, (who) => who.send('objectives.withdraw-alignment', { id: below }))
  },
  'also supported': async () => {
    const [below, above] = [await group(marram.hanna), await group(marram.tomas)]
    return by(marram.hanna, (who) => who.send('objectives.also-support', { id: below, objectiveId: above }))
  },
  'no longer also supported': async () => {
    const [below, above] = [await group(marram.hanna), await group(marram.tomas)]
    await marram.hanna.call('objectives.also-support', { id: below, objectiveId: above })
    return by(marram.hanna, (who) => who.send('objectives.end-also-support', { id: below, objectiveId: above }))
  },
  'a contribution made': async () => {
    const [child, parent] = await two()
    return by(marram.hanna, (who) =>
      who.send('key-results.contribute', { id: child, toKeyResultId: parent, rollUp: 'sum', already: 'additional' }),
    )
  },
  'a contribution made of what was included': async () => {
    const [child, parent] = await two()
    return by(marram.hanna, (who) =>
      who.send('key-results.contribute', { id: child, toKeyResultId: parent, rollUp: 'sum', already: 'included' }),
    )
  },
  'a contribution whose share was changed': async () => {
    const [child, parent] = await two()
    const terms = { id: child, toKeyResultId: parent, rollUp: 'sum' as const, already: 'included' as const }
    await marram.hanna.call('key-results.contribute', terms)
    return by(marram.hanna, (who) => who.send('key-results.contribute', { ...terms, share: '70000' }))
  },
  'a contribution ended': async () => {
    const [child, parent] = await two()
    await marram.hanna.call('key-results.contribute', {
      id: child,
      toKeyResultId: parent,
      rollUp: 'sum',
      already: 'included',
    })
    return by(marram.hanna, (who) => who.send('key-results.end-contribution', { id: child, already: 'included' }))
  },
  'a contribution ended to what is closed': async () => {
    const [child, parent] = await two()
    await marram.hanna.call('key-results.contribute', {
      id: child,
      toKeyResultId: parent,
      rollUp: 'sum',
      already: 'included',
    })
    await marram.hanna.call('key-results.close', { id: parent })
    return by(marram.hanna, (who) => who.send('key-results.end-contribution', { id: child, already: 'included' }))
  },
  'a contribution that took the place of another into another': async () => {
    const [child, parent] = await two()
    const home = (await marram.hanna.call('key-results.show', { id: parent })).objectiveId
    const other = await keyResult(marram.hanna, home)
    await marram.hanna.call('check-ins.make', { id: other, value: 500 })
    const terms = { id: child, rollUp: 'sum' as const }
    await marram.hanna.call('key-results.contribute', { ...terms, toKeyResultId: parent, already: 'included' })
    const already = { ending: 'included', beginning: 'included' } as const
    return by(marram.hanna, (who) => who.send('key-results.contribute', { ...terms, toKeyResultId: other, already }))
  },
  'the offer of a contribution taken back': async () => {
    const below = await group(marram.hanna, marram.objectives.warning)
    await marram.jun.call('objectives.accept-alignment', { id: below })
    const id = await keyResult(marram.hanna, below)
    const terms = { id, toKeyResultId: marram.keyResults.acknowledged, rollUp: 'shown' as const }
    await marram.hanna.call('key-results.contribute', terms)
    return by(marram.hanna, (who) => who.send('key-results.withdraw-contribution', { id }))
  },
  'an average that took the place of own': async () => {
    const [child, parent] = await two()
    return by(marram.hanna, (who) =>
      who.send('key-results.contribute', { id: child, toKeyResultId: parent, rollUp: 'average' }),
    )
  },
  'an Initiative made': async () => {
    const id = await keyResult(marram.hanna, await group(marram.hanna))
    return by(marram.hanna, (who) => who.send('initiatives.create', { id, title: 'Visit ten ports' }))
  },
  'an Initiative edited and moved': async () => {
    const [id, links] = [await initiative(), [{ url: 'https://board.marram.example/7', title: 'Board' }]]
    const keyResultId = await keyResult(marram.hanna, await group(marram.hanna))
    return by(marram.hanna, (who) => who.send('initiatives.edit', { id, keyResultId, links, dueOn: '2026-12-01' }))
  },
  'an Initiative finished': async () => {
    const id = await initiative()
    return by(marram.hanna, (who) => who.send('initiatives.finish', { id }))
  },
  'an exploration opened': () =>
    by(marram.hanna, (who) =>
      who.send('explorations.open', { id: marram.objectives.growth, barriers: ['Nobody knows us', 'Nobody waits'] }),
    ),
  'a barrier added': async () => {
    const { id } = await exploration()
    return by(marram.hanna, (who) => who.send('barriers.add', { id, text: 'It takes too long' }))
  },
  'a barrier reworded': async () => {
    const { barrierId: id } = await exploration()
    return by(marram.hanna, (who) => who.send('barriers.reword', { id, text: 'We are strangers' }))
  },
  'a barrier removed, which a Key Result that was thrown away had named': async () => {
    const { id, barrierId } = await exploration()
    const drafted = await marram.hanna.call('explorations.draft', { id, title: 'Be known' })
    const made = await marram.hanna.call('key-results.create', { id: drafted.id, title: 'Ports', barrierId })
    await marram.hanna.call('key-results.discard', { id: made.id })
    return by(marram.hanna, (who) => who.send('barriers.remove', { id: barrierId }))
  },
  'a draft made out of an exploration': async () => {
    const { id } = await exploration()
    return by(marram.hanna, (who) => who.send('explorations.draft', { id, title: 'Be known' }))
  },
  'a draft turned into a Key Result under a new Objective': async () => {
    const id = await objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, draft: true })
    await keyResult(marram.hanna, id, { draft: true })
    return by(marram.hanna, (who) =>
      who.send('objectives.turn-into-key-result', { id, newObjective: {}, toKeyResultId: marram.keyResults.sales }),
    )
  },
  'an Objective turned into a Key Result of another one, with the work that was done under it': async () => {
    const [home, id] = [await group(marram.hanna), await group(marram.hanna)]
    const target = await keyResult(marram.hanna, home)
    const under = await keyResult(marram.hanna, id)
    await marram.hanna.call('initiatives.create', { id: under, title: 'Visit ten ports' })
    const body = { id, underObjectiveId: home, toKeyResultId: target, rollUp: 'sum' as const, share: '1000' }
    return by(marram.hanna, (who) => who.send('objectives.turn-into-key-result', body))
  },
  'a check-in': async () => {
    const id = await reported()
    return by(marram.hanna, (who) => who.send('check-ins.make', { id, value: 7, confidence: 3 }))
  },
  'a first check-in': async () => {
    const id = await keyResult(marram.hanna, await group(marram.hanna))
    return by(marram.hanna, (who) => who.send('check-ins.make', { id, value: 7 }))
  },
  'a correction': async () => {
    const id = await keyResult(marram.hanna, await group(marram.hanna))
    const first = await marram.hanna.call('check-ins.make', { id, value: 7, confidence: 8, measuredOn: '2026-11-01' })
    return by(marram.hanna, (who) =>
      who.send('check-ins.make', { id, value: 5, measuredOn: '2026-11-02', corrects: first.id }),
    )
  },
  'a correction that took back': async () => {
    const id = await keyResult(marram.hanna, await group(marram.hanna))
    const first = await marram.hanna.call('check-ins.make', { id, value: 7, confidence: 8 })
    return by(marram.hanna, (who) => who.send('check-ins.make', { id, corrects: first.id }))
  },
  'a comment made': async () => {
    const id = await group(marram.hanna)
    return by(marram.ben, (who) =>
      who.send('objectives.comment', { id, text: 'Why?', mentionIds: [idOf(marram.hanna)] }),
    )
  },
  'a comment edited': async () => {
    const { id } = await marram.ben.call('key-results.comment', { id: marram.keyResults.sales, text: 'Why?' })
    return by(marram.ben, (who) => who.send('comments.edit', { id, text: 'Why not?' }))
  },
  'a comment deleted': async () => {
    const { id } = await marram.ben.call('key-results.comment', { id: marram.keyResults.sales, text: 'Why?' })
    return by(marram.ingrid, (who) => who.send('comments.delete', { id }))
  },
  'a KPI made': () => by(marram.ben, (who) => who.send('kpis.create', { name: 'Churn', unit: '%', atMost: '2' })),
  'a KPI edited': async () => {
    const id = await kpi()
    return by(marram.ben, (who) => who.send('kpis.edit', { id, name: 'Churn by month', atMost: '3', atLeast: '1' }))
  },
  'a KPI archived': async () => {
    const id = await kpi()
    return by(marram.ben, (who) => who.send('kpis.archive', { id }))
  },
  'a KPI restored': async () => {
    const id = await kpi()
    await marram.ben.call('kpis.archive', { id })
    return by(marram.ben, (who) => who.send('kpis.restore', { id }))
  },
  'what was measured of a KPI': async () => {
    const id = await kpi()
    return by(marram.ben, (who) => who.send('kpis.report', { id, value: '1.5', note: 'A good month' }))
  },
  'a correction of that': async () => {
    const id = await kpi()
    const { id: corrects } = await marram.ben.call('kpis.report', { id, value: '1.5', measuredOn: '2026-11-01' })
    return by(marram.ben, (who) => who.send('kpis.report', { id, value: '1.4', corrects, measuredOn: '2026-11-02' }))
  },
  'an Objective that sets out to improve one': async () => {
    const [id, kpiId] = [await group(marram.hanna), await kpi()]
    return by(marram.hanna, (who) => who.send('objectives.edit', { id, kpiId, reason: 'It is why' }))
  },
  'several calls as one change': async () => {
    const [child, parent] = await two()
    const calls = [
      {
        method: 'PATCH' as const,
        path: `/v1/key-results/${child}`,
        headers: { 'if-match': '*' },
        body: { weight: 3, reason: 'It matters' },
      },
      { method: 'POST' as const, path: `/v1/key-results/${child}/check-ins`, body: { value: 80000 } },
      {
        method: 'PUT' as const,
        path: `/v1/key-results/${child}/contribution`,
        headers: { 'if-match': '*' },
        body: { toKeyResultId: parent, rollUp: 'sum', already: 'included' },
      },
      { method: 'POST' as const, path: `/v1/key-results/${parent}/close` },
      { method: 'POST' as const, path: '/v1/objectives', body: { title: 'New', cycleId: marram.cycles.quarter } },
    ]
    return by(marram.hanna, (who) => who.send('changes.make', { calls }))
  },
  ...Object.fromEntries(
    (['close', 'reopen', 'postpone', 'resume', 'cancel'] as const).flatMap((verb) => [
      [`an Objective: ${verb}`, () => lived('objectives', verb)],
      [`a Key Result: ${verb}`, () => lived('key-results', verb)],
    ]),
  ),
}

function by(who: Caller, act: (who: Caller) => Promise<Sent>): Done {
  return [who, () => act(who)]
}

/** Somebody below Priya and above somebody, who leads, owns, stands in and reports for others. */
async function holder(): Promise<Caller> {
  const { ingrid, priya, hanna, ben } = marram
  const who = marram.as(await ingrid.call('people.create', { name: 'Holder', managerId: idOf(priya) }))
  await ingrid.call('people.create', { name: 'Below', managerId: idOf(who) })
  await ingrid.call('groups.create', { name: 'Led', leadId: idOf(who) })
  const home = await group(who, marram.objectives.growth)
  const id = await keyResult(who, home)
  await keyResult(who, home, { draft: true })
  await who.call('key-results.name-delegate', { id, personId: idOf(ben) })
  await hanna.call('key-results.name-delegate', { id: await reported(), personId: idOf(who), until: '2026-12-01' })
  return who
}

async function kpi(): Promise<KpiId> {
  const { id } = await marram.ben.call('kpis.create', { name: 'Churn', unit: '%', atMost: '2' })
  await marram.ben.call('kpis.report', { id, value: '1.2', measuredOn: '2026-10-31' })
  return id
}

async function reported(): Promise<KeyResultId> {
  const id = await keyResult(marram.hanna, await group(marram.hanna))
  await marram.hanna.call('check-ins.make', { id, value: 100000, confidence: 6 })
  return id
}

async function initiative(): Promise<InitiativeId> {
  const id = await keyResult(marram.hanna, await group(marram.hanna))
  return (await marram.hanna.call('initiatives.create', { id, title: 'Visit ten ports' })).id
}

async function exploration(): Promise<{ id: ExplorationId; barrierId: BarrierId }> {
  const opened = await marram.hanna.call('explorations.open', {
    id: marram.objectives.growth,
    barriers: ['Nobody knows us'],
  })
  return { id: opened.id, barrierId: opened.barriers[0]?.id as BarrierId }
}

/** A child that stands at 60,000 under a parent of which 200,000 were reported. */
async function two(): Promise<[KeyResultId, KeyResultId]> {
  const home = await group(marram.hanna)
  const [child, parent] = [await keyResult(marram.hanna, home), await keyResult(marram.hanna, home)]
  await marram.hanna.call('check-ins.make', { id: child, value: 60000 })
  await marram.hanna.call('check-ins.make', { id: parent, value: 200000, confidence: 7, note: 'A good month' })
  return [child, parent]
}

/** From the state in which the verb starts; what is frozen has had something move below it since. */
async function lived(
  noun: 'objectives' | 'key-results',
  verb: 'close' | 'reopen' | 'postpone' | 'resume' | 'cancel',
): Promise<Done> {
  const [child, parent] = await two()
  await marram.hanna.call('key-results.contribute', {
    id: child,
    toKeyResultId: parent,
    rollUp: 'sum',
    already: 'additional',
  })
  const home = (await marram.hanna.call('key-results.show', { id: parent })).objectiveId
  const id = noun === 'objectives' ? home : parent
  const before = { reopen: 'close', resume: 'postpone' } as const
  if (verb in before) {
    await marram.hanna.call(`${noun}.${before[verb as keyof typeof before]}`, { id: id as never })
    if (noun === 'key-results') await marram.hanna.call('check-ins.make', { id: child, value: 90000 })
  }
  return by(marram.hanna, (who) => who.send(`${noun}.${verb}`, { id: id as never }))
}

describe.each(Object.entries(CHANGES))('What was done is undone as if it had not been: %s', (_, prepare) => {
  test('and undoing that does it again', async () => {
    const [who, act] = await prepare()
    const before = await world()
    const done = await act()
    expect(done.changeId).not.toBeNull()
    const after = await world()
    expect(after).not.toEqual(before)
    const undone = await undo(who, done.changeId)
    expect(await world()).toEqual(before)
    await undo(who, undone.changeId)
    expect(await world()).toEqual(after)
    await refusedAsUndone(who, done.changeId)
  })

  async function refusedAsUndone(who: Caller, changeId: string | null): Promise<void> {
    expect(await refused(undo(who, changeId))).toMatchObject({
      kind: 'conflict',
      rule: expect.stringMatching(/^(already-undone|touched-since)$/),
    })
  }
})

describe('An undo', () => {
  test('is for whoever did it, and for administrators', async () => {
    const { hanna, tomas, ingrid } = marram
    const id = await group(hanna)
    const edit = (title: string) => hanna.send('objectives.edit', { id, title, reason: 'Clearer' })
    const first = await edit('Other words')
    expect((await refused(undo(tomas, first.changeId))).kind).toMatch(/forbidden|not-found/)
    await undo(ingrid, first.changeId)
    expect((await hanna.call('objectives.show', { id })).title).toBe('What is to be achieved')
  })

  test('of nothing is not found', async () => {
    const nothing = '01900000-0000-7000-8000-000000000000'
    expect((await refused(undo(marram.hanna, nothing))).kind).toBe('not-found')
    expect((await refused(undo(marram.ingrid, nothing))).kind).toBe('not-found')
  })

  test('is a change of its own, with its reason and what it undoes', async () => {
    const { hanna } = marram
    const id = await group(hanna)
    const done = await hanna.send('objectives.edit', { id, title: 'Other words', reason: 'Clearer' })
    const undone = await hanna.send('changes.undo', { id: done.changeId as ChangeId, reason: 'It was clear enough' })
    expect(undone.data.changeId).toBe(undone.changeId)
    const { rows } = await everything.query('select undoes_id, reason from changes where id = $1', [undone.changeId])
    expect(rows).toEqual([{ undoes_id: done.changeId, reason: 'It was clear enough' }])
    const { items } = await hanna.call('activity.list', { objectiveId: id })
    expect(items[0]).toMatchObject({ operation: 'changes.undo', nounId: id, fields: ['title'] })
  })

  test('twice is refused', async () => {
    const { hanna } = marram
    const id = await group(hanna)
    const done = await hanna.send('objectives.edit', { id, title: 'Other words', reason: 'Clearer' })
    await undo(hanna, done.changeId)
    expect(await refused(undo(hanna, done.changeId))).toMatchObject({ kind: 'conflict', rule: 'already-undone' })
  })

  test('counts the version up: whoever saw the thing before has to look again', async () => {
    const { hanna } = marram
    const id = await group(hanna)
    const done = await hanna.send('objectives.edit', { id, title: 'Other words', reason: 'Clearer' })
    await undo(hanna, done.changeId)
    const late = hanna.call(
      'objectives.edit',
      { id, title: 'Even later', reason: 'Clearer' },
      { ifMatch: done.data.version },
    )
    expect((await refused(late)).rule).toBe('stale')
  })
})

describe('What somebody has touched since is not undone', () => {
  const touchedSince = { kind: 'conflict', rule: 'touched-since' }

  test('an edit after which somebody else has edited', async () => {
    const { hanna, ingrid } = marram
    const id = await group(hanna)
    const done = await hanna.send('objectives.edit', { id, title: 'Other words', reason: 'Clearer' })
    await ingrid.call('objectives.edit', { id, why: 'Because', reason: 'It had none' })
    expect(await refused(undo(hanna, done.changeId))).toMatchObject(touchedSince)
  })

  test('a batch of which one part was touched: nothing of it', async () => {
    const { hanna } = marram
    const [first, second] = [await group(hanna), await group(hanna)]
    const edit = (id: ObjectiveId) => ({
      method: 'PATCH' as const,
      path: `/v1/objectives/${id}`,
      headers: { 'If-Match': '*' },
      body: { title: 'Other', reason: 'Clearer' },
    })
    const done = await hanna.send('changes.make', { calls: [edit(first), edit(second)] })
    await hanna.call('objectives.edit', { id: second, title: 'Yet another', reason: 'Clearer still' })
    expect(await refused(undo(hanna, done.changeId))).toMatchObject(touchedSince)
    expect((await hanna.call('objectives.show', { id: first })).title).toBe('Other')
  })

  test.each<[string, (id: ObjectiveId) => Promise<unknown>]>([
    ['a Key Result', (id) => keyResult(marram.hanna, id, { draft: true })],
    [
      'an alignment to it',
      async (id) => marram.hanna.call('objectives.align', { id: await group(marram.hanna), toObjectiveId: id }),
    ],
  ])('an Objective that has had %s made', async (_, refer) => {
    const { hanna } = marram
    const done = await hanna.send('objectives.create', { title: 'New', level: 'group', cycleId: marram.cycles.quarter })
    await refer(done.data.id)
    expect(await refused(undo(hanna, done.changeId))).toMatchObject(touchedSince)
  })

  test('an exploration that a draft came of, and what was turned once somebody has gone on with it', async () => {
    const { hanna } = marram
    const opened = await hanna.send('explorations.open', { id: marram.objectives.growth, barriers: [] })
    await hanna.call('explorations.draft', { id: opened.data.id })
    expect(await refused(undo(hanna, opened.changeId))).toMatchObject(touchedSince)
    const id = await group(hanna, null, true)
    const turned = await hanna.send('objectives.turn-into-key-result', {
      ...{ id, newObjective: {}, toKeyResultId: marram.keyResults.sales },
    })
    await hanna.call('objectives.edit', { id: turned.data.objectiveId, title: 'Be known' })
    expect(await refused(undo(hanna, turned.changeId))).toMatchObject(touchedSince)
  })

  test('a barrier that a Key Result names by now', async () => {
    const { hanna } = marram
    const { id } = await exploration()
    const drafted = await hanna.call('explorations.draft', { id })
    const added = await hanna.send('barriers.add', { id, text: 'It takes too long' })
    await hanna.call('key-results.create', { id: drafted.id, title: 'Days', barrierId: added.data.id })
    expect(await refused(undo(hanna, added.changeId))).toMatchObject(touchedSince)
  })

  test('a Key Result that was reported on', async () => {
    const { hanna } = marram
    const id = await group(hanna)
    const publish = (key: string) => ({ method: 'POST' as const, path: `/v1/key-results/${key}/publish` })
    const done = await hanna.send('key-results.create', { id, title: 'New', measure, deadline: '2026-12-31' })
    await hanna.call('changes.make', { calls: [publish(done.data.id)] })
    expect(await refused(undo(hanna, done.changeId))).toMatchObject(touchedSince)
  })

  test.each<[string, (id: never) => Promise<unknown>]>([
    ['manages somebody', (managerId) => marram.ingrid.call('people.create', { name: 'Below', managerId })],
    ['leads a group', (leadId) => marram.ingrid.call('groups.create', { name: 'Led', leadId })],
    [
      'leads an Objective',
      (leadId) => marram.ingrid.call('objectives.create', { title: 'Led', leadId, cycleId: marram.cycles.quarter }),
    ],
  ])('a person who %s by now', async (_, refer) => {
    const { ingrid } = marram
    const done = await ingrid.send('people.create', { name: 'Somebody' })
    await refer(done.data.id as never)
    expect(await refused(undo(ingrid, done.changeId))).toMatchObject(touchedSince)
  })

  test('a leaving, when something that passed on was handed over since', async () => {
    const { ingrid, priya, tomas } = marram
    const who = await holder()
    const left = await ingrid.send('people.leave', { id: idOf(who) })
    const id = (await priya.call('people.show', { id: idOf(priya) })).interim.objectiveIds.at(-1)
    await priya.call('objectives.hand-over', { id: id as ObjectiveId, toId: idOf(tomas), reason: 'His now' })
    expect(await refused(undo(ingrid, left.changeId))).toMatchObject(touchedSince)
    expect((await ingrid.call('people.show', { id: idOf(who) })).leftOn).toBe('2026-11-23')
  })

  test('a return, when they were given something since', async () => {
    const { ingrid, hanna } = marram
    const who = await holder()
    await ingrid.call('people.leave', { id: idOf(who) })
    const back = await ingrid.send('people.return', { id: idOf(who) })
    await keyResult(hanna, await group(hanna), { ownerId: idOf(who), draft: true })
    expect(await refused(undo(ingrid, back.changeId))).toMatchObject(touchedSince)
  })

  test.each<[string, (who: Caller) => Promise<string | null>]>([
    [
      'owned',
      async (who) => {
        const id = await keyResult(marram.hanna, await group(marram.hanna), { ownerId: idOf(who), draft: true })
        return (await marram.hanna.send('key-results.edit', { id, ownerId: idOf(marram.tomas) })).changeId
      },
    ],
    [
      'led',
      async (who) => {
        const id = await group(who)
        return (await who.send('objectives.hand-over', { id, toId: idOf(marram.tomas), reason: 'His now' })).changeId
      },
    ],
    [
      'owned as a KPI',
      async (who) => {
        const { id } = await who.call('kpis.create', { name: 'Owned', unit: '%' })
        return (await who.send('kpis.edit', { id, ownerId: idOf(marram.tomas) })).changeId
      },
    ],
    [
      'led as a group',
      async (who) => {
        const { id } = await marram.ingrid.call('groups.create', { name: 'Led', leadId: idOf(who) })
        return (await marram.ingrid.send('groups.edit', { id, leadId: idOf(marram.tomas) })).changeId
      },
    ],
    [
      'was named to report on',
      async (who) => {
        const id = await reported()
        await marram.hanna.call('key-results.name-delegate', { id, personId: idOf(who) })
        return (await marram.hanna.send('key-results.end-delegation', { id })).changeId
      },
    ],
    [
      'managed',
      async (who) => {
        const { id } = await marram.ingrid.call('people.create', { name: 'Below', managerId: idOf(who) })
        return (await marram.ingrid.send('people.edit', { id, managerId: idOf(marram.tomas) })).changeId
      },
    ],
    [
      'stood in for',
      async (who) => {
        const away = { id: idOf(marram.ben), from: '2027-02-01', until: '2027-02-05', delegateId: idOf(who) }
        await marram.ben.call('people.announce-absence', away)
        return (await marram.ben.send('people.end-absence', { id: idOf(marram.ben) })).changeId
      },
    ],
  ])('what would put back what somebody %s who has left since', async (_, take) => {
    const { ingrid, daniel } = marram
    const who = marram.as(await ingrid.call('people.create', { name: 'Left since', managerId: idOf(daniel) }))
    const changeId = await take(who)
    await ingrid.call('people.leave', { id: idOf(who) })
    expect(await refused(undo(ingrid, changeId))).toMatchObject(touchedSince)
  })

  test('a manager, or a group’s place, under which somebody above has come to stand since', async () => {
    const { ingrid } = marram
    const [above, below] = [
      await ingrid.call('people.create', { name: 'Above' }),
      await ingrid.call('people.create', { name: 'Below' }),
    ]
    await ingrid.call('people.edit', { id: below.id, managerId: above.id })
    const freed = await ingrid.send('people.edit', { id: below.id, managerId: null })
    await ingrid.call('people.edit', { id: above.id, managerId: below.id })
    expect(await refused(undo(ingrid, freed.changeId))).toMatchObject(touchedSince)
    const [outer, inner] = [
      await ingrid.call('groups.create', { name: 'Outer' }),
      await ingrid.call('groups.create', { name: 'Inner' }),
    ]
    await ingrid.call('groups.edit', { id: inner.id, parentId: outer.id })
    const moved = await ingrid.send('groups.edit', { id: inner.id, parentId: null })
    await ingrid.call('groups.edit', { id: outer.id, parentId: inner.id })
    expect(await refused(undo(ingrid, moved.changeId))).toMatchObject(touchedSince)
  })

  test('an absence whose days another has taken since', async () => {
    const who = await holder()
    const away = (from: string, until: string) => who.send('people.announce-absence', { id: idOf(who), from, until })
    await away('2026-12-21', '2026-12-31')
    const ended = await who.send('people.end-absence', { id: idOf(who) })
    await away('2026-12-28', '2027-01-03')
    expect(await refused(undo(who, ended.changeId))).toMatchObject(touchedSince)
  })

  test('a check-in that has been corrected', async () => {
    const { hanna } = marram
    const id = await keyResult(hanna, await group(hanna))
    const first = await hanna.send('check-ins.make', { id, value: 7 })
    await hanna.call('check-ins.make', { id, value: 6, corrects: first.data.id })
    expect(await refused(undo(hanna, first.changeId))).toMatchObject(touchedSince)
  })

  test('an alignment without which a contribution would be left behind', async () => {
    const { hanna } = marram
    const [below, above] = [await group(hanna), await group(hanna)]
    const done = await hanna.send('objectives.align', { id: below, toObjectiveId: above })
    const [child, parent] = [await keyResult(hanna, below), await keyResult(hanna, above)]
    await hanna.call('key-results.contribute', { id: child, toKeyResultId: parent, rollUp: 'sum' })
    expect((await refused(undo(hanna, done.changeId))).rule).toMatch(/touched-since|contribution-follows-alignment/)
    expect((await hanna.call('objectives.show', { id: below })).alignedToId).toBe(above)
  })

  test('a measure by which somebody else has been counted since', async () => {
    const { hanna } = marram
    const home = await group(hanna)
    const parent = await keyResult(hanna, home)
    const customers = { kind: 'increase' as const, start: '0', target: '9', unit: 'customers' }
    const done = await hanna.send('key-results.edit', { id: parent, measure: customers, reason: 'We count customers' })
    const child = await keyResult(hanna, home, { measure: customers })
    await hanna.call('key-results.contribute', { id: child, toKeyResultId: parent, rollUp: 'sum' })
    expect((await refused(undo(hanna, done.changeId))).rule).toBe('like-sums-with-like')
  })

  test('a level to which somebody has aligned since', async () => {
    const { hanna } = marram
    const above = await objective(hanna, { level: 'individual', cycleId: marram.cycles.quarter })
    const done = await hanna.send('objectives.edit', { id: above, level: 'group', reason: 'It is all of us' })
    await hanna.call('objectives.align', { id: await group(hanna), toObjectiveId: above })
    expect((await refused(undo(hanna, done.changeId))).rule).toBe('objective-aligns-to-objective')
  })

  test('a cycle in which a deadline lies since', async () => {
    const { hanna, ingrid } = marram
    const early = await ingrid.call('cycles.create', { name: 'October', startsOn: '2026-10-01', endsOn: '2026-10-31' })
    const home = await objective(hanna, { level: 'group', cycleId: early.id })
    const done = await hanna.send('objectives.edit', {
      id: home,
      cycleId: marram.cycles.quarter,
      reason: 'It takes longer',
    })
    await keyResult(hanna, home)
    expect((await refused(undo(hanna, done.changeId))).rule).toBe('time-bound')
  })

  test('a publication, of a Key Result that was reported on and of an Objective that is aligned to', async () => {
    const { hanna } = marram
    const home = await group(hanna, null, true)
    const id = await keyResult(hanna, home, { draft: true })
    const both = await hanna.send('objectives.publish', { id: home })
    await hanna.call('check-ins.make', { id, value: 5 })
    expect(await refused(undo(hanna, both.changeId))).toMatchObject(touchedSince)
    const above = await group(hanna, null, true)
    const alone = await hanna.send('objectives.publish', { id: above })
    await hanna.call('objectives.align', { id: home, toObjectiveId: above })
    expect(await refused(undo(hanna, alone.changeId))).toMatchObject(touchedSince)
  })
})

describe('A check-in', () => {
  test('stays on record when it is undone, with one that takes it back', async () => {
    const { hanna } = marram
    const id = await keyResult(hanna, await group(hanna))
    await hanna.call('check-ins.make', { id, value: 5, confidence: 6 })
    const second = await hanna.send('check-ins.make', { id, value: 7, confidence: 9 })
    await undo(hanna, second.changeId)
    expect(await hanna.call('key-results.show', { id })).toMatchObject({ current: '5', own: '5', confidence: 6 })
    const { items } = await hanna.call('check-ins.list', { id })
    expect(items).toHaveLength(3)
    expect(items.find((item) => item.corrects === second.data.id)).toMatchObject({
      takesBack: true,
      value: null,
      reportedById: idOf(hanna),
    })
  })

  test('on what is closed by now is not undone', async () => {
    const { hanna } = marram
    const id = await keyResult(hanna, await group(hanna))
    const made = await hanna.send('check-ins.make', { id, value: 5 })
    await hanna.call('key-results.close', { id })
    expect((await refused(undo(hanna, made.changeId))).rule).toBe('life')
  })
})

test('When the product has let somebody go on their last day, undoing that keeps them: they have not left', async () => {
  const { ingrid, clock } = marram
  const who = await holder()
  const [page] = [await ingrid.call('people.show', { id: idOf(who) })]
  await ingrid.call('people.leave', { id: idOf(who), leftOn: '2026-11-25' })
  clock.set('2026-11-25T08:00:00.000Z')
  await ingrid.call('groups.create', { name: 'Any write' })
  const { rows } = await everything.query(
    `select change_id from change_entries where noun_id = $1 and (after ->> 'hasLeft')::boolean`,
    [idOf(who)],
  )
  await undo(ingrid, rows[0].change_id)
  await ingrid.call('groups.create', { name: 'Any other write' })
  expect(await ingrid.call('people.show', { id: idOf(who) })).toMatchObject({ leftOn: null, managerId: page.managerId })
  expect((await who.call('objectives.list', { leadId: idOf(who) })).items).toHaveLength(1)
})

test('An API key is made and revoked for good: neither is undone', async () => {
  const { ingrid } = marram
  const made = await ingrid.send('api-keys.create', { name: 'Reporter', service: { name: 'Reporter', role: 'member' } })
  expect((await refused(undo(ingrid, made.changeId))).rule).toBe('not-undoable')
  const revoked = await ingrid.send('api-keys.revoke', { id: made.data.id })
  expect((await refused(undo(ingrid, revoked.changeId))).rule).toBe('not-undoable')
})

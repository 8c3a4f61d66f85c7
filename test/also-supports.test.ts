import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { ChangeId, ObjectiveId } from '#domain/id.ts'
import { Problem, type Repair } from '#domain/problem.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, openOrganization, refused } from './harness.ts'

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

const group = (lead: Caller, more: Partial<InputOf<'objectives.create'>> & { draft?: boolean } = {}) =>
  objective(lead, { level: 'group', cycleId: marram.cycles.quarter, ...more })
const support = (who: Caller, id: ObjectiveId, objectiveId: ObjectiveId) =>
  who.call('objectives.also-support', { id, objectiveId })
const leave = (who: Caller, id: ObjectiveId, objectiveId: ObjectiveId) =>
  who.call('objectives.end-also-support', { id, objectiveId })
const align = (who: Caller, id: ObjectiveId, toObjectiveId: ObjectiveId) =>
  who.call('objectives.align', { id, toObjectiveId })
const undo = (who: Caller, { changeId }: { changeId: string | null }) =>
  who.call('changes.undo', { id: changeId as ChangeId })
const show = (id: ObjectiveId, who: Caller = marram.ben) => who.call('objectives.show', { id })
const linksOf = async (id: ObjectiveId, who: Caller = marram.ben) => {
  const { items } = await who.call('objectives.also-supports', { id })
  return items.map(({ direction, fromObjectiveId, toObjectiveId }) => [direction, fromObjectiveId, toObjectiveId])
}
const why = async (attempt: Promise<unknown>) => {
  const { kind, rule, reason } = await refused(attempt)
  return kind === 'refused' ? `${rule} ${reason?.key.split('.').at(-1)}` : kind
}

describe('What an Objective also supports', () => {
  test('shows from both ends, and counts towards nothing', async () => {
    const { hanna, tomas } = marram
    const [above, below, third] = [await group(tomas), await group(hanna), await group(tomas)]
    const progressed = await keyResult(hanna, below)
    await hanna.call('check-ins.make', { id: progressed, value: 150000 })
    const before = await show(above)
    const made = await support(hanna, below, above)
    expect(made).toMatchObject({ fromObjectiveId: below, toObjectiveId: above, madeById: idOf(hanna) })
    await support(tomas, third, below)
    expect(await linksOf(below)).toEqual([
      ['supports', below, above],
      ['supported-by', third, below],
    ])
    expect(await linksOf(above)).toEqual([['supported-by', below, above]])
    const only = { id: below, direction: 'supports' as const }
    expect((await marram.ben.call('objectives.also-supports', only)).items).toHaveLength(1)
    expect((await show(below)).alsoSupportsIds).toEqual([above])
    expect(await show(above)).toEqual(before)
    const { leads } = await marram.ben.call('people.line-of-sight', { id: idOf(hanna) })
    expect(leads.find(({ objectiveId }) => objectiveId === below)?.line).toMatchObject({
      unbroken: false,
      broken: { why: 'not-aligned' },
    })
  })

  test('can be several, each once: the same again changes nothing', async () => {
    const { hanna, tomas } = marram
    const [first, second, below] = [await group(tomas), await group(tomas), await group(hanna)]
    const made = await hanna.send('objectives.also-support', { id: below, objectiveId: first })
    await support(hanna, below, second)
    const again = await hanna.send('objectives.also-support', { id: below, objectiveId: first })
    expect([again.data.id, again.changeId]).toEqual([made.data.id, null])
    expect((await show(below)).alsoSupportsIds).toEqual([first, second])
  })

  test('is part of the Objective that supports: its version counts up, and an older one is refused', async () => {
    const { hanna, tomas } = marram
    const [above, below] = [await group(tomas), await group(hanna)]
    const { version } = await show(below)
    const stale = hanna.call('objectives.also-support', { id: below, objectiveId: above }, { ifMatch: version - 1 })
    expect((await refused(stale)).rule).toBe('stale')
    const sent = await hanna.send('objectives.also-support', { id: below, objectiveId: above }, { ifMatch: version })
    expect(sent.etag).toBe(`"${version + 1}"`)
    const ended = await hanna.send('objectives.end-also-support', { id: below, objectiveId: above })
    expect([ended.etag, (await show(below)).version]).toEqual([`"${version + 2}"`, version + 2])
    expect((await show(above)).version).toBe(2)
  })

  test('no longer is, when it is said so; what never was is not found', async () => {
    const { hanna, tomas } = marram
    const [above, below] = [await group(tomas), await group(hanna)]
    expect(await why(leave(hanna, below, above))).toBe('not-found')
    const made = await support(hanna, below, above)
    expect(await leave(hanna, below, above)).toEqual(made)
    expect(await linksOf(below)).toEqual([])
    expect(await why(leave(hanna, below, above))).toBe('not-found')
  })

  test('is for whoever may edit the Objective below, and not for whoever leads what is above', async () => {
    const { hanna, tomas, noor, ingrid, jun, groups } = marram
    const above = await group(tomas)
    const below = await group(jun, { groupId: groups.forecasting })
    for (const who of [tomas, hanna, marram.service('member'), marram.service('guest')]) {
      expect(await why(support(who, below, above))).toBe('forbidden')
    }
    for (const who of [jun, noor, ingrid]) {
      await support(who, below, above)
      for (const other of [tomas, marram.service('guest')])
        expect(await why(leave(other, below, above))).toBe('forbidden')
      await leave(who, below, above)
    }
    const drafted = await noor.call('objectives.create', {
      title: 'For Jun',
      cycleId: marram.cycles.quarter,
      leadId: idOf(jun),
    })
    expect(await support(noor, drafted.id, above)).toMatchObject({ madeById: idOf(noor) })
  })

  test('is recorded: in the activity, with its reason in the change, in the history of both states', async () => {
    const { hanna, tomas } = marram
    const [above, below] = [await group(tomas), await group(hanna)]
    const reason = 'The same customers'
    const made = await hanna.send('objectives.also-support', { id: below, objectiveId: above, reason })
    await hanna.call('objectives.end-also-support', { id: below, objectiveId: above, reason: 'No longer' })
    const { items } = await marram.ben.call('activity.list', { objectiveId: below })
    expect(
      items.filter(({ noun }) => noun === 'also-supports').map(({ operation, nounId }) => [operation, nounId]),
    ).toEqual([
      ['objectives.end-also-support', made.data.id],
      ['objectives.also-support', made.data.id],
    ])
    const changed = await everything.query('select reason from changes where id = $1', [made.changeId])
    expect(changed.rows).toEqual([{ reason }])
    const kept = await everything.query(
      `select valid_to = 'infinity' as stands from also_supports_history where id = $1`,
      [made.data.id],
    )
    expect(kept.rows).toEqual([{ stands: false }])
  })
})

describe('The rules', () => {
  test('want what is supported to be published and open when the link is made; afterwards it may be over', async () => {
    const { hanna, tomas } = marram
    const below = await group(hanna)
    for (const verb of ['close', 'postpone', 'cancel'] as const) {
      const [over, later] = [await group(tomas), await group(tomas)]
      await tomas.call(`objectives.${verb}`, { id: over })
      expect(await why(support(hanna, below, over)), verb).toBe('objective-aligns-to-objective not-open')
      await support(hanna, below, later)
      await tomas.call(`objectives.${verb}`, { id: later })
      expect(await linksOf(below)).toContainEqual(['supports', below, later])
      await leave(hanna, below, later)
    }
    const own = await group(hanna, { draft: true })
    expect(await why(support(hanna, below, own))).toBe('objective-aligns-to-objective unpublished')
  })

  test('want what supports to be a draft or open: what is frozen stays as it is, but may be left', async () => {
    const { hanna, tomas } = marram
    const [above, other, below] = [await group(tomas), await group(tomas), await group(hanna, { draft: true })]
    await support(hanna, below, above)
    await hanna.call('objectives.publish', { id: below })
    for (const [freeze, thaw] of [
      ['postpone', 'resume'],
      ['close', 'reopen'],
      ['cancel', 'reopen'],
    ] as const) {
      await hanna.call(`objectives.${freeze}`, { id: below })
      expect(await why(support(hanna, below, other)), freeze).toBe('life frozen')
      await hanna.call(`objectives.${thaw}`, { id: below })
    }
    await hanna.call('objectives.close', { id: below })
    expect(await leave(hanna, below, above)).toMatchObject({ toObjectiveId: above })
  })

  test('let nothing support itself, nor what lies on its own line, above or below', async () => {
    const { hanna } = marram
    const top = await group(hanna)
    const middle = await group(hanna, { alignedToId: top })
    const low = await group(hanna, { alignedToId: middle })
    expect(await why(support(hanna, low, low))).toBe('no-cycles supports-itself')
    for (const [from, to] of [
      [low, middle],
      [low, top],
      [top, low],
      [middle, low],
    ] as const)
      expect(await why(support(hanna, from, to))).toBe('no-cycles supports-its-line')
  })

  test('know no level and no time: a company may support what a group does, in another quarter', async () => {
    const { ingrid, tomas } = marram
    const next = await ingrid.call('cycles.create', { name: 'Q3 2027', startsOn: '2027-07-01', endsOn: '2027-09-30' })
    const above = await group(tomas, { cycleId: next.id })
    const below = await objective(ingrid, { level: 'company', cycleId: marram.cycles.quarter })
    expect(await support(ingrid, below, above)).toMatchObject({ toObjectiveId: above })
    await support(tomas, above, below)
    expect(await linksOf(above)).toHaveLength(2)
  })

  test('are asked of what one sees: another’s draft, what is private, what is elsewhere are not there', async () => {
    const { hanna, tomas, administrator } = marram
    const below = await group(hanna)
    const elsewhere = await openOrganization({ name: 'Strandhavn', on: marram })
    const person = await elsewhere.administrator.call('people.create', { name: 'Somebody' })
    const cycle = await elsewhere.administrator.call('cycles.create', {
      name: 'Q4',
      startsOn: '2026-10-01',
      endsOn: '2026-12-31',
    })
    const theirs = await elsewhere.administrator.call('objectives.create', {
      title: 'Theirs',
      cycleId: cycle.id,
      leadId: person.id,
    })
    const hidden = [await group(tomas, { draft: true }), await group(tomas, { visibility: 'named' }), theirs.id]
    for (const id of hidden) expect(await why(support(hanna, below, id))).toBe('not-found')
    for (const id of hidden) expect(await why(leave(hanna, below, id))).toBe('not-found')
    expect(await why(support(administrator, below, theirs.id))).toBe('not-found')
  })
})

describe('What is private', () => {
  test('shows as something that is there; who supports it can leave it by the link itself', async () => {
    const { hanna, tomas, ben } = marram
    const [above, below] = [await group(tomas), await group(hanna)]
    const { id } = await support(hanna, below, above)
    await tomas.call('objectives.edit', { id: above, visibility: 'named', viewerIds: [], reason: 'Among ourselves' })
    for (const who of [hanna, ben]) {
      const { items } = await who.call('objectives.also-supports', { id: below })
      expect(items).toMatchObject([{ id, toObjectiveId: null, madeById: null, direction: 'supports' }])
      expect((await show(below, who)).alsoSupportsIds).toEqual([])
    }
    // Whoever remembers its id does not learn by it where the link leads.
    expect(await why(leave(hanna, below, above))).toBe('not-found')
    expect(await leave(hanna, below, id as string as ObjectiveId)).toMatchObject({ id, toObjectiveId: null })
    expect(await linksOf(below)).toEqual([])
  })

  test('shows nowhere as a supporter, nor a draft: not in lists, activity or refusals', async () => {
    const { hanna, tomas, ben, daniel } = marram
    const above = await group(tomas)
    const draft = await group(hanna, { draft: true })
    const hidden = await group(hanna, { visibility: 'named' })
    const links = [await support(hanna, draft, above), await support(hanna, hidden, above)]
    expect(await linksOf(above)).toEqual([])
    expect(await linksOf(above, daniel)).toHaveLength(2)
    const { items } = await ben.call('activity.list', { limit: 200 })
    const told = JSON.stringify(items)
    for (const id of [draft, hidden, ...links.map((link) => link.id)]) expect(told).not.toContain(id)
    for (const id of [draft, hidden]) {
      expect(await why(ben.call('objectives.also-supports', { id }))).toBe('not-found')
      expect(await why(support(ben, id, above))).toBe('not-found')
    }
  })
})

describe('A later alignment that would put it on the line', () => {
  test('names it, and ends it in the same change: one call that works as it is, and one undo that takes it back', async () => {
    const { hanna } = marram
    const [top, other] = [await group(hanna, { title: 'Be there' }), await group(hanna)]
    const middle = await group(hanna, { alignedToId: other })
    const low = await group(hanna, { title: 'Be early', alignedToId: middle })
    const link = await support(hanna, low, top)
    const no = await refused(align(hanna, middle, top))
    expect(no).toMatchObject({
      kind: 'refused',
      rule: 'no-cycles',
      reason: { key: 'rule.no-cycles.would-break', values: { count: 1 } },
      errors: [
        {
          pointer: '/toObjectiveId',
          reason: { key: 'breaking.also-supports', values: { below: 'Be early', above: 'Be there' } },
        },
      ],
      details: { links: [{ kind: 'also-supports', id: link.id, fromId: low, toId: top, mayEnd: true }], hidden: 0 },
    })
    const done = (await hanna.repair(no.repairs?.[0] as Repair)) as { changeId: string }
    expect([await linksOf(low), (await show(middle)).alignedToId]).toEqual([[], top])
    await undo(hanna, done)
    expect([await linksOf(low), (await show(middle)).alignedToId]).toEqual([[['supports', low, top]], other])
  })

  test('downward too: what is above supported something that is now to serve it', async () => {
    const { hanna } = marram
    const [top, low] = [await group(hanna), await group(hanna)]
    await support(hanna, top, low)
    const no = await refused(align(hanna, low, top))
    expect(no).toMatchObject({ rule: 'no-cycles', details: { links: [{ fromId: top, toId: low }] } })
    await hanna.repair(no.repairs?.[0] as Repair)
    expect(await show(low)).toMatchObject({ alignedToId: top })
  })

  test('is asked of whoever accepts it; who may not end the other says whom to ask', async () => {
    const { hanna, tomas, ingrid } = marram
    const [above, below] = [await group(tomas), await group(hanna)]
    await support(hanna, below, above)
    await align(hanna, below, above)
    const no = await refused(tomas.call('objectives.accept-alignment', { id: below }))
    expect(no).toMatchObject({
      rule: 'no-cycles',
      repairs: [],
      errors: [
        { reason: { key: 'breaking.also-supports' } },
        { reason: { key: 'breaking.ask', values: { names: expect.stringContaining('Hanna') } } },
      ],
      details: { links: [{ mayEnd: false, ask: [{ id: idOf(hanna) }, { id: idOf(tomas) }] }] },
    })
    const other = await refused(ingrid.call('objectives.accept-alignment', { id: below }))
    await ingrid.repair(other.repairs?.[0] as Repair)
    expect(await show(below)).toMatchObject({ alignedToId: above, alsoSupportsIds: [] })
  })

  test('counts one that is private to others, and does not name it', async () => {
    const { hanna, tomas } = marram
    const [middle, mine] = [await group(hanna), await group(hanna)]
    const hidden = await group(tomas, { title: 'Canary in the reeds', visibility: 'named', viewerIds: [idOf(hanna)] })
    await align(tomas, hidden, middle)
    await hanna.call('objectives.accept-alignment', { id: hidden })
    const link = await support(tomas, hidden, mine)
    await tomas.call('objectives.edit', { id: hidden, viewerIds: [], reason: 'Among ourselves' })
    const blind = await refused(align(hanna, middle, mine))
    expect(blind).toMatchObject({
      rule: 'no-cycles',
      repairs: [],
      errors: [{ reason: { key: 'breaking.hidden', values: { count: 1 } } }],
      details: { links: [], hidden: 1 },
    })
    for (const secret of ['Canary', hidden, link.id]) expect(JSON.stringify(blind)).not.toContain(secret)
  })
})

describe('It is undone', () => {
  test('made and left, and undone again', async () => {
    const { hanna, tomas } = marram
    const [above, below] = [await group(tomas), await group(hanna)]
    const made = await hanna.send('objectives.also-support', { id: below, objectiveId: above })
    const undone = await hanna.send('changes.undo', { id: made.changeId as ChangeId })
    expect(await linksOf(below)).toEqual([])
    await undo(hanna, undone)
    expect(await linksOf(below)).toEqual([['supports', below, above]])
    const left = await hanna.send('objectives.end-also-support', { id: below, objectiveId: above })
    await undo(hanna, left)
    expect(await linksOf(below)).toEqual([['supports', below, above]])
  })

  test('with the draft that is thrown away', async () => {
    const { hanna, tomas } = marram
    const [above, below] = [await group(tomas), await group(hanna, { draft: true })]
    await support(hanna, below, above)
    const discarded = await hanna.send('objectives.discard', { id: below })
    expect(await linksOf(above, hanna)).toEqual([])
    await undo(hanna, discarded)
    expect(await linksOf(above, hanna)).toEqual([['supported-by', below, above]])
  })

  test('not where it would lie on the line by now, nor what it leads to made a draft again', async () => {
    const { hanna } = marram
    const [above, below] = [await group(hanna), await group(hanna)]
    await support(hanna, below, above)
    const left = await hanna.send('objectives.end-also-support', { id: below, objectiveId: above })
    const top = await group(hanna)
    const [lower, upper] = [await group(hanna), await group(hanna, { alignedToId: top })]
    await support(hanna, lower, top)
    const gone = await hanna.send('objectives.end-also-support', { id: lower, objectiveId: top })
    await align(hanna, below, above)
    expect((await refused(undo(hanna, left))).rule).toBe('touched-since')
    const between = await group(hanna)
    await hanna.call('objectives.align', { id: lower, toObjectiveId: upper })
    expect((await refused(undo(hanna, gone))).rule).toBe('touched-since')
    const drafted = await group(hanna, { draft: true })
    const published = await hanna.send('objectives.publish', { id: drafted })
    await support(hanna, between, drafted)
    expect((await refused(undo(hanna, published))).rule).toBe('touched-since')
  })

  test('nor the end of an alignment by which it would come to lie on the line', async () => {
    const { hanna } = marram
    const top = await group(hanna)
    const middle = await group(hanna, { alignedToId: top })
    const low = await group(hanna, { alignedToId: middle })
    const ended = await hanna.send('objectives.end-alignment', { id: middle })
    const link = await support(hanna, low, top)
    const no = await refused(undo(hanna, ended))
    expect(no).toMatchObject({ rule: 'no-cycles', details: { links: [{ id: link.id }] } })
    await hanna.repair(no.repairs?.[0] as Repair)
    await undo(hanna, ended)
    expect((await show(middle)).alignedToId).toBe(top)
  })
})

test('Of two who save at once, one who aligns and one who supports, one is refused: thirty times over', {
  timeout: 60_000,
}, async () => {
  const { hanna } = marram
  for (let time = 0; time < 30; time++) {
    const [a, b] = [await group(hanna), await group(hanna)]
    const [from, to] = time % 2 === 0 ? [a, b] : [b, a]
    const answers = await Promise.allSettled([support(hanna, from, to), align(hanna, a, b)])
    const no = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason)
    for (const error of no) if (!(error instanceof Problem)) throw error
    expect(no.map((error) => error.facts.rule)).toEqual(['no-cycles'])
  }
  const [a, b] = [await group(hanna), await group(hanna)]
  const twice = await Promise.all([support(hanna, a, b), support(hanna, a, b)])
  expect(new Set(twice.map(({ id }) => id)).size).toBe(1)
})

test('Any past day tells what also supported what when it ended', async () => {
  const { hanna, tomas, clock } = marram
  const [above, below] = [await group(tomas), await group(hanna)]
  const day = () => clock.now().toISOString().slice(0, 10)
  const next = () => clock.pass(86_400_000)
  const days = [day()]
  next()
  await support(hanna, below, above)
  days.push(day())
  next()
  await leave(hanna, below, above)
  days.push(day())
  next()
  const told: [number, string[]][] = []
  for (const asOf of days) {
    const { items } = await marram.ben.call('objectives.also-supports', { id: above, asOf })
    told.push([items.length, (await marram.ben.call('objectives.show', { id: below, asOf })).alsoSupportsIds])
  }
  expect(told).toEqual([
    [0, []],
    [1, [above]],
    [0, []],
  ])
})

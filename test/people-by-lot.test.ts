import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import { addDays, dayAt } from '#domain/day.ts'
import type { ChangeId, GroupId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { Problem } from '#domain/problem.ts'
import { letGo } from '#jobs/leaving.ts'
import type { OperationName } from '#operations/declared/catalogue.ts'
import { chance } from './chance.ts'
import { type Installation, type Organization, openInstallation, openOrganization } from './harness.ts'

let installation: Installation
let everything: pg.Client
beforeAll(async () => {
  installation = await openInstallation('2026-10-12T08:00:00.000Z')
  everything = new pg.Client({ connectionString: installation.database.adminUrl })
  await everything.connect()
})
afterAll(async () => {
  await everything.end()
  await installation.close()
})

const RUNS = 3
const STEPS = 60
const HERE = `p.organization_id = $1 and p.id = %s and (p.left_on is null or p.left_on > $2)`
const here = (id: string) => `exists (select from people p where ${HERE.replace('%s', id)})`

/** What must be so at any time, each as a question for what breaks it. */
const BROKEN = {
  'a Key Result is owned by somebody who has left': `select t.id from key_results t where t.organization_id = $1 and t.state <> 'discarded' and not ${here('t.owner_id')}`,
  'an Objective is led by somebody who has left': `select t.id from objectives t where t.organization_id = $1 and t.state <> 'discarded' and not ${here('t.lead_id')}`,
  'an Initiative that is to be done is led by somebody who has left': `select t.id from initiatives t where t.organization_id = $1 and t.state in ('planned', 'started') and not ${here('t.lead_id')}`,
  'a KPI is owned by somebody who has left': `select t.id from kpis t where t.organization_id = $1 and not ${here('t.owner_id')}`,
  'a group is led by somebody who has left': `select t.id from groups t where t.organization_id = $1 and t.lead_id is not null and not ${here('t.lead_id')}`,
  'an alignment is answered for by somebody who has left': `select t.id from alignments t where t.organization_id = $1 and t.state in ('accepted', 'offered') and not ${here('t.accountable_id')}`,
  'somebody reports to who has left': `select t.id from people t where t.organization_id = $1 and (t.left_on is null or t.left_on > $2) and t.manager_id is not null and not ${here('t.manager_id')}`,
  'somebody stands above themselves': `select t.id from people t where t.organization_id = $1 and $2::date is not null and manages($1, t.id, t.id)`,
  'somebody has left and it was not seen to': `select t.id from people t where t.organization_id = $1 and t.has_left <> coalesce(t.left_on <= $2, false)`,
  'no administrator stays': `select 1 where $2::date is not null and not exists (select from people where organization_id = $1 and role = 'administrator' and left_on is null)`,
  'somebody who has left, or the owner, may report': `select t.id from key_results t where t.organization_id = $1 and (t.delegate_id = t.owner_id or t.delegate_id is not null and not ${here('t.delegate_id')})`,
  'somebody who has left stands in': `select t.id from absences t where t.organization_id = $1 and t.ends_on >= $2 and t.delegate_id is not null and not ${here('t.delegate_id')}`,
  'somebody is away twice on a day': `select t.id from absences t join absences o on o.organization_id = t.organization_id and o.person_id = t.person_id and o.id <> t.id
    where t.organization_id = $1 and $2::date is not null and t.starts_on <= o.ends_on and o.starts_on <= t.ends_on`,
}

test.each(Array.from({ length: RUNS }, (_, run) => run + 1))(
  'After whatever is hired, left, taken back, moved, handed over and undone, everything is somebody’s who is here (%i)',
  async (seed) => {
    const marram = await openOrganization({ on: installation, name: `Marram ${seed}` })
    const company = await begin(marram, seed)
    for (let step = 0; step < STEPS; step++) {
      await company.step()
      await expectSound(marram, company.history)
    }
    const done = [...company.tally].filter(([what]) => !what.includes('refused')).map(([what]) => what)
    expect(done.length, JSON.stringify([...company.tally])).toBeGreaterThan(8)
  },
)

async function expectSound({ id, clock }: Organization, history: readonly string[]): Promise<void> {
  const today = dayAt(clock.now().toISOString(), 'Europe/Oslo')
  for (const [what, question] of Object.entries(BROKEN)) {
    const { rows } = await everything.query(question, [id, today])
    if (rows.length > 0) expect.fail(`${what} (${today}) after:\n${history.slice(-12).join('\n')}`)
  }
}

async function begin(marram: Organization, seed: number) {
  const { administrator, clock, services } = marram
  const draw = chance(seed)
  const tally = new Map<string, number>()
  const history: string[] = []
  const changes: string[] = []
  const people: PersonId[] = []
  const cycle = await administrator.call('cycles.create', {
    name: 'Year',
    startsOn: '2026-01-01',
    endsOn: '2028-12-31',
  })
  const objectives: ObjectiveId[] = []
  const keyResults: KeyResultId[] = []
  const groups: GroupId[] = []
  const reason = 'It came about'

  async function act<Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<{ id?: string } | null> {
    try {
      const { data, changeId } = await administrator.send(name, input)
      if (changeId) changes.push(changeId)
      note(name, input)
      return data as { id?: string }
    } catch (error) {
      if (!(error instanceof Problem)) throw new Error(`${name} broke down\n${history.join('\n')}`, { cause: error })
      note(`${name} refused: ${error.facts.rule}`, input)
      return null
    }
  }

  function note(what: string, input: unknown): void {
    tally.set(what, (tally.get(what) ?? 0) + 1)
    history.push(`${what} ${JSON.stringify(input)}`)
  }

  const someone = () => draw.pick(people)
  const today = () => dayAt(clock.now().toISOString(), 'Europe/Oslo')
  const role = () => draw.pick(['member', 'member', 'member', 'guest', 'administrator'] as const)

  async function hire(more: Partial<InputOf<'people.create'>> = {}): Promise<void> {
    const managerId = people.length === 0 || draw.oneIn(6) ? null : someone()
    const made = await act('people.create', { name: 'Somebody', managerId, role: role(), ...more })
    if (made) people.push(made.id as PersonId)
  }

  async function write(): Promise<void> {
    const leadId = someone()
    const made = await act('objectives.create', { title: 'New', level: 'group', cycleId: cycle.id, leadId })
    if (!made) return
    const id = made.id as ObjectiveId
    const measure = { kind: 'increase' as const, start: '0', target: '9', unit: 'USD' }
    const body = { id, title: 'New', deadline: '2027-12-31', measure, ownerId: someone() }
    const key = await act('key-results.create', body)
    if (!draw.oneIn(3)) await act('objectives.publish', { id })
    if (objectives.length > 0)
      await act('objectives.align', { id, toObjectiveId: draw.pick(objectives), accountableId: someone() })
    objectives.push(id)
    if (key) keyResults.push(key.id as KeyResultId)
  }

  const COMMANDS: [weight: number, command: () => Promise<unknown>][] = [
    [3, () => hire()],
    [5, () => act('people.leave', { id: someone() })],
    [3, () => act('people.leave', { id: someone(), leftOn: addDays(today(), draw.below(5)) })],
    [4, () => act('people.return', { id: someone() })],
    [4, () => act('people.edit', { id: someone(), managerId: draw.oneIn(4) ? null : someone() })],
    [2, () => act('people.edit', { id: someone(), role: role() })],
    [3, write],
    [3, () => act('key-results.hand-over', { id: draw.pick(keyResults), toId: someone(), reason })],
    [2, () => act('key-results.edit', { id: draw.pick(keyResults), ownerId: someone(), reason })],
    [2, () => act('objectives.hand-over', { id: draw.pick(objectives), toId: someone(), reason })],
    [2, () => act('people.hand-over', { id: someone(), toId: someone(), reason, onlyInterim: draw.oneIn(2) })],
    [2, () => act('groups.edit', { id: draw.pick(groups), leadId: draw.oneIn(4) ? null : someone() })],
    [2, () => act('key-results.name-delegate', { id: draw.pick(keyResults), personId: someone() })],
    [1, () => act('initiatives.create', { id: draw.pick(keyResults), title: 'New', leadId: someone() })],
    [1, () => act('kpis.create', { name: 'New', unit: '%', ownerId: someone() })],
    [2, () => away()],
    [1, () => act('people.end-absence', { id: someone() })],
    [6, () => act('changes.undo', { id: draw.pick(changes.slice(-8)) as ChangeId })],
    [3, pass],
  ]
  const LOTS = COMMANDS.flatMap(([weight, command]) => Array.from({ length: weight }, () => command))

  function away() {
    const from = addDays(today(), draw.below(6) - 3)
    const input = { id: someone(), from, until: addDays(from, draw.below(6)), delegateId: someone() }
    return act('people.announce-absence', input)
  }

  /** Days pass; then the job comes, or somebody writes something. */
  async function pass(): Promise<void> {
    clock.pass(86_400_000 * (1 + draw.below(3)))
    history.push(`it is ${today()}`)
    if (draw.oneIn(2)) await letGo(services, console)
    else await administrator.call('groups.create', { name: 'Any write' })
  }

  await hire({ role: 'administrator', managerId: null })
  for (let count = 0; count < 9; count++) await hire()
  for (const name of ['Sales', 'Product'])
    groups.push((await administrator.call('groups.create', { name, leadId: someone() })).id)
  for (let count = 0; count < 5; count++) await write()
  return { step: () => draw.pick(LOTS)(), history, tally }
}

import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import type { InputOf } from '#client/client.ts'
import { dayAt } from '#domain/day.ts'
import type { KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { Problem, type ProblemFacts } from '#domain/problem.ts'
import type { OperationName } from '#operations/declared/catalogue.ts'
import { chance } from './chance.ts'
import { type Fraction, fraction, text } from './fraction.ts'
import type { Options, Organization, Sent } from './harness.ts'
import { added, figuresOf, progressOf } from './oracle.ts'
import type { Figures, Known, Link, Measured, Purpose, Said, World } from './world.ts'

/** A company in which everything happens by lot, and beside it the world as it ought to have become. */
export type RandomCompany = {
  /** Does one thing, or has it refused; says what. */
  step(): Promise<string>
  /** Every figure is what the oracle says, to the last place. */
  check(): Promise<void>
  /** How often each thing was done, and how often it was refused by which rule. */
  readonly tally: ReadonlyMap<string, number>
  /** How many figures were compared. */
  compared(): number
  close(): Promise<void>
}

type Report = Said & { id: string }
type Model = World & { offers: Map<string, Link>; parents: Map<string, string> }
/** What was done, and the change by which it can be undone; null where it was refused. */
type Done = { changeId: string | null } | null

const DAY = 86_400_000
const UNITS = ['USD', 'USD', 'USD', 'customers', '%']
const FROM = {
  publish: ['draft'],
  close: ['published', 'postponed'],
  reopen: ['closed', 'cancelled'],
  postpone: ['published'],
  resume: ['postponed'],
  cancel: ['published', 'postponed'],
  discard: ['draft'],
} as Record<Verb, Known['state'][]>
type Verb = 'publish' | 'close' | 'reopen' | 'postpone' | 'resume' | 'cancel' | 'discard'
const VERBS = Object.keys(FROM) as Verb[]
const ALREADY = ['included', 'additional', undefined] as const
const AMOUNTS = ['-3', '0', '0.000001', '1', '2', '2.5', '3', '7', '12', '100', '333.333333', '1000000']

export async function openRandomCompany(organization: Organization, seed: number): Promise<RandomCompany> {
  const { administrator, clock, database } = organization
  const draw = chance(seed)
  const tally = new Map<string, number>()
  const history: string[] = []
  let compared = 0
  let refusal: ProblemFacts | null = null
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  let model: Model = { keyResults: new Map(), objectives: new Map(), links: [], offers: new Map(), parents: new Map() }

  const people: PersonId[] = []
  for (const name of ['Ingrid Solheim', 'Daniel Okafor', 'Priya Raman'])
    people.push((await administrator.call('people.create', { name })).id)
  const cycle = await administrator.call('cycles.create', { name: 'Q4', startsOn: '2026-10-01', endsOn: '2026-12-31' })

  async function attempt<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    options: Options = {},
  ): Promise<Sent<Name> | null> {
    try {
      const sent = await administrator.send(name, input, options)
      model.today = dayAt(clock.now().toISOString(), 'Europe/Oslo')
      tally.set(name, (tally.get(name) ?? 0) + 1)
      return sent
    } catch (error) {
      if (!(error instanceof Problem)) throw new Error(`${name} broke down\n${told()}`, { cause: error })
      const no = `${name} refused: ${error.facts.rule}`
      refusal = error.facts
      tally.set(no, (tally.get(no) ?? 0) + 1)
      return null
    }
  }

  // Objectives

  async function addObjective(published = false): Promise<Done> {
    const above = [...model.objectives.keys()]
    const level = above.length === 0 ? 'company' : draw.pick(['company', 'group', 'group', 'individual'] as const)
    const alignedToId = above.length > 0 && !draw.oneIn(4) ? (draw.pick(above) as ObjectiveId) : null
    const body = {
      title: 'To be achieved',
      level,
      cycleId: cycle.id,
      leadId: draw.oneIn(4) ? draw.pick(people) : (people[0] as PersonId),
      alignedToId,
    }
    const made = await attempt('objectives.create', body)
    if (!made) return null
    model.objectives.set(made.data.id, { state: 'draft', frozen: null })
    aligned(made.data.id, made.data.alignedToId)
    if (published) await objectiveLife(made.data.id, 'publish')
    return made
  }

  async function align(): Promise<Done> {
    const from = someObjective()
    const made = await attempt('objectives.align', { id: from, toObjectiveId: someObjective() as ObjectiveId })
    if (made?.data.state === 'accepted') aligned(from, made.data.toObjectiveId)
    return made
  }

  async function acceptAlignment(): Promise<Done> {
    const from = someObjective()
    const made = await attempt('objectives.accept-alignment', { id: from as ObjectiveId })
    if (made) aligned(from, made.data.toObjectiveId)
    return made
  }

  async function endAlignment(): Promise<Done> {
    const from = someObjective()
    const made = await attempt('objectives.end-alignment', { id: from as ObjectiveId })
    if (!made?.data.decidedAt) return made
    model.parents.delete(from)
    objectiveIn(from).above = null
    return made
  }

  async function objectiveLife(
    id = someInLife([...model.objectives.keys()], objectiveIn) as ObjectiveId,
    verb = someVerb(objectiveIn(id)),
  ): Promise<Done> {
    const made = await attempt(`objectives.${verb}`, { id })
    if (!made) return null
    const objective = objectiveIn(id)
    const progress = progressOf(model, id)
    const along = verb === 'close' || verb === 'cancel' ? FROM[verb] : [objective.state]
    const moved = [...model.keyResults].filter(([, one]) => one.objective === id && along.includes(one.state))
    live(
      moved.map(([keyResultId]) => keyResultId),
      made.data.state,
    )
    objective.frozen = isFrozen(made.data.state) ? { progress } : null
    objective.state = made.data.state
    return made
  }

  /** Makes it private, opens it again, keeps it from counting. */
  async function hide(): Promise<Done> {
    const id = someObjective()
    const hidden = !draw.oneIn(3)
    const wanted = { visibility: hidden ? ('named' as const) : ('everyone' as const), counts: !hidden || draw.oneIn(2) }
    const made = await attempt('objectives.edit', { id, ...wanted, reason: 'It is nobody’s business yet' })
    if (made) objectiveIn(id).counts = wanted.counts
    return made
  }

  // Key Results

  async function addKeyResult(published = false): Promise<Done> {
    const objective = draw.oneIn(5) ? someObjective() : draw.pick([...model.objectives.keys()].slice(0, 2))
    const { measure, body } = drawMeasure()
    const weight = draw.pick(['0', '1', '1', '3', '2.5'])
    const days = {
      startsOn: draw.pick(['2026-10-01', '2026-10-10', '2026-10-14']),
      deadline: draw.pick(['2026-10-16', '2026-11-02', '2026-12-31']),
    }
    const made = await attempt('key-results.create', {
      id: objective as ObjectiveId,
      title: 'How we will know',
      ownerId: draw.pick(people),
      ...days,
      weight,
      measure: body,
    })
    if (!made) return null
    model.keyResults.set(made.data.id, { ...days, objective, state: 'draft', weight, measure, said: [], frozen: null })
    if (published) await keyResultLife(made.data.id, 'publish')
    return made
  }

  async function publishKeyResult(): Promise<Done> {
    const drafts = [...model.keyResults.keys()].filter((id) => known(id).state === 'draft')
    return drafts.length > 0 ? keyResultLife(draw.pick(drafts) as KeyResultId, 'publish') : null
  }

  async function keyResultLife(
    id = someInLife([...model.keyResults.keys()], known) as KeyResultId,
    verb = someVerb(known(id)),
  ): Promise<Done> {
    const made = await attempt(`key-results.${verb}`, { id })
    if (made) live([id], made.data.state)
    return made
  }

  async function reweigh(): Promise<Done> {
    const id = someKeyResult()
    const weight = draw.pick(['0', '1', '2', '0.000001'])
    const made = await attempt('key-results.edit', { id: id as KeyResultId, weight, reason: 'It matters otherwise' })
    if (made) known(id).weight = weight
    return made
  }

  async function remeasure(): Promise<Done> {
    const id = someKeyResult()
    const { measure, body } = drawMeasure(known(id).measure)
    const made = await attempt('key-results.edit', {
      id: id as KeyResultId,
      measure: body,
      reason: 'It is measured so',
    })
    if (made) known(id).measure = measure
    return made
  }

  // Check-ins

  async function checkIn(): Promise<Done> {
    const id = someKeyResult()
    const said = drawReport(id)
    const made = await attempt('check-ins.make', { id: id as KeyResultId, ...said } as InputOf<'check-ins.make'>)
    if (made) reports(id).push({ ...said, id: made.data.id, measuredOn: made.data.measuredOn })
    return made
  }

  /** Corrects or takes back a report, or tries to correct what has been corrected. */
  async function correct(): Promise<Done> {
    const id = someKeyResult()
    if (reports(id).length === 0) return null
    const report = draw.pick(reports(id))
    const list = await administrator.call('check-ins.list', { id: id as KeyResultId, limit: 200 })
    let last = report.id
    for (let next: string | undefined = last; next; next = list.items.find((one) => one.corrects === next)?.id)
      last = next
    const said: Partial<Said> = draw.oneIn(3) ? {} : drawReport(id)
    const made = await attempt('check-ins.make', { id, ...said, corrects: last } as InputOf<'check-ins.make'>)
    if (!made) return null
    const { id: root, measuredOn } = report
    reports(id)[reports(id).indexOf(report)] = made.data.takesBack
      ? { ...report, takenBack: true }
      : { id: root, ...said, measuredOn: said.measuredOn ?? measuredOn }
    return made
  }

  // Contributions

  async function contribute(): Promise<Done> {
    const from = someKeyResult()
    const reported = within(from).filter(standing)
    const to = draw.oneIn(6)
      ? someKeyResult()
      : oneOf(reported.length > 0 && draw.oneIn(2) ? reported : within(from), known)
    const share = !draw.oneIn(3) ? draw.pick(['0.000001', '7', '90000', '333.333333']) : null
    const rollUp = draw.pick(['sum', 'sum', 'sum', 'average', 'average', 'shown'] as const)
    const link = { from, to, rollUp, share, weight: draw.pick(['0', '1', '3', '2.5']) }
    const already = draw.pick(ALREADY)
    const terms = { rollUp, share, weight: link.weight, ...(already ? { already } : {}) }
    const before = figuresOf(model, to).current
    const input = { id: from as KeyResultId, toKeyResultId: to as KeyResultId, ...terms }
    const made = await attempt('key-results.contribute', input)
    if (!made) return null
    if (model.links.some((one) => isDeepStrictEqual(one, link))) {
      assert.equal(made.data.parentMovesBy, '0', `What stands already moved something ${told()}`)
      return made
    }
    model.offers.delete(from)
    if (made.data.state === 'offered') model.offers.set(from, link)
    else begin(link, already)
    expectMove(to, before, made.data.parentMovesBy)
    return made
  }

  async function acceptContribution(): Promise<Done> {
    const from = someOffering()
    const already = draw.pick(ALREADY)
    const link = model.offers.get(from)
    const before = link ? figuresOf(model, link.to).current : null
    const input = { id: from as KeyResultId, ...(already ? { already } : {}) }
    const made = await attempt('key-results.accept-contribution', input)
    if (!made || !link) return made
    model.offers.delete(from)
    begin(link, already)
    expectMove(link.to, before, made.data.parentMovesBy)
    return made
  }

  async function endContribution(): Promise<Done> {
    const from = model.links.length > 0 ? draw.pick(model.links).from : someKeyResult()
    const already = draw.pick(ALREADY)
    const link = model.links.find((one) => one.from === from)
    const before = link ? figuresOf(model, link.to).current : null
    const input = { id: from as KeyResultId, ...(already ? { already } : {}) }
    const made = await attempt('key-results.end-contribution', input)
    if (!made) return null
    if (!link) model.offers.delete(from)
    else {
      end(link, already)
      expectMove(link.to, before, made.data.parentMovesBy)
    }
    return made
  }

  async function declineContribution(): Promise<Done> {
    const from = someOffering()
    const made = await attempt('key-results.decline-contribution', { id: from as KeyResultId })
    if (made) model.offers.delete(from)
    return made
  }

  const COMMANDS: [weight: number, name: string, command: () => Promise<Done>][] = [
    [1, 'add an Objective', () => addObjective()],
    [3, 'add a Key Result', () => addKeyResult()],
    [4, 'publish a Key Result', publishKeyResult],
    [4, 'live on as an Objective', () => objectiveLife()],
    [6, 'live on as a Key Result', () => keyResultLife()],
    [2, 'align', align],
    [1, 'accept an alignment', acceptAlignment],
    [1, 'end an alignment', endAlignment],
    [2, 'hide or open', hide],
    [2, 'reweigh', reweigh],
    [2, 'remeasure', remeasure],
    [10, 'check in', checkIn],
    [4, 'correct', correct],
    [14, 'contribute', contribute],
    [4, 'accept a contribution', acceptContribution],
    [4, 'end a contribution', endContribution],
    [1, 'decline a contribution', declineContribution],
  ]
  const LOTS = COMMANDS.flatMap(([weight, ...command]) => Array.from({ length: weight }, () => command))

  model.includeAligned = seed % 3 === 0
  await admin.query('update organizations set settings = $2 where id = $1', [
    organization.id,
    { includeAligned: model.includeAligned },
  ])
  for (let count = 0; count < 4; count++) await addObjective(true)
  for (let count = 0; count < 6; count++) await addKeyResult(true)
  return { step, check, tally, compared: () => compared, close: () => admin.end() }

  async function step(): Promise<string> {
    const [name, command] = draw.pick(LOTS)
    if (draw.oneIn(10)) clock.pass(DAY)
    if (draw.oneIn(5)) await organization.drain()
    const before = structuredClone(model)
    const done = await command()
    const undone = done?.changeId && draw.oneIn(6) ? await undo(name, done.changeId, before) : ''
    const what = `${name}${done ? '' : ' (refused)'}${undone}`
    history.push(what)
    return what
  }

  /** Takes back what was just done, and now and then that too: nobody has touched it, so that it must go. */
  async function undo(name: string, changeId: string, before: Model): Promise<string> {
    const after = model
    const undone = await attempt('changes.undo', { id: changeId } as InputOf<'changes.undo'>)
    assert(undone, `${name} could not be undone ${told()}`)
    model = before
    if (!draw.oneIn(3)) return ', undone'
    const redone = await attempt('changes.undo', { id: undone.data.changeId })
    assert(redone, `${name} could not be redone ${told()}`)
    model = after
    return ', undone and redone'
  }

  async function check(): Promise<void> {
    await organization.drain()
    model.today = dayAt(clock.now().toISOString(), 'Europe/Oslo')
    const keyResults = await admin.query<Row>(
      `select key_result_id as id, trim_scale(v.current)::text as current, trim_scale(v.progress)::text as progress
       from key_result_values v left join key_results k on k.organization_id = v.organization_id and k.id = key_result_id
       where v.organization_id = $1 and k.state is distinct from 'discarded'`,
      [organization.id],
    )
    const objectives = await admin.query<Row>(
      `select objective_id as id, trim_scale(v.progress)::text as progress
       from objective_values v left join objectives o on o.organization_id = v.organization_id and o.id = objective_id
       where v.organization_id = $1 and o.state is distinct from 'discarded'`,
      [organization.id],
    )
    const expected = {
      keyResults: byId(
        [...model.keyResults].filter(([, { state }]) => state !== 'discarded').map(([id]) => figureRow(id)),
      ),
      objectives: byId(
        [...model.objectives].filter(([, { state }]) => state !== 'discarded').map(([id]) => progressRow(id)),
      ),
    }
    try {
      assert.deepEqual({ keyResults: byId(keyResults.rows), objectives: byId(objectives.rows) }, expected)
    } catch (error) {
      throw new Error(`${(error as Error).message}
${told()}`)
    }
    compared += keyResults.rows.length + objectives.rows.length
  }

  // The world beside it

  function begin(link: Link, already: 'included' | 'additional' | undefined): void {
    const old = model.links.find((one) => one.from === link.from)
    if (old) end(old, already)
    const part = partOf(link)
    expectAsked(link, part, already)
    if (part && already === 'included') moveOwn(link.to, [-part[0], part[1]])
    model.links.push(link)
  }

  function end(link: Link, already: 'included' | 'additional' | undefined): void {
    const part = partOf(link)
    expectAsked(link, part, already)
    if (part && already === 'included') moveOwn(link.to, part)
    model.links = model.links.filter((one) => one !== link)
  }

  function partOf(link: Link): Fraction | null {
    const home = known(link.from).objective
    const counts = home === known(link.to).objective || objectiveIn(home).counts !== false
    return link.rollUp === 'sum' && counts && known(link.from).state !== 'draft' ? added(model, link) : null
  }

  /** Where the parent has reports, the product has to ask: it may not have gone on without an answer. */
  function expectAsked(link: Link, part: Fraction | null, already: string | undefined): void {
    if (part && !already) assert.equal(standing(link.to), undefined, `It was not asked ${told()}`)
  }

  function moveOwn(id: string, by: Fraction): void {
    const last = standing(id)
    if (last?.value === undefined) return
    const [n, d] = fraction(last.value)
    reports(id)[reports(id).indexOf(last)] = { ...last, value: text([n * by[1] + by[0] * d, d * by[1]]) }
  }

  function standing(id: string): Report | undefined {
    const values = reports(id).filter((one) => !one.takenBack && one.value !== undefined)
    return values.toSorted((a, b) => a.measuredOn.localeCompare(b.measuredOn)).at(-1)
  }

  /** All at once: what they stood at before any of them was frozen is what stays. */
  function live(ids: string[], state: Known['state']): void {
    const figures = ids.map((id) => figuresOf(model, id))
    ids.forEach((id, index) => {
      known(id).frozen = isFrozen(state) ? (figures[index] as Figures) : null
      known(id).state = state
      if (state === 'discarded') model.offers.delete(id)
    })
    if (state === 'discarded') model.links = model.links.filter((link) => !ids.includes(link.from))
  }

  function expectMove(id: string, before: Fraction | null, said: string | null): void {
    const after = figuresOf(model, id).current
    const move = before && after && text([after[0] * before[1] - before[0] * after[1], after[1] * before[1]])
    assert.equal(said, move, `Another move was told ${told()}`)
  }

  function aligned(from: string, to: string | null): void {
    if (to !== null) model.parents.set(from, to)
    objectiveIn(from).above = model.parents.get(from) ?? null
  }

  // Lots

  function someObjective(): ObjectiveId {
    return oneOf([...model.objectives.keys()], objectiveIn) as ObjectiveId
  }

  function someKeyResult(): KeyResultId {
    return oneOf([...model.keyResults.keys()], known) as KeyResultId
  }

  /** Mostly one that is published, now and then any. */
  function oneOf(ids: string[], find: (id: string) => { state: Known['state'] }): string {
    const published = ids.filter((id) => find(id).state === 'published')
    return draw.pick(published.length > 0 && !draw.oneIn(5) ? published : ids)
  }

  /** Now and then one that was postponed: there are few, and they should go on as well. */
  function someInLife(ids: string[], find: (id: string) => { state: Known['state'] }): string {
    const postponed = ids.filter((id) => find(id).state === 'postponed')
    return draw.pick(postponed.length > 0 && draw.oneIn(3) ? postponed : ids)
  }

  function someOffering(): string {
    return model.offers.size > 0 ? draw.pick([...model.offers.keys()]) : someKeyResult()
  }

  /** Mostly one that fits, now and then any. */
  function someVerb({ state }: { state: Known['state'] }): Verb {
    const fitting = VERBS.filter((verb) => FROM[verb].includes(state))
    return draw.pick(fitting.length > 0 && !draw.oneIn(6) ? fitting : VERBS)
  }

  /** Key Results that this one may well contribute to: of its own Objective, or of one above. */
  function within(id: string): string[] {
    const line = [known(id).objective]
    for (const here of line) {
      const above = model.parents.get(here)
      if (above && !line.includes(above)) line.push(above)
    }
    const others = [...model.keyResults].filter(
      ([other, { objective, measure }]) =>
        other !== id && line.includes(objective) && measure?.kind !== 'milestone' && measure?.kind !== 'maintain',
    )
    return others.length > 0 ? others.map(([other]) => other) : [...model.keyResults.keys()]
  }

  /** Often like the one it replaces, so that links hold. */
  function drawMeasure(like: Measured | null = null): {
    measure: Measured | null
    body: InputOf<'key-results.edit'>['measure']
  } {
    if (draw.oneIn(20)) return { measure: null, body: null }
    if (like?.kind === 'maintain' || (like === null && draw.oneIn(8))) return drawBounds()
    if (draw.oneIn(5)) return drawBaseline(like)
    if (like?.kind === 'milestone' || (like === null && draw.oneIn(4))) {
      const steps = Array.from({ length: draw.below(4) }, (_, index) => ({
        id: `s${index}`,
        weight: draw.pick(['0', '1', '3', '99']),
      }))
      const titled = steps.map((step) => ({ ...step, title: step.id }))
      return {
        measure: { kind: 'milestone', steps },
        body: { kind: 'milestone', evidence: 'A signed contract', steps: titled },
      }
    }
    const start = draw.oneIn(15) ? null : draw.pick(AMOUNTS)
    const target = draw.oneIn(15) ? null : draw.pick(AMOUNTS)
    const down = start !== null && target !== null && Number(target) < Number(start)
    const kind = down ? ('decrease' as const) : ('increase' as const)
    return { measure: { kind, start, target }, body: { kind, start, target, unit: draw.pick(UNITS) } }
  }

  function drawBounds() {
    const [one, other] = [draw.pick(AMOUNTS), draw.pick(AMOUNTS)]
    const [low, high] = Number(one) < Number(other) ? [one, other] : [other, one]
    const bounds = draw.pick([
      { atLeast: low, atMost: null },
      { atLeast: null, atMost: high },
      { atLeast: low, atMost: high },
    ])
    const measure = { kind: 'maintain' as const, ...bounds }
    return { measure, body: { ...measure, unit: draw.pick(UNITS) } }
  }

  function drawBaseline(like: Measured | null) {
    const kind = like?.kind === 'decrease' ? like.kind : ('increase' as const)
    const by = draw.pick([
      null,
      { percent: draw.pick(['25', '0.5', '300']) },
      { amount: draw.pick(['2', '0.000001', '90']) },
    ])
    const target = by || draw.oneIn(15) ? null : draw.pick(AMOUNTS)
    const measure = { kind, start: null, baseline: true, target, by }
    return { measure, body: { ...measure, unit: draw.pick(UNITS) } }
  }

  function drawReport(id: string): Said {
    const measuredOn = new Date(clock.now().getTime() - draw.below(4) * DAY).toISOString().slice(0, 10)
    const { measure } = known(id)
    if (measure?.kind !== 'milestone') return { value: draw.pick(AMOUNTS), measuredOn }
    const steps = measure.steps.map((step) => step.id).filter(() => draw.oneIn(2))
    if (draw.oneIn(4)) return { done: true, evidence: 'Signed on Monday', measuredOn } as Said
    return draw.oneIn(5) ? { done: false, measuredOn } : { steps, measuredOn }
  }

  function objectiveIn(id: string): Purpose {
    return model.objectives.get(id) as Purpose
  }

  function known(id: string): Known {
    return model.keyResults.get(id) as Known
  }

  function reports(id: string): Report[] {
    return known(id).said as Report[]
  }

  function figureRow(id: string): Row {
    const { current, progress } = figuresOf(model, id)
    return { id, current: current && text(current), progress: progress && text(progress) }
  }

  function progressRow(id: string): Row {
    const progress = progressOf(model, id)
    return { id, progress: progress && text(progress) }
  }

  function told(): string {
    return `by seed ${seed}, after ${history.length} steps: … ${history.slice(-12).join('; ')}
last refused: ${JSON.stringify(refusal)}`
  }
}

type Row = { id: string; current?: string | null; progress: string | null }

function byId(rows: readonly Row[]): Record<string, Omit<Row, 'id'>> {
  return Object.fromEntries(rows.toSorted((a, b) => a.id.localeCompare(b.id)).map(({ id, ...row }) => [id, row]))
}

function isFrozen(state: string): boolean {
  return state === 'postponed' || state === 'closed' || state === 'cancelled'
}

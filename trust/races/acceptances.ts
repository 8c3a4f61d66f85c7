import assert from 'node:assert/strict'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Chance, chance } from '#test/chance.ts'
import type { Found, Part } from '../suite.ts'
import { type Answer, aKeyResult, anObjective, atOnce, type Field, openField } from './field.ts'

/** Two do something at once; throws where it did not come out as it has to. */
type Race = (stage: Stage, draw: Chance) => Promise<void>

/** Hanna's Objective serves Daniel's, so that Key Results below may contribute to those above. */
type Stage = Field & { below: ObjectiveId; above: ObjectiveId }

/** Two at once decide on what is offered: exactly one of them is heard, and the figures are those of what was decided. */
export async function acceptances({ cluster, seed, from, count }: Part): Promise<Found> {
  const field = await openField(cluster)
  const counts = { 'double acceptances': 0 }
  const broken: string[] = []
  try {
    const stage = await stageOn(field)
    for (let round = from; round < from + count && broken.length === 0; round++) {
      const draw = chance(seed * 1_000_003 + round)
      const [name, race] = RACES[round % RACES.length] as (typeof RACES)[0]
      await race(stage, draw).catch((error: Error) => broken.push(`round ${round}, ${name}: ${error.stack}`))
      counts['double acceptances']++
    }
    const figures = await field.wrongFigures()
    if (figures > 0) broken.push(`${figures} figures are wrong after round ${from + count - 1}`)
    return { counts, broken }
  } finally {
    await field.close()
  }
}

async function stageOn(field: Field): Promise<Stage> {
  const above = await anObjective(field, 'daniel')
  const below = await anObjective(field, 'hanna')
  await field.at(0, 'hanna').call('objectives.align', { id: below, toObjectiveId: above })
  await field.at(0, 'daniel').call('objectives.accept-alignment', { id: below })
  return { ...field, below, above }
}

const RACES: [string, Race][] = [
  ['a contribution accepted twice', acceptedTwice],
  ['an alignment accepted twice', alignmentAcceptedTwice],
  ['a contribution accepted and declined', acceptedAndDeclined],
  ['an alignment accepted and declined', alignmentAcceptedAndDeclined],
  ['a sum and an average accepted into one parent', competing],
  ['two alignments accepted that lead in a ring', opposing],
  ['a contribution accepted while another is offered in its place', replaced],
]

const ALREADY = ['included', 'additional'] as const

async function acceptedTwice(stage: Stage, draw: Chance): Promise<void> {
  const { id, added } = await aContributor(stage, draw)
  const parent = await aParent(stage, draw.oneIn(2) ? 200 : null)
  await offer(stage, id, parent.id)
  const already = draw.pick(ALREADY)
  const accept = (server: number) => () =>
    decider(stage, draw, server).call('key-results.accept-contribution', { id, already })
  const done = oneHeard(await atOnce(stage, [accept(0), accept(1)]), 'not-found')
  await standsAt(stage, parent.id, already === 'included' ? (parent.reported ?? added) : (parent.reported ?? 0) + added)
  if (parent.reported !== null) assert.equal(done.parentMovesBy, already === 'included' ? '0' : String(added))
  assert.deepEqual(await contributionsOf(stage, id), ['accepted'])
}

async function alignmentAcceptedTwice(stage: Stage, draw: Chance): Promise<void> {
  const [id, toObjectiveId] = [await anObjective(stage, 'hanna'), stage.above]
  await stage.at(0, 'hanna').call('objectives.align', { id, toObjectiveId })
  const accept = (server: number) => () => decider(stage, draw, server).call('objectives.accept-alignment', { id })
  oneHeard(await atOnce(stage, [accept(0), accept(1)]), 'not-found')
  assert.deepEqual(await alignmentsOf(stage, id), ['accepted'])
}

async function acceptedAndDeclined(stage: Stage, draw: Chance): Promise<void> {
  const { id, added } = await aContributor(stage, draw)
  const parent = await aParent(stage, 200)
  await offer(stage, id, parent.id)
  const already = draw.pick(ALREADY)
  const [accepted, declined] = await atOnce(stage, [
    () => decider(stage, draw, 0).call('key-results.accept-contribution', { id, already }),
    () => decider(stage, draw, 1).call('key-results.decline-contribution', { id }),
  ])
  const done = oneHeard([accepted, declined], 'not-found')
  await standsAt(stage, parent.id, done.state === 'accepted' && already === 'additional' ? 200 + added : 200)
  assert.deepEqual(await contributionsOf(stage, id), [done.state])
}

async function alignmentAcceptedAndDeclined(stage: Stage, draw: Chance): Promise<void> {
  const [id, toObjectiveId] = [await anObjective(stage, 'hanna'), stage.above]
  await stage.at(0, 'hanna').call('objectives.align', { id, toObjectiveId })
  const answers = await atOnce(stage, [
    () => decider(stage, draw, 0).call('objectives.accept-alignment', { id }),
    () => decider(stage, draw, 1).call('objectives.decline-alignment', { id }),
  ])
  assert.deepEqual(await alignmentsOf(stage, id), [oneHeard(answers, 'not-found').state])
}

/** All that counts into one Key Result rolls up the same way. */
async function competing(stage: Stage, draw: Chance): Promise<void> {
  const [summing, meaning] = [await aContributor(stage, draw), await aContributor(stage, draw)]
  const parent = await aParent(stage, null)
  await offer(stage, summing.id, parent.id, 'sum')
  await offer(stage, meaning.id, parent.id, 'average')
  const accept =
    ({ id }: { id: KeyResultId }, server: number) =>
    () =>
      decider(stage, draw, server).call('key-results.accept-contribution', { id })
  const done = oneHeard(await atOnce(stage, [accept(summing, 0), accept(meaning, 1)]), 'one-roll-up')
  // Child and parent both go from 0 to 1,000: a mean over one child is that child.
  await standsAt(stage, parent.id, done.rollUp === 'sum' ? summing.added : meaning.added)
  const states = [...(await contributionsOf(stage, summing.id)), ...(await contributionsOf(stage, meaning.id))]
  assert.deepEqual(states.toSorted(), ['accepted', 'offered'])
}

async function opposing(stage: Stage, draw: Chance): Promise<void> {
  const [theirs, ours] = [await anObjective(stage, 'hanna'), await anObjective(stage, 'daniel')]
  await stage.at(0, 'hanna').call('objectives.align', { id: theirs, toObjectiveId: ours })
  await stage.at(1, 'daniel').call('objectives.align', { id: ours, toObjectiveId: theirs })
  const accept = (id: ObjectiveId, lead: 'hanna' | 'daniel', server: number) => () =>
    stage.at(server, draw.oneIn(2) ? lead : undefined).call('objectives.accept-alignment', { id })
  oneHeard(await atOnce(stage, [accept(theirs, 'daniel', 0), accept(ours, 'hanna', 1)]), 'no-cycles')
  const states = [...(await alignmentsOf(stage, theirs)), ...(await alignmentsOf(stage, ours))]
  assert.deepEqual(states.toSorted(), ['accepted', 'offered'])
}

/** Whoever accepts comes first, and the new offer stands beside; or the old one is gone, and there is nothing to accept. */
async function replaced(stage: Stage, draw: Chance): Promise<void> {
  const { id, added } = await aContributor(stage, draw)
  const [old, other] = [await aParent(stage, null), await aParent(stage, null)]
  const { version } = await stage.at(0, 'hanna').call('key-results.show', { id })
  await offer(stage, id, old.id)
  const [accepted, offered] = await atOnce<unknown>(stage, [
    () => stage.at(0, 'daniel').call('key-results.accept-contribution', { id }, { ifMatch: version + 1 }),
    () => stage.at(1, 'hanna').call('key-results.contribute', { id, toKeyResultId: other.id, rollUp: 'sum' }),
  ])
  assert.equal(offered?.rule, undefined)
  if (accepted?.rule !== undefined) assert.equal(accepted.rule, 'stale')
  await standsAt(stage, old.id, accepted?.rule === undefined ? added : 0)
  await standsAt(stage, other.id, 0)
  const states = await contributionsOf(stage, id)
  assert.deepEqual(states, accepted?.rule === undefined ? ['accepted', 'offered'] : ['ended', 'offered'])
}

/** One was heard, and the other was told which rule stands against it. */
function oneHeard<T>(answers: readonly (Answer<T> | undefined)[], rule: string): T {
  const heard = answers.flatMap((one) => (one && one.rule === undefined ? [one.done as T] : []))
  assert.deepEqual([heard.length, ...answers.flatMap((one) => one?.rule ?? [])], [1, rule])
  return heard[0] as T
}

/** Daniel, who leads what is above, or an administrator for him. */
function decider(stage: Stage, draw: Chance, server: number) {
  return stage.at(server, draw.oneIn(3) ? undefined : 'daniel')
}

async function aContributor(stage: Stage, draw: Chance): Promise<{ id: KeyResultId; added: number }> {
  const id = await aKeyResult(stage, 'hanna', stage.below)
  const added = 1 + draw.below(999)
  await stage.at(draw.below(2), 'hanna').call('check-ins.make', { id, value: added })
  return { id, added }
}

async function aParent(stage: Stage, reported: number | null): Promise<{ id: KeyResultId; reported: number | null }> {
  const id = await aKeyResult(stage, 'daniel', stage.above)
  if (reported !== null) await stage.at(1, 'daniel').call('check-ins.make', { id, value: reported })
  return { id, reported }
}

async function offer(stage: Stage, id: KeyResultId, toKeyResultId: KeyResultId, rollUp: 'sum' | 'average' = 'sum') {
  await stage.at(0, 'hanna').call('key-results.contribute', { id, toKeyResultId, rollUp })
}

async function standsAt(stage: Stage, id: KeyResultId, current: number): Promise<void> {
  await stage.drain(0)
  const [row] = await stage.query<{ current: string | null }>(
    'select trim_scale(current)::text as current from key_result_values where key_result_id = $1',
    id,
  )
  assert.equal(row?.current, String(current), 'the parent’s figure')
}

async function contributionsOf({ query }: Field, id: KeyResultId): Promise<string[]> {
  const rows = await query<{ state: string }>('select state from contributions where from_id = $1 order by state', id)
  return rows.map(({ state }) => state)
}

async function alignmentsOf({ query }: Field, id: ObjectiveId): Promise<string[]> {
  const rows = await query<{ state: string }>('select state from alignments where from_id = $1 order by state', id)
  return rows.map(({ state }) => state)
}

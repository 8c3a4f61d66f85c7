import { createSample } from '#operations/sample.ts'
import type { ThrowawayCluster } from '#test/throwaway-cluster.ts'
import type { Answer } from '../caller/exchange.ts'
import { type House, openHouse } from '../caller/house.ts'
import { type Draft, rendered } from '../caller/request.ts'
import { type Actor, openActors, refreshed } from './actors.ts'
import { type Watch, watch } from './fingerprint.ts'
import { furnish } from './furnish.ts'
import { type Foreign, idsOf, leaksIn, markTexts } from './marks.ts'
import { type Model, modelOf } from './model.ts'

/** Two organizations in one house, everybody of the first, and what is known of both. */
export type Stage = {
  house: House
  ownId: string
  /** Keys of the first one's administrator, for reading and for writing only. */
  limited: { read: string; write: string }
  actors: Actor[]
  own: Model
  other: Model
  /** Whatever belongs to the other one. */
  foreign: Foreign
  counts: Record<'verbs' | 'cells' | 'pairs' | 'answers searched', number>
  broken: string[]
  /** Sends it as somebody, or as nobody; what the answer tells that they do not see, or leaves behind, is broken. */
  ask(draft: Draft, actor: Actor | null, key?: string | null): Promise<Answer>
  /** Whether what was refused has left a trace; and who is there by now. */
  look(): Promise<void>
  close(): Promise<void>
}

/** `oneIn`: before one in so many things that may be done it is seen to that what was refused has left no trace. */
export async function openStage(cluster: ThrowawayCluster, walled: boolean, oneIn: number): Promise<Stage> {
  const house = await openHouse(cluster, { walled })
  const { services } = house.server
  const another = await createSample(services)
  await Promise.all([house.sample, another].map((sample) => furnish(house, sample)))
  await markTexts(house.database, services.clock())
  const [ownId, otherId] = [house.sample.organizationId, another.organizationId]
  const other = await modelOf(house.database, otherId)
  const stage: Stage = {
    house,
    ownId,
    limited: {
      read: await house.keyOf('ingrid', { scopes: ['read'] }),
      write: await house.keyOf('ingrid', { scopes: ['write'] }),
    },
    actors: [],
    own: await modelOf(house.database, ownId),
    other,
    foreign: new Set([...idsOf(other), otherId]),
    counts: { verbs: 0, cells: 0, pairs: 0, 'answers searched': 0 },
    broken: [],
    ask,
    look,
    close: house.close,
  }
  stage.actors = await openActors(house, () => stage.own)
  const trace: Watch = await watch(house.database)
  let unwatched = 0
  await afresh()
  let whoIsThere = standingIn(stage.own)

  async function ask(draft: Draft, actor: Actor | null, key = actor?.key ?? null): Promise<Answer> {
    const { name, method, body } = draft.operation
    const mayBeDone = body !== null && draft.headers['if-match'] !== '"0"'
    if (mayBeDone && ++unwatched % oneIn === 0) stage.broken.push(...(await trace.look()))
    const sending = rendered(draft)
    const answer = await house.line.send(sending, key)
    stage.counts['answers searched']++
    const said = `${sending.path} ${sending.body ?? ''}`
    const leaks = leaksIn(stage.own, stage.foreign, actor?.me ?? null, said, answer)
    stage.broken.push(
      ...leaks.map(
        (leak) => `${name} tells ${actor?.name ?? 'nobody'} of ${leak}: ${answer.status} ${answer.text.slice(0, 400)}`,
      ),
    )
    if (answer.status >= 400 || method === 'GET')
      trace.refused(`${method} ${sending.path} by ${actor?.name} (${answer.status})`)
    else await afresh()
    return answer
  }

  /** Something was done: the rest is held against what there is now. */
  async function afresh(): Promise<void> {
    await settled(house)
    stage.own = await modelOf(house.database, ownId)
    await trace.begin()
  }

  async function look(): Promise<void> {
    stage.broken.push(...(await trace.look()))
    if (standingIn(stage.own) === whoIsThere) return
    stage.actors = await refreshed(house, stage.actors)
    await afresh()
    whoIsThere = standingIn(stage.own)
  }

  return stage
}

/** Whoever is there, with their roles and keys. */
function standingIn(model: Model): string {
  return JSON.stringify(['people', 'services', 'api_keys'].map((table) => model.rows(table)))
}

/** Nothing is under way any more in any organization. */
async function settled({ server, database }: House): Promise<void> {
  const { rows } = await database.query('select id from organizations')
  for (const { id } of rows) await server.drain(id)
}

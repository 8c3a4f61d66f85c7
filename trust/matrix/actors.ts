import { PEOPLE, type PersonKey } from '#operations/sample/people.ts'
import { chance } from '#test/chance.ts'
import type { Operation } from '../caller/document.ts'
import { explore } from '../caller/exploring.ts'
import type { Drawing } from '../caller/fitting.ts'
import type { House, Who } from '../caller/house.ts'
import { type Memory, openMemory } from '../caller/memory.ts'
import type { Model } from './model.ts'
import { type Somebody, sees } from './seeing.ts'

/** Somebody with a key, and what they have seen. */
export type Actor = {
  name: string
  who: Who
  key: string
  me: Somebody & { kind: 'person' | 'service' }
  memory: Memory
}

const CAST = Object.keys(PEOPLE) as PersonKey[]
const ANY = { path: '/v1/people' } as Operation
const ROLES: readonly string[] = ['administrator', 'member', 'guest']
const ALL: Who[] = [...CAST, 'gro', 'administrator', 'member', 'guest']

/** What one of them has looked at, all know of; of what stands in it each names only what they see. */
export async function openActors(house: House, model: () => Model): Promise<Actor[]> {
  const common = openMemory()
  await explore(house, common, await house.keyOf('administrator'))
  for (const table of model().tables) {
    const noun = { path: `/v1/${table.replaceAll('_', '-')}` } as Operation
    common.learn(
      noun,
      {},
      {
        items: model()
          .rows(table)
          .map(({ id }) => ({ id })),
      },
    )
  }
  // To whom something is handed over no answer says: it is a person.
  common.learn(
    ANY,
    {},
    {
      items: model()
        .rows('people')
        .map(({ id }) => ({ toId: id })),
    },
  )
  const actors: Actor[] = []
  for (const who of ALL) {
    const key = await house.keyOf(who)
    const { body } = await house.line.send(ME, key)
    const me = body as Actor['me']
    const name = ROLES.includes(who) ? `a service (${who})` : who
    actors.push({ name, who, key, me, memory: { ...common, idFor: (...asked) => seenBy(common, me, model(), asked) } })
  }
  return actors
}

type Asked = Parameters<Memory['idFor']>

function seenBy(common: Memory, me: Somebody, model: Model, asked: Asked): string | undefined {
  for (let time = 0; time < 20; time++) {
    const id = common.idFor(...asked)
    const table = id && model.tableOf(id)
    const row = table && model.find(table, id)
    if (!table || !row || sees(model, me, table, row)) return id
  }
  return undefined
}

/** As they stand now: roles change, and keys are revoked. */
export async function refreshed(house: House, actors: readonly Actor[]): Promise<Actor[]> {
  const now: Actor[] = []
  for (const actor of actors) {
    const meant = await meantBy(house, actor, actor.key)
    // Who has left opens nothing by a new key either.
    const renewed = meant ?? (await meantBy(house, actor, await house.keyOf(actor.who)))
    if (renewed) now.push(renewed)
  }
  return now
}

async function meantBy(house: House, actor: Actor, key: string): Promise<Actor | undefined> {
  const { status, body } = await house.line.send(ME, key)
  return status === 200 ? { ...actor, key, me: body as Actor['me'] } : undefined
}

const ME = { method: 'GET', path: '/v1/me', headers: {}, body: undefined }

export function drawingFor(
  { document, operations }: House,
  operation: Operation,
  { memory }: Actor,
  lot: number,
): Drawing {
  return { document, operations, operation, memory, draw: chance(lot) }
}

/** So many of them, others for each verb. */
export function some(actors: readonly Actor[], count: number, lot: number): Actor[] {
  const draw = chance(lot)
  const rest = [...actors]
  return Array.from(
    { length: Math.min(count, actors.length) },
    () => rest.splice(draw.below(rest.length), 1)[0] as Actor,
  )
}

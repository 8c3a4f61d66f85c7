import { type Chance, chance } from '#test/chance.ts'
import type { Operation } from '../caller/document.ts'
import { type Answer, type Line, openLine } from '../caller/exchange.ts'
import { explore } from '../caller/exploring.ts'
import { type House, openHouse } from '../caller/house.ts'
import { type Memory, openMemory } from '../caller/memory.ts'
import { startProcess } from '../caller/processes.ts'
import { draftFor, rendered } from '../caller/request.ts'
import type { Found, Part, Suite } from '../suite.ts'
import { openRegister, type Register } from './register.ts'

const WRITERS = 16

/**
 * Many change the words of few things at once, on two servers, each saying which version they saw, or not. Nobody's
 * words are lost unseen: whoever was heard saw what was there before, and whoever was not is told what is there now.
 */
export async function edits({ cluster, seed, from, count }: Part): Promise<Found> {
  const house = await openHouse(cluster)
  const processes = await Promise.all(
    [0, 1].map(() => startProcess(house.server.database.url, house.server.services.clock())),
  )
  const lines = processes.map(({ port }) => openLine(`http://127.0.0.1:${port}`))
  const counts = { edits: 0, done: 0, stale: 0, 'without a version': 0, 'verbs asked without a version': 0 }
  const broken: string[] = []
  try {
    const key = await house.keyOf('administrator')
    const memory = openMemory()
    await explore(house, memory, key)
    const things = await thingsIn(house, memory, key)
    const rest = Array.from({ length: count }, (_, index) => from + index)
    const write = async (_: unknown, writer: number) => {
      for (let index = rest.shift(); index !== undefined; index = rest.shift()) {
        const draw = chance(seed * 1_000_003 + index)
        const status = await edit(lines[(writer + index) % 2] as Line, key, draw.pick(things), `edit ${index}`, draw)
        counts.edits++
        if (status === 200) counts.done++
        if (status === 412) counts.stale++
        if (status === 428) counts['without a version']++
      }
    }
    await Promise.all(Array.from({ length: WRITERS }, write))
    for (const { register, show } of things)
      broken.push(...register.faults((await house.line.send(show, key)).body as Shown))
    const asked = await withoutVersion(house, memory, key, seed)
    counts['verbs asked without a version'] = asked.length
    broken.push(...asked.flatMap(({ fault }) => fault ?? []))
    return { counts, broken }
  } finally {
    for (const line of lines) line.close()
    await Promise.all(processes.map((process) => process.stop()))
    await house.close()
  }
}

type Shown = { version: number } & Record<string, unknown>
type Show = { method: 'GET'; path: string; headers: Record<string, string>; body: undefined }

/** Something whose words are changed, and what is known of it. */
type Thing = { operation: Operation; id: string; field: string; show: Show; register: Register }

/** Two of everything that has words and a version. */
async function thingsIn(house: House, memory: Memory, key: string): Promise<Thing[]> {
  const things: Thing[] = []
  for (const operation of house.operations) {
    if (operation.method !== 'PATCH' || operation.ifMatch !== 'required') continue
    const field = ['title', 'name', 'text'].find((name) => name in (operation.body?.properties ?? {}))
    const noun = operation.path.split('/').at(-2)
    for (const id of idsOf(house, memory, operation).slice(0, 2)) {
      const show: Show = { method: 'GET', path: `/v1/${noun}/${id}`, headers: {}, body: undefined }
      const { status, body } = await house.line.send(show, key)
      const shown = body as Shown
      if (!field || status !== 200 || typeof shown.version !== 'number') continue
      things.push({ operation, id, field, show, register: openRegister(`${noun} ${id}`, field, shown) })
    }
  }
  return things
}

function idsOf({ document, operations }: House, memory: Memory, operation: Operation): string[] {
  const drawn = Array.from({ length: 20 }, (_, seed) => {
    const drawing = { document, operations, operation, memory, draw: chance(seed) }
    return String(draftFor(drawing).params.id)
  })
  return [...new Set(drawn)]
}

/** By the version that was just looked up or that somebody was told of before, by any of several, by whichever, or by none. */
async function edit(
  line: Line,
  key: string,
  { operation, id, field, show, register }: Thing,
  text: string,
  draw: Chance,
): Promise<number> {
  const seen = draw.oneIn(3) ? register.lastHeard() : ((await line.send(show, key)).body as Shown).version
  const tag = draw.pick([
    `"${seen}"`,
    `"${seen}"`,
    `"${seen}"`,
    `"${seen}"`,
    `W/"${seen}"`,
    `"0", "${seen}"`,
    '*',
    'none',
  ])
  const reason = 'reason' in (operation.body?.properties ?? {}) ? { reason: 'In better words' } : {}
  const answer = await line.send(
    {
      method: operation.method,
      path: operation.path.replace('{id}', id),
      headers: { 'content-type': 'application/json', ...(tag === 'none' ? {} : { 'if-match': tag }) },
      body: JSON.stringify({ [field]: text, ...reason }),
    },
    key,
  )
  register.note({ saw: tag === 'none' ? null : tag === '*' ? '*' : seen, text, answer })
  return answer.status
}

/** Every verb that has to know which version was seen: asked without one, it does nothing. */
async function withoutVersion(house: House, memory: Memory, key: string, seed: number) {
  const { document, operations, line } = house
  const asked: { fault?: string }[] = []
  for (const operation of operations.filter(({ ifMatch }) => ifMatch === 'required')) {
    for (let time = 0; time < 5; time++) {
      const draw = chance(seed * 1_000_003 + time)
      const draft = { ...draftFor({ document, operations, operation, memory, draw }), headers: {} }
      const { status, text }: Answer = await line.send(rendered(draft), key)
      asked.push(status < 400 ? { fault: `${operation.name} without If-Match: ${status} ${text}` } : {})
    }
  }
  return asked
}

export const suite: Suite = { count: 5000, atOnce: 500, run: (part) => edits(part) }

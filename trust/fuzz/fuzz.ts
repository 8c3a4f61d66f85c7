import { chance } from '#test/chance.ts'
import type { Operation } from '../caller/document.ts'
import type { Answer } from '../caller/exchange.ts'
import { explore } from '../caller/exploring.ts'
import type { Drawing } from '../caller/fitting.ts'
import { openHouse } from '../caller/house.ts'
import { type Memory, openMemory } from '../caller/memory.ts'
import { mended } from '../caller/mended.ts'
import { type Draft, draftFor, rendered } from '../caller/request.ts'
import { hostile, nearlyRight, type Spoiled } from '../caller/spoiled.ts'
import type { Found, Part, Suite } from '../suite.ts'
import { openCallers } from './callers.ts'
import { faultsOf } from './faults.ts'

/** Milliseconds that any answer may take, where nothing else runs beside. */
const PATIENCE = 2000

/**
 * Requests made from the API's description alone: right, nearly right and hostile ones, by callers of every kind, each
 * using what those before it made. Whatever is asked, the answer is one that the description foresees, soon.
 */
export async function fuzz({ cluster, seed, from, count }: Part, patience = PATIENCE): Promise<Found> {
  const house = await openHouse(cluster)
  const counts = { requests: 0, done: 0, refused: 0 }
  const broken: string[] = []
  try {
    const callers = await openCallers(house)
    const memory = openMemory()
    await explore(house, memory, callers.key('administrator'))
    for (let index = from; index < from + count; index++) {
      const draw = chance(seed * 1_000_003 + index)
      const operation = house.operations[index % house.operations.length] as Operation
      const drawing = { document: house.document, operations: house.operations, operation, memory, draw }
      const who = callers.some(draw)

      const ask = async (draft: Draft, sending: Spoiled): Promise<Answer> => {
        const answer = await house.line.send(sending, callers.key(who))
        counts.requests++
        counts[answer.status < 400 ? 'done' : 'refused']++
        for (const fault of faultsOf(house, operation, sending, answer, patience))
          broken.push(
            `${fault}: request ${index} by ${who}: ${told(sending)} → ${answer.status} ${answer.text.slice(0, 500)}`,
          )
        remember(memory, draft, answer)
        if (answer.status === 401) await callers.renew(who)
        return answer
      }

      const lot = draw.below(10)
      const draft = draftFor(drawing)
      if (lot < 2) await ask(draft, nearlyRight(drawing, draft))
      else if (lot < 5) await ask(draft, hostile(drawing, draft))
      else await insist(drawing, draft, ask)
    }
    return { counts, broken }
  } finally {
    await house.close()
  }
}

/** As somebody who reads what was refused, and tries again. */
async function insist(
  drawing: Drawing,
  draft: Draft,
  ask: (draft: Draft, sending: Spoiled) => Promise<Answer>,
): Promise<void> {
  for (let next: Draft | undefined = draft, time = 0; next !== undefined && time < 3; time++) {
    const { status, body } = await ask(next, rendered(next))
    next = status < 400 ? undefined : mended(drawing, next, body)
  }
}

function remember(memory: Memory, { operation, params }: Draft, { status, body, headers }: Answer): void {
  if (body !== undefined)
    memory.learn(operation, params, status < 400 ? body : { repairs: (body as { repairs?: unknown }).repairs })
  const changeId = headers['throughline-change']
  if (changeId !== undefined) memory.learn(operation, params, { changeId })
}

/** Short enough to be read, long enough to be sent again. */
function told({ method, path, headers, body }: Spoiled): string {
  const rest = Object.entries(headers).map(([name, value]) => `${name}: ${value.slice(0, 60)}`)
  return `${method} ${path.slice(0, 300)} {${rest.join(', ')}} ${String(body ?? '').slice(0, 600)}`
}

export const suite: Suite = { count: 20_000, atOnce: 2000, run: (part) => fuzz(part) }

import { DECLARATIONS } from '#operations/declared/catalogue.ts'
import type { Operation } from '../caller/document.ts'
import { type Found, joined, type Part, type Suite } from '../suite.ts'
import { carryOut, ELSEWHERE } from './carrying-out.ts'
import { askForLeave } from './leave.ts'
import { listening } from './listening.ts'
import { openStage, type Stage } from './stage.ts'
import { askForUnseen } from './unseen.ts'
import { behindTheWall } from './wall.ts'

/**
 * How much of it: so many callers try each verb, so many of those who do not see much name what they do not see, and
 * one in so many traces is looked for. Unless it is said, all.
 */
type Extent = { callers: number; blind: number; oneIn: number }

const WHOLE: Extent = { callers: Number.MAX_SAFE_INTEGER, blind: Number.MAX_SAFE_INTEGER, oneIn: 1 }

/**
 * Every verb, asked for by everybody, about everything that they stand to in any way: the table of permissions holds,
 * what is refused leaves no trace, what somebody does not see is answered as what is not there, and no answer tells of
 * it. Each verb twice: with row-level security behind the product's own checks, and with these alone.
 */
export async function matrix({ from, count, ...part }: Part, extent: Extent = WHOLE): Promise<Found> {
  const verbs = DECLARATIONS.length
  const behind = await overVerbs({ ...part, from, count: Math.min(count, verbs - from) }, true, extent)
  const alone = { ...part, from: Math.max(from, verbs), count: Math.min(count, from + count - verbs) }
  return joined(behind, await overVerbs(alone, false, extent))
}

async function overVerbs({ cluster, seed, from, count }: Part, walled: boolean, extent: Extent): Promise<Found> {
  if (count <= 0) return { counts: {}, broken: [] }
  const stage = await openStage(cluster, walled, extent.oneIn)
  try {
    for (let index = from; index < from + count; index++) {
      const operation = stage.house.operations[index % stage.house.operations.length] as Operation
      await oneVerb(stage, operation, seed * 1_000_003 + index * 1009, extent)
    }
    await stage.look()
    await listening(stage)
    if (walled) stage.broken.push(...(await behindTheWall(stage.house.server.database, stage.ownId, stage.foreign)))
    return { counts: stage.counts, broken: stage.broken }
  } finally {
    await stage.close()
  }
}

async function oneVerb(stage: Stage, operation: Operation, lot: number, { callers, blind }: Extent): Promise<void> {
  await stage.look()
  stage.counts.verbs++
  if (!operation.open) {
    await askForLeave(stage, operation, lot, callers)
    await askForUnseen(stage, operation, lot, blind)
  }
  if (!ELSEWHERE.includes(operation.name) && !(await carryOut(stage, operation, lot)))
    stage.broken.push(
      `${operation.name} was carried out by nobody, whatever was tried: what does it need that is not there?`,
    )
}

export const suite: Suite = { count: 2 * DECLARATIONS.length, atOnce: 32, run: (part) => matrix(part) }

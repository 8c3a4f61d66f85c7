import { NOT_IN_A_BATCH } from '#operations/perform.ts'
import type { Operation } from '../caller/document.ts'
import type { Answer } from '../caller/exchange.ts'
import { mended } from '../caller/mended.ts'
import { type Draft, draftFor } from '../caller/request.ts'
import { type Actor, drawingFor, some } from './actors.ts'
import { askedBy, type Cell, cellsOf, faultsOf, isBeside, keyOf, verdictOn } from './cells.ts'
import type { Stage } from './stage.ts'

/** So often a request is drawn anew where something else was wrong with it. */
const PATIENCE = 6

/** Everybody asks for a verb, about everything that they stand to in some way; and so do nobody and half a key. */
export async function askForLeave(stage: Stage, operation: Operation, lot: number, callers: number): Promise<void> {
  await askWithout(stage, operation, lot)
  const heard = new Set<string>()
  for (const actor of some(stage.actors, callers, lot))
    for (const cell of await askAs(stage, operation, actor, lot))
      for (const how of [cell.verdict, ...cell.how]) heard.add(how)
  if (heard.size === 0) stage.broken.push(`${operation.name}: nobody was heard on whether they may`)
  if (callers < stage.actors.length) return
  const missing = askedBy(operation).filter((relation) => !heard.has(relation))
  if (missing.length > 0) stage.broken.push(`${operation.name} was asked for by nobody who stands to it as ${missing}`)
}

async function askAs(stage: Stage, operation: Operation, actor: Actor, lot: number): Promise<Cell[]> {
  const settled = new Map<string, Cell>()
  for (let time = 0; time < PATIENCE; time++) {
    for (const cell of cellsOf(stage.house, stage.own, operation, actor, lot + time * 7919, time < 3)) {
      const key = keyOf(cell)
      if (settled.has(key)) continue
      const heard = await hear(stage, cell)
      if (!heard) continue
      const { draft, answer } = heard
      settled.set(key, cell)
      stage.counts.cells++
      stage.broken.push(...faultsOf(cell, answer))
      if (answer.status >= 400 && operation.body !== null) await askInBatch(stage, draft, actor, answer.status)
    }
  }
  return [...settled.values()]
}

/** Asks, and where something else was wrong asks for the same without that; undefined where nothing of leave was heard. */
async function hear(stage: Stage, cell: Cell): Promise<{ draft: Draft; answer: Answer } | undefined> {
  let draft: Draft | undefined = cell.draft
  for (let time = 0; draft !== undefined && time < 3; time++) {
    const answer = await stage.ask(draft, cell.actor)
    if (!isBeside(cell, answer)) return { draft, answer }
    draft = mended(cell.drawing, draft, answer.body)
    if (draft && keyOf(verdictOn(stage.own, cell.operation, cell.actor, draft)) !== keyOf(cell)) return undefined
  }
  return undefined
}

/** The same within a batch is answered alike. */
async function askInBatch(stage: Stage, draft: Draft, actor: Actor, expected: number): Promise<void> {
  const operation = stage.house.operations.find(({ name }) => name === 'changes.make')
  if (!operation || NOT_IN_A_BATCH.has(draft.operation.name)) return
  const path = draft.operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(draft.params[name])),
  )
  const call = { method: draft.operation.method, path, headers: draft.headers, body: draft.body ?? {} }
  const { status, text } = await stage.ask(
    { operation, params: {}, query: {}, body: { calls: [call] }, headers: { 'if-match': '"0"' } },
    actor,
  )
  // Guests make no batches.
  if (status !== (actor.me.role === 'guest' ? 403 : expected))
    stage.broken.push(
      `${draft.operation.name} by ${actor.name} is answered ${expected}, and in a batch ${status} ${text.slice(0, 300)}`,
    )
}

/** Nobody is told to say who they are; a key that may only read writes nothing, and one that may only write reads nothing. */
async function askWithout(stage: Stage, operation: Operation, lot: number): Promise<void> {
  const [ingrid] = stage.actors
  if (!ingrid) return
  const draft = draftFor(drawingFor(stage.house, operation, ingrid, lot))
  const limited = operation.body === null ? stage.limited.write : stage.limited.read
  for (const [key, expected] of [
    [null, 401],
    [limited, 403],
  ] as const) {
    const { status, text } = await stage.ask({ ...draft, headers: { 'if-match': '"0"' } }, null, key)
    if (status !== expected)
      stage.broken.push(
        `${operation.name} without leave is answered ${status} ${text.slice(0, 300)}, and not ${expected}`,
      )
    stage.counts.cells++
  }
}

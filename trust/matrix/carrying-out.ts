import { chance } from '#test/chance.ts'
import type { Operation } from '../caller/document.ts'
import { mended } from '../caller/mended.ts'
import { type Draft, draftFor } from '../caller/request.ts'
import { type Actor, drawingFor } from './actors.ts'
import { about, verdictOn } from './cells.ts'
import type { Stage } from './stage.ts'
import { tableBefore } from './standing.ts'

/** Only on an installation that is empty: every test of the API begins by it (`founded` in test/server.ts). */
export const ELSEWHERE: readonly string[] = ['organizations.set-up']

/** So often it is tried until it is done. */
const PATIENCE = 200

/**
 * Really does it, by somebody who may and to something that it can be done to, found by trying; false when all was in
 * vain.
 */
export async function carryOut(stage: Stage, operation: Operation, lot: number): Promise<boolean> {
  let tried = 0
  for (const [index, { actor, id }] of waysOf(stage, operation, lot).entries()) {
    const drawing = drawingFor(stage.house, operation, actor, lot + index)
    let draft: Draft | undefined = about(stage.own, draftFor(drawing), id)
    if (!operation.open && verdictOn(stage.own, operation, actor, draft).verdict !== 'yes') continue
    if (tried++ > PATIENCE) return false
    for (let again = 0; draft !== undefined && again < 3; again++) {
      const { status, body } = await stage.ask(draft, actor)
      if (status < 400) return true
      draft = mended(drawing, draft, body)
    }
  }
  return false
}

/** Everybody with everything of the noun in the path, by lot; of people rather with who is none of ours: who has left does nothing more. */
function waysOf({ own, actors }: Stage, operation: Operation, lot: number): { actor: Actor; id?: string }[] {
  const draw = chance(lot)
  const [param] = operation.params
  if (param?.name !== 'id') return Array.from({ length: PATIENCE }, () => ({ actor: draw.pick(actors) }))
  const ours = new Set(actors.map(({ me }) => me.id))
  return own
    .rows(tableBefore(operation, '{id}'))
    .flatMap(({ id }) => actors.map((actor) => ({ actor, id, at: draw.below(1e9) + (ours.has(id) ? 1e9 : 0) })))
    .sort((a, b) => a.at - b.at)
}

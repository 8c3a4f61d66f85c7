import type { Cycle } from '#domain/cycle.ts'
import { type Wall, wallsAgainst } from '#domain/key-result.ts'
import { type FieldError, refuse } from '#domain/problem.ts'
import { type KeyResult, measureOf } from '#store/key-results.ts'
import { find } from '#store/rows.ts'
import type { Context } from './operation.ts'
import { isActive } from './resolve.ts'

/** The walls between a Key Result, as it would be, and its publication. */
export async function wallsOf(
  context: Context,
  keyResult: KeyResult,
  cycle: Pick<Cycle, 'startsOn' | 'endsOn'>,
): Promise<Wall[]> {
  const owner = await find(context.tx, 'people', keyResult.ownerId)
  const { deadline, startsOn } = keyResult
  return wallsAgainst(
    { measure: measureOf(keyResult), deadline, startsOn },
    cycle,
    owner !== undefined && isActive(owner, context.today),
  )
}

/** Refuses with every wall that stands, each beside its field, under the name of the first. */
export function refuseWalls(walls: readonly Wall[], base = ''): void {
  const [first] = walls
  if (!first) return
  const errors: FieldError[] = walls.map((wall) => ({ pointer: base + wall.pointer, reason: { key: wall.key } }))
  refuse({ kind: 'refused', rule: first.rule, reason: { key: first.key }, errors })
}

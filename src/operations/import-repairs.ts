import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { Repair } from '#domain/problem.ts'
import { stillUnderKeyResults } from '#store/imports.ts'
import { loadKeyResults } from '#store/key-results.ts'
import { listObjectives } from '#store/objectives.ts'
import { repairsOf } from './guard.ts'
import type { Context } from './operation.ts'
import { type Ways, waysOut } from './ways-out.ts'

/**
 * What stood under a Key Result came in as it was published, and what whoever aligns it so by hand is offered is offered
 * here too: by the id of the Objective.
 */
export async function importRepairs(context: Context, ids: readonly string[]): Promise<Map<string, Repair[]>> {
  const found = await stillUnderKeyResults(context.tx, ids as readonly ObjectiveId[])
  const keyResults = await loadKeyResults(
    context.tx,
    found.map((one) => one.publishedUnderId as KeyResultId),
  )
  const aboveIds = [...new Set([...keyResults.values()].map((one) => one.objectiveId))]
  const rows = await listObjectives(context.tx, context.actor, { ids: aboveIds }, { limit: aboveIds.length + 1 })
  const aboves = new Map(rows.map((row) => [row.id, row]))
  const pointed = found.flatMap((below) => {
    const keyResult = keyResults.get(below.publishedUnderId as KeyResultId)
    const above = keyResult && aboves.get(keyResult.objectiveId)
    return keyResult && above ? [{ below, keyResult, above }] : []
  })
  const ways = await waysOut(context, pointed)
  return new Map(pointed.map((one, index) => [one.below.id, repairsOf(one, ways[index] as Ways)]))
}

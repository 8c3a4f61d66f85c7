import type { Actor } from '#domain/actor.ts'
import type { ChangeId, ExplorationId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type ChangeEntry, entriesOf } from './changes.ts'
import { exploredBy } from './explorations.ts'
import { keyResultsSeen } from './key-results.ts'
import { seenAmong } from './objectives.ts'
import type { Tx } from './store.ts'

/**
 * Whether an actor sees anything of what a change did: what belongs to no Objective in particular, or to one that they
 * see. What was undone is not there any more.
 */
export async function seesChange(tx: Tx, actor: Actor, id: ChangeId): Promise<boolean> {
  const places = (await entriesOf(tx, id)).map(placeOf)
  if (places.some((place) => place === 'anywhere')) return true
  if (actor.role === 'administrator' && places.some((place) => place === 'the office')) return true
  const ids = places.filter((place) => typeof place === 'object')
  const explorationIds = ids.flatMap(({ explorationId }) => explorationId ?? [])
  const objectiveIds = [
    ...ids.flatMap(({ objectiveId }) => objectiveId ?? []),
    ...(await exploredBy(tx, explorationIds)),
  ]
  const keyResultIds = ids.flatMap(({ keyResultId }) => keyResultId ?? [])
  const seen = [await keyResultsSeen(tx, actor, keyResultIds), await seenAmong(tx, actor, objectiveIds)]
  return seen.some((some) => some.size > 0)
}

/** Keys and services are the administrators'; the rest hangs on a Key Result, an Objective, what explored one, or on none. */
type Place = 'anywhere' | 'the office' | Hanging
type Hanging = { keyResultId?: KeyResultId; objectiveId?: ObjectiveId; explorationId?: ExplorationId }

function placeOf({ noun, nounId, before, after }: ChangeEntry): Place {
  const row = (after ?? before ?? {}) as Record<string, unknown>
  switch (noun) {
    case 'services':
    case 'apiKeys':
      return 'the office'
    case 'keyResults':
    case 'keyResultValues':
      return { keyResultId: nounId as KeyResultId }
    case 'contributions':
      return { keyResultId: row.fromId as KeyResultId }
    case 'objectives':
    case 'objectiveValues':
      return { objectiveId: nounId as ObjectiveId }
    case 'alignments':
    case 'alsoSupports':
      return { objectiveId: row.fromId as ObjectiveId }
    case 'barriers':
      return { explorationId: row.explorationId as ExplorationId }
  }
  if (row.keyResultId) return { keyResultId: row.keyResultId as KeyResultId }
  return row.objectiveId ? { objectiveId: row.objectiveId as ObjectiveId } : 'anywhere'
}

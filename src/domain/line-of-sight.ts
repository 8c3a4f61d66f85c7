import type { LinkState } from './contribution.ts'
import type { ObjectiveId } from './id.ts'
import type { Level } from './objective.ts'
import type { State } from './roll-up.ts'

/** One Objective on the way up, with the link that leads on from it. */
export type Stop = {
  id: ObjectiveId
  level: Level
  state: State
  next: { toId: ObjectiveId; link: Extract<LinkState, 'accepted' | 'offered'> } | null
}

export type Break = { why: 'not-published' | 'frozen' | 'not-aligned' | 'not-accepted'; at: ObjectiveId }

export type LineOfSight<S extends Stop> = {
  /** It reaches a company Objective over accepted alignments of published Objectives. */
  unbroken: boolean
  broken: Break | null
  /** From the nearest Objective up; where only an offer leads on, what lies beyond is drawn too. */
  path: S[]
}

/** Walks up from an Objective. `at` gives the Objectives that may be met, by id. */
export function lineOfSight<S extends Stop>(from: ObjectiveId, at: ReadonlyMap<ObjectiveId, S>): LineOfSight<S> {
  const path: S[] = []
  let broken: Break | null = null
  let reached = false
  let here = at.get(from)
  while (here && !path.includes(here)) {
    path.push(here)
    if (!reached) broken ??= breakAt(here)
    reached ||= here.level === 'company'
    here = here.next ? at.get(here.next.toId) : undefined
  }
  return { unbroken: reached && broken === null, broken, path }
}

function breakAt(stop: Stop): Break | null {
  if (stop.state === 'draft' || stop.state === 'discarded') return { why: 'not-published', at: stop.id }
  if (stop.state === 'cancelled' || stop.state === 'postponed') return { why: 'frozen', at: stop.id }
  if (stop.level === 'company') return null
  if (stop.next === null) return { why: 'not-aligned', at: stop.id }
  return stop.next.link === 'offered' ? { why: 'not-accepted', at: stop.id } : null
}

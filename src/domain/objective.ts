import type { Cycle } from './cycle.ts'
import { overlap } from './day.ts'
import type { CycleId, GroupId, KeyResultId, ObjectiveId, PersonId } from './id.ts'
import type { State } from './roll-up.ts'

export type Level = 'company' | 'group' | 'individual'
export type Ambition = 'committed' | 'aspirational'

/** `named`: a private Objective, for the people in `viewerIds`, the reporting line above its lead, administrators. */
export type Visibility = 'everyone' | 'named'

/** What is to be achieved, in words that give direction, and why it matters. */
export type Objective = {
  id: ObjectiveId
  title: string
  why: string | null
  level: Level
  groupId: GroupId | null
  leadId: PersonId
  authorId: PersonId | null
  cycleId: CycleId
  /** The Objective it serves: an accepted alignment. Never a Key Result. */
  alignedToId: ObjectiveId | null
  ambition: Ambition
  visibility: Visibility
  viewerIds: readonly PersonId[]
  state: State
  conforms: boolean
  /** Where an import found it: under a Key Result, which is no alignment. */
  publishedUnderId: KeyResultId | null
  externalRef: string | null
  version: number
}

const ALTITUDE: Record<Level, number> = { company: 2, group: 1, individual: 0 }

type Placed = Pick<Objective, 'level'> & { cycle: Pick<Cycle, 'startsOn' | 'endsOn'> }
type Alignable = Placed & Pick<Objective, 'id' | 'state' | 'authorId' | 'leadId'>

/** Why an Objective may not align to another, as the word of the rule's text, or null when it may. Rings aside. */
export function whyNotAlign(below: Alignable, above: Alignable, actorPersonId: PersonId | null): string | null {
  if (below.id === above.id) return 'itself'
  const own = actorPersonId !== null && [above.leadId, above.authorId].includes(actorPersonId)
  const ownDraft = above.state === 'draft' && own
  if (above.state !== 'published' && !ownDraft) return above.state === 'draft' ? 'draft' : 'not-open'
  return whyNotFit(below, above)
}

/** Whether a link that stands still fits two Objectives, whatever state they are in. */
export function whyNotFit(below: Placed, above: Placed): string | null {
  if (ALTITUDE[above.level] < ALTITUDE[below.level]) return 'lower-level'
  return overlap(below.cycle, above.cycle) ? null : 'other-time'
}

type Place = { level: Level; cycle: Pick<Cycle, 'id' | 'startsOn' | 'endsOn'> }

/** Where what serves an Objective stands, going by one that was meant to: no higher, and in a time that they share. */
export function placeUnder(meant: Place, above: Place): { level: Level; cycleId: CycleId } {
  return {
    level: ALTITUDE[meant.level] > ALTITUDE[above.level] ? above.level : meant.level,
    cycleId: overlap(meant.cycle, above.cycle) ? meant.cycle.id : above.cycle.id,
  }
}

/** Whether words, structure and numbers may change at all. */
export function isOpen(thing: { state: State }): boolean {
  return thing.state === 'draft' || thing.state === 'published'
}

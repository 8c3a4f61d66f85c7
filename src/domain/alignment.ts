import type { End, LinkState } from './contribution.ts'
import type { AlignmentId, ObjectiveId, PersonId } from './id.ts'

/** "We do this because you want that": one sentence of commitment, one accountable person. */
export type Alignment = {
  id: AlignmentId
  fromId: ObjectiveId
  toId: ObjectiveId
  statement: string | null
  accountableId: PersonId | null
  state: LinkState
  offeredBy: End
  offeredById: PersonId | null
}

/** Which ends of a link a caller may speak for. */
export type Ends = { below: boolean; above: boolean }

/** A link that one makes between two ends of one's own is accepted by making it. */
export function stateWhenMade(ends: Ends): Extract<LinkState, 'accepted' | 'offered'> {
  return ends.below && ends.above ? 'accepted' : 'offered'
}

/** The end that did not offer decides. */
export function mayDecide(link: { offeredBy: End }, ends: Ends): boolean {
  return link.offeredBy === 'below' ? ends.above : ends.below
}

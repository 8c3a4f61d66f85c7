import type { End, LinkState } from './contribution.ts'

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

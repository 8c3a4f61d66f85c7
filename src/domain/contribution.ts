import type { Decimal } from './decimal.ts'
import { isMetric, type Measure } from './measure.ts'
import type { RollUp } from './roll-up.ts'
import { isAdditive, type Unit } from './unit.ts'

/** Offered, then accepted or declined, and can be ended. Both kinds of link share it. */
export type LinkState = 'offered' | 'accepted' | 'declined' | 'ended'

/** Which end offered: the other one decides. */
export type End = 'below' | 'above'

type Terms = { rollUp: RollUp; share: Decimal | null }

/**
 * Why a link may not sum or average into a parent: the rule and the word of its text, or null when it may. `names`: which
 * names of units the organization adds up.
 */
export function whyNotRollUp(
  child: { measure: Measure | null },
  parent: { measure: Measure | null; rollsUpBy: RollUp | null },
  terms: Terms,
  names: Readonly<Record<Unit, boolean>>,
): { rule: 'one-roll-up' | 'like-sums-with-like'; why: string } | null {
  if (terms.rollUp === 'shown') return null
  const above = parent.measure
  if (!isMetric(above)) return { rule: 'one-roll-up', why: 'no-parent' }
  if (parent.rollsUpBy !== null && parent.rollsUpBy !== terms.rollUp) return { rule: 'one-roll-up', why: 'mixed' }
  if (terms.rollUp === 'average') return above.start === null ? { rule: 'one-roll-up', why: 'average-start' } : null
  if (terms.share !== null) return null
  return sumsLikeWithLike(child.measure, above, names) ? null : { rule: 'like-sums-with-like', why: 'unlike' }
}

function sumsLikeWithLike(child: Measure | null, parent: Measure, names: Readonly<Record<Unit, boolean>>): boolean {
  if (!isMetric(child) || !isMetric(parent)) return false
  if (child.kind !== parent.kind || child.unit === null || child.unit !== parent.unit) return false
  return isAdditive(child.unit, names)
}

import type { ObjectiveId } from './id.ts'
import type { State } from './roll-up.ts'

/** Why an Objective may not also support another, as the rule and the word of its text, or null. Lines aside. */
export function whyNotSupport(
  below: { id: ObjectiveId },
  above: { id: ObjectiveId; state: State },
): { rule: string; why: string } | null {
  if (below.id === above.id) return { rule: 'no-cycles', why: 'supports-itself' }
  if (above.state === 'published') return null
  return { rule: 'objective-aligns-to-objective', why: above.state === 'draft' ? 'unpublished' : 'not-open' }
}

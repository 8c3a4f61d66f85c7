import type { Metric } from './measure.ts'
import { adds, type Contributor, meanProgress } from './roll-up.ts'

/** What some contributors come to together: what they add to a sum (millionths), or their mean progress (10⁻¹² parts). */
export type Part = { adds: bigint | null; progress: bigint | null }

/** One combined figure for what somebody may not see one by one; null where there is nothing of it. */
export function combined(parent: Metric, contributors: readonly Contributor[]): Part | null {
  const counting = contributors.filter((one) => one.rollUp !== 'shown' && one.state !== 'draft' && one.conforms)
  if (counting.length === 0) return null
  if (counting.some((one) => one.rollUp === 'average')) return { adds: null, progress: meanProgress(counting) }
  return { adds: counting.reduce((sum, one) => sum + adds(parent, one), 0n), progress: null }
}

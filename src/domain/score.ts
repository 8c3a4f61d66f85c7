import { clamp, ONE, ratio, WHOLE } from './decimal.ts'

/** 0 to 1 in 10⁻¹² parts. Suggested at a close: progress, clamped, whatever the measure; null while there is none. */
export function suggestedScore(progress: bigint | null): bigint | null {
  return progress === null ? null : clamp(progress)
}

/** An Objective's: the weighted mean of its Key Results' scores (weights in millionths), or null when none has one. */
export function meanScore(scores: readonly { score: bigint | null; weight: bigint }[]): bigint | null {
  const known = scores.filter((one) => one.score !== null)
  if (known.length === 0) return null
  const weightless = known.every(({ weight }) => weight === 0n)
  const weightOf = (one: { weight: bigint }) => (weightless ? ONE : one.weight)
  const sum = known.reduce((total, one) => total + weightOf(one) * (one.score as bigint), 0n)
  return ratio(sum, known.reduce((total, one) => total + weightOf(one), 0n) * WHOLE)
}

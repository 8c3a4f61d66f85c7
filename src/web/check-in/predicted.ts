import { type Decimal, decimal, ENTERED, ratioText, units } from '#domain/decimal.ts'
import { metricFraction, milestoneFraction, progressOf } from '#domain/measure.ts'
import { type KeyResult, metricOf, milestoneOf } from '#web/key-result/key-result.ts'
import type { Entry } from './check-in.ts'

/** The Key Result as it will stand once this is saved, before the server has said so. A report of an older day moves nothing. */
export function withEntry(keyResult: KeyResult, entry: Entry): KeyResult {
  if (entry.corrects !== undefined) return keyResult
  if (keyResult.measuredOn !== null && (entry.measuredOn ?? '9') < keyResult.measuredOn) return keyResult
  const confidence = entry.confidence ?? keyResult.confidence
  const milestone = milestoneOf(keyResult)
  if (milestone) {
    const fraction = milestoneFraction(milestone, { stepsDone: entry.steps ?? [], done: entry.done ?? false })
    const progress = progressOf(fraction)
    return { ...keyResult, confidence, progress: progress === null ? null : ratioText(progress) }
  }
  const value = String(entry.value ?? '')
  if (!ENTERED.test(value) || keyResult.rollsUpBy === 'average') return { ...keyResult, confidence }
  return { ...keyResult, confidence, own: value as Decimal, ...figuresAt(keyResult, total(keyResult, value)) }
}

/** What the reports say and what contributes, together: `own + children = total`. */
export function total(keyResult: KeyResult, own: string): Decimal {
  return decimal(units(own) + units(childrenOf(keyResult)))
}

/** What contributes, in the unit of the Key Result. */
export function childrenOf(keyResult: KeyResult): Decimal {
  const own = keyResult.own ?? keyResult.start
  if (keyResult.rollsUpBy !== 'sum' || keyResult.current === null || own == null) return decimal(0n)
  return decimal(units(keyResult.current) - units(own))
}

function figuresAt(keyResult: KeyResult, current: Decimal): Pick<KeyResult, 'current' | 'progress'> {
  // How many days a value was held within its bounds, the server counts.
  if (!metricOf(keyResult)) return { current, progress: keyResult.progress }
  const progress = progressOf(metricFraction(keyResult, units(current)))
  return { current, progress: progress === null ? null : ratioText(progress) }
}

import { dayText } from './calendar.ts'
import { percent } from './figure.ts'
import type { Say } from './words.ts'

export type Reason = { key: string; values?: Record<string, string | number | boolean | null> | undefined }

/** Why something stands as it does, in words: ratios as percent, points and confidence to one place, days as days. */
export function reasonText({ key, values = {} }: Reason, say: Say, locale: string): string {
  const written = Object.entries(values).map(([name, value]) => [name, WRITTEN[name]?.(String(value), locale) ?? value])
  return say(key, Object.fromEntries(written))
}

const WRITTEN: Record<string, (value: string, locale: string) => string> = {
  progress: percent,
  pace: percent,
  score: percent,
  latest: percent,
  secondLatest: percent,
  thirdLatest: percent,
  expected: percent,
  points: oneplace,
  confidence: oneplace,
  day: dayText,
  startsOn: dayText,
}

/** Cut, not rounded: what is short of a limit is not written as if it had reached it. */
function oneplace(value: string, locale: string): string {
  const places = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, roundingMode: 'trunc' })
  return places.format(value as Intl.StringNumericLiteral)
}

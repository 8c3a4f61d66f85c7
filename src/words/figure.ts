import { notation } from './typed-number.ts'

/**
 * Numbers with their unit, as a reader's language writes them: `$60,000`, `58%`, `22 days`, `3 customers`. Values are
 * decimal strings and stay exact. No words of ours: `figure` works for every unit code, known to Intl or not.
 */
const DURATIONS: Record<string, string> = {
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  weeks: 'week',
  months: 'month',
  years: 'year',
}

/** A language; or the language of the words and the one whose marks for thousands and decimals the reader is used to. */
export type Locale = string | { language: string; numbers: string }

/** A value in its unit; without a unit, the number alone. */
export function figure(value: string, unit: string | null, locale: Locale): string {
  if (unit === null) return number(value, locale)
  if (unit === '%') return formatted(value, locale, { style: 'unit', unit: 'percent', maximumFractionDigits: PLACES })
  if (isCurrency(unit)) return money(value, unit, locale)
  const duration = DURATIONS[unit]
  if (duration)
    return formatted(value, locale, {
      style: 'unit',
      unit: duration,
      unitDisplay: 'long',
      maximumFractionDigits: PLACES,
    })
  return `${number(value, locale)}\u00a0${unit}`
}

/** A value at a glance: with as many places as its size bears. Two places stay as they are; the exact one has to be near. */
export function rounded(value: string, unit: string | null, locale: Locale): string {
  const size = Math.abs(Number(value))
  const few = (value.split('.')[1] ?? '').length <= 2
  const places = size >= 1000 ? 0 : size >= 100 ? 1 : 2
  const bounds = size < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: places }
  return figure(few ? value : formatted(value, 'en', { useGrouping: false, ...bounds }), unit, locale)
}

/** A value where its unit already stands beside it. A currency keeps its sign. */
export function number(value: string, locale: Locale, unit: string | null = null): string {
  if (unit !== null && isCurrency(unit)) return money(value, unit, locale)
  if (unit === '%') return figure(value, unit, locale)
  return formatted(value, locale, { maximumFractionDigits: PLACES })
}

/** A value with its unit where there is little room: `$300K`. Rounded, so something exact has to stand near it. */
export function short(value: string, unit: string | null, locale: Locale): string {
  const compact = { notation: 'compact', maximumFractionDigits: 1 } as const
  if (unit === null || !isCurrency(unit)) return formatted(value, locale, compact)
  return formatted(value, locale, { ...compact, style: 'currency', currency: unit, currencyDisplay: 'narrowSymbol' })
}

/** A ratio as whole percent. Short of the whole is never written as 100%. */
export function percent(ratio: string, locale: Locale): string {
  const short = ratio.startsWith('0.99')
  return formatted(ratio, locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    roundingMode: short ? 'trunc' : 'halfExpand',
  })
}

const PLACES = 6

function isCurrency(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit) && CURRENCIES.has(unit)
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

/** Whole amounts without cents, others with as many places as the currency has, at least. */
function money(value: string, currency: string, locale: Locale): string {
  const usual =
    formatter(languageOf(locale), { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return formatted(value, locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: usual,
    maximumFractionDigits: Math.max(usual, PLACES),
    trailingZeroDisplay: 'stripIfInteger',
  })
}

// Both take a decimal string and keep every digit of it.
function formatted(value: string, locale: Locale, options: Intl.NumberFormatOptions): string {
  const written = formatter(languageOf(locale), options)
  if (typeof locale === 'string') return written.format(value as Intl.StringNumericLiteral)
  const { group, point } = notation(locale.numbers)
  const marks: Partial<Record<Intl.NumberFormatPartTypes, string>> = { group, decimal: point }
  const parts = written.formatToParts(value as Intl.StringNumericLiteral)
  return parts.map((part) => marks[part.type] ?? part.value).join('')
}

function languageOf(locale: Locale): string {
  return typeof locale === 'string' ? locale : locale.language
}

const formatters = new Map<string, Intl.NumberFormat>()
function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  formatters.set(key, made)
  return made
}

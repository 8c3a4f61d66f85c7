/** Days and instants as a reader's language writes them. A day is `2026-12-31`, an instant ISO in UTC. */
const DAY: Record<'short' | 'long' | 'year', Intl.DateTimeFormatOptions> = {
  short: { day: 'numeric', month: 'short' },
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  year: { day: 'numeric', month: 'long', year: 'numeric' },
}

/** A day; `today` decides whether a short one needs its year. */
export function dayText(day: string, locale: string, style: 'short' | 'long' | 'year' = 'short', today = day): string {
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  const options = style === 'short' && !sameYear ? { ...DAY.short, year: 'numeric' as const } : DAY[style]
  return formatter(locale, { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`))
}

/** An instant, in a time zone: `23 Nov, 14:05`. */
export function instantText(instant: string, locale: string, timeZone: string): string {
  return formatter(locale, { ...DAY.short, hour: 'numeric', minute: '2-digit', timeZone }).format(Date.parse(instant))
}

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, options)
  formatters.set(key, made)
  return made
}

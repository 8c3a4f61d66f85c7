/** A calendar day, `2026-10-01`: what cycles, deadlines and check-ins are counted in. */
export type Day = string

/** The day it is at an instant (ISO, UTC) in a time zone (IANA). */
export function dayAt(instant: string, timeZone: string): Day {
  return formatterOf(timeZone).format(Date.parse(instant))
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

const DAY = 86_400_000

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10)
}

/** Two spans of days share at least one. */
export function overlap(a: { startsOn: Day; endsOn: Day }, b: { startsOn: Day; endsOn: Day }): boolean {
  return a.startsOn <= b.endsOn && b.startsOn <= a.endsOn
}

export function isTimeZone(name: string): boolean {
  try {
    return Boolean(formatterOf(name))
  } catch {
    return false
  }
}

// The Swedish calendar writes days as ISO does.
const formatters = new Map<string, Intl.DateTimeFormat>()
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formatters.set(timeZone, made)
  return made
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

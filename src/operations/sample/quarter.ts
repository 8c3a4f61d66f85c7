import type { Day } from '#domain/day.ts'

/** The quarter around a day, and the year around it. */
export type Quarter = { name: string; year: string; startsOn: Day; endsOn: Day }

export function quarterAround(today: Day): Quarter {
  const year = Number(today.slice(0, 4))
  const quarter = Math.ceil(Number(today.slice(5, 7)) / 3)
  return {
    name: `Q${quarter} ${year}`,
    year: `${year}`,
    startsOn: dayOf(Date.UTC(year, quarter * 3 - 3, 1)),
    endsOn: dayOf(Date.UTC(year, quarter * 3, 0)),
  }
}

/** So many days before a day. */
export function before(day: Day, days: number): Day {
  return dayOf(Date.parse(`${day}T00:00:00Z`) - days * 24 * 60 * 60 * 1000)
}

/** A day, or the first one that counts where that is later. */
export function notBefore(first: Day, day: Day): Day {
  return [first, day].sort()[1] as Day
}

function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 10)
}

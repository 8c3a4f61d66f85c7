/** The calendar quarter that a day lies in, as a cycle one may begin with. */
export function quarterOf(day: string): { name: string; startsOn: string; endsOn: string } {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const quarter = Math.ceil(month / 3)
  const first = new Date(Date.UTC(year, quarter * 3 - 3, 1))
  const last = new Date(Date.UTC(year, quarter * 3, 0))
  return {
    name: `Q${quarter} ${year}`,
    startsOn: first.toISOString().slice(0, 10),
    endsOn: last.toISOString().slice(0, 10),
  }
}

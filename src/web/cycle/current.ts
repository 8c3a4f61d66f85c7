import type { Cycle } from '#web/directory/directory.ts'

/** The cycle that this day lies in: the shortest of them; else the latest that there is. */
export function currentCycle(cycles: readonly Cycle[], today: string): Cycle | undefined {
  const running = cycles.filter((cycle) => cycle.startsOn <= today && today <= cycle.endsOn)
  const shortest = running.sort((a, b) => days(a) - days(b))[0]
  return shortest ?? cycles.toSorted((a, b) => b.endsOn.localeCompare(a.endsOn))[0]
}

/** Two cycles that share a day: a quarter and its year. */
export function overlapping(cycles: readonly Cycle[], cycle: Cycle): Cycle[] {
  return cycles.filter((other) => other.startsOn <= cycle.endsOn && cycle.startsOn <= other.endsOn)
}

function days(cycle: Cycle): number {
  return Date.parse(cycle.endsOn) - Date.parse(cycle.startsOn)
}

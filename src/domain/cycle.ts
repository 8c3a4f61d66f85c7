import type { Day } from './day.ts'
import type { CycleId } from './id.ts'

export type Cycle = { id: CycleId; name: string; startsOn: Day; endsOn: Day; parentId: CycleId | null }

export function lies(day: Day, cycle: Pick<Cycle, 'startsOn' | 'endsOn'>): boolean {
  return cycle.startsOn <= day && day <= cycle.endsOn
}

export function liesWithin(
  inner: Pick<Cycle, 'startsOn' | 'endsOn'>,
  outer: Pick<Cycle, 'startsOn' | 'endsOn'>,
): boolean {
  return outer.startsOn <= inner.startsOn && inner.endsOn <= outer.endsOn
}

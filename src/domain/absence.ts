import { addDays, type Day } from './day.ts'
import type { PersonId } from './id.ts'

/** Days on which somebody is away, both included, and who stands in for them meanwhile. One person's share no day. */
export type Absence = { startsOn: Day; endsOn: Day; delegateId: PersonId | null }

type Away = { absences: readonly Absence[] }

/** Whether somebody is away on a day. */
export function isAbsent(person: Away, day: Day): boolean {
  return absenceOn(person, day) !== undefined
}

/** Who stands in for somebody who is away on a day; null where nobody does. */
export function standInOn(person: Away, day: Day): PersonId | null {
  return absenceOn(person, day)?.delegateId ?? null
}

/** Whether nobody can be expected to report on a day: the owner is away, and nobody stands in. */
export function isExcused(person: Away, day: Day): boolean {
  const absence = absenceOn(person, day)
  return absence !== undefined && absence.delegateId === null
}

/** What is left of an absence that is over before a day: the days until then, or null. */
export function before<A extends Absence>(absence: A, day: Day): A | null {
  if (absence.startsOn >= day) return null
  return absence.endsOn < day ? absence : { ...absence, endsOn: addDays(day, -1) }
}

function absenceOn({ absences }: Away, day: Day): Absence | undefined {
  return absences.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn)
}

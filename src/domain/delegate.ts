import type { Day } from './day.ts'
import type { PersonId, ServiceId } from './id.ts'

/** Who may report for the owner of a Key Result, to the end of a day or until further notice. */
export type Delegation = {
  delegateId: PersonId | null
  delegateServiceId: ServiceId | null
  delegateUntil: Day | null
}

/** What an owner's end leaves: whom they had named, they had named for themselves. */
export const NO_DELEGATE = {
  delegateId: null,
  delegateServiceId: null,
  delegateUntil: null,
} as const satisfies Delegation

/** What is left when the person that was named goes: the service, if there is one. */
export function withoutPerson({ delegateServiceId }: Delegation): Partial<Delegation> {
  return delegateServiceId === null ? NO_DELEGATE : { delegateId: null }
}

/** The delegation as it holds on a day; null when there is none, or none any more. */
export function delegationOn<D extends Delegation>(keyResult: D, day: Day): D | null {
  const { delegateId, delegateServiceId, delegateUntil } = keyResult
  if (delegateId === null && delegateServiceId === null) return null
  return delegateUntil === null || day <= delegateUntil ? keyResult : null
}

/** Whether a person or a service may report for the owner: named by them, or standing in while they are away. */
export function reportsFor(id: string, keyResult: Delegation, standInId: PersonId | null, day: Day): boolean {
  if (standInId === id) return true
  const named = delegationOn(keyResult, day)
  return named !== null && (named.delegateId === id || named.delegateServiceId === id)
}

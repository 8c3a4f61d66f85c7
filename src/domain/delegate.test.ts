import { describe, expect, test } from 'vitest'
import { type Delegation, delegationOn, NO_DELEGATE, reportsFor, withoutPerson } from './delegate.ts'
import type { PersonId, ServiceId } from './id.ts'

const ben = 'ben' as PersonId
const crm = 'crm' as ServiceId
const TODAY = '2026-11-23'
const named = (more: Partial<Delegation>): Delegation => ({ ...NO_DELEGATE, ...more })

describe('Whoever reports for an owner', () => {
  test('is the person named, or the service that is allowed to, and nobody else', () => {
    const both = named({ delegateId: ben, delegateServiceId: crm })
    expect(['ben', 'crm', 'maya'].map((id) => reportsFor(id, both, null, TODAY))).toEqual([true, true, false])
    expect(reportsFor('ben', NO_DELEGATE, null, TODAY)).toBe(false)
  })

  test('does so to the end of the day that was said', () => {
    const until = (delegateUntil: string) => reportsFor('ben', named({ delegateId: ben, delegateUntil }), null, TODAY)
    expect(['2026-11-22', '2026-11-23', '2026-11-24'].map(until)).toEqual([false, true, true])
    expect(delegationOn(named({ delegateId: ben, delegateUntil: '2026-11-22' }), TODAY)).toBeNull()
  })

  test('is whoever stands in while the owner is away, whatever else was said', () => {
    const over = named({ delegateId: ben, delegateUntil: '2026-11-22' })
    expect(reportsFor('ben', over, ben, TODAY)).toBe(true)
  })
})

test('When the person goes who was named, the service stays, with its day', () => {
  expect({
    ...named({ delegateId: ben, delegateServiceId: crm }),
    ...withoutPerson(named({ delegateServiceId: crm })),
  }).toEqual(named({ delegateServiceId: crm }))
  expect(withoutPerson(named({ delegateId: ben }))).toEqual(NO_DELEGATE)
})

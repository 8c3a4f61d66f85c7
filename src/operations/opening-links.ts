import { dayAt } from '#domain/day.ts'
import type { OrganizationId, PersonId } from '#domain/id.ts'
import { refuse } from '#domain/problem.ts'
import type { Origin } from '#platform/identity.ts'
import { accountOf, addMembership, membershipsOf } from '#store/memberships.ts'
import { findLink, redeemLink } from '#store/one-time-links.ts'
import { findOrganization } from '#store/organizations.ts'
import type { Person } from '#store/people.ts'
import { find } from '#store/rows.ts'
import type { Callers } from './callers.ts'
import { guarded } from './guessing.ts'
import { isActive } from './resolve.ts'
import type { Services } from './services.ts'
import { admit, type SignedIn } from './sign-in.ts'

type Target = { organizationId: OrganizationId; personId: PersonId }

/**
 * Signs in the one for whom a link is. Everything is looked at before the link is used up. The session reaches only the
 * organization whose administrator made the link: nobody gets into another one by making links.
 */
export async function openLink(services: Services, callers: Callers, token: string, origin: Origin): Promise<SignedIn> {
  const { store, clock, identity } = services
  const now = clock().toISOString()
  const target = await guarded(services, { email: null, address: origin.address }, () => targetOf(services, token, now))
  const person = target && (await activePerson(services, target))
  if (!target || !person) usedUp()
  const accountId = await accountFor(services, target, person, origin)
  if (!(await redeemLink(store.db, token, 'sign-in', now))) usedUp()
  await addMembership(store.db, { accountId, ...target })
  const cookies = await identity.startSession(accountId, target.organizationId, origin)
  return (await admit(services, callers, cookies)) ?? usedUp()
}

async function targetOf({ store }: Services, token: string, now: string): Promise<Target | null> {
  const link = await findLink(store.db, token, 'sign-in', now)
  if (!link?.organizationId || !link.personId) return null
  return { organizationId: link.organizationId, personId: link.personId }
}

async function activePerson({ store }: Services, { organizationId, personId }: Target): Promise<Person | undefined> {
  return await store.read(organizationId, async (tx) => {
    const person = await find(tx, 'people', personId)
    const organization = await findOrganization(tx)
    const active = organization && person && isActive(person, dayAt(tx.now, organization.timeZone))
    return active ? person : undefined
  })
}

/** Theirs, or from now on theirs: the one behind their address, if that belongs to nobody yet. */
async function accountFor(services: Services, target: Target, person: Person, origin: Origin): Promise<string> {
  const { store, identity } = services
  const known = await accountOf(store.db, target.organizationId, target.personId)
  if (known) return known
  if (person.email === null) refuse({ kind: 'refused', rule: 'person-without-email' })
  const accountId = await identity.accountFor({ name: person.name, email: person.email })
  const memberships = await membershipsOf(store, accountId)
  const here = memberships.find((one) => one.organizationId === target.organizationId)
  if (here?.personId === target.personId) return accountId
  if (here) refuse({ kind: 'conflict', rule: 'account-of-another' })
  const belongs = memberships.length > 0 || (await identity.hasPassword(accountId))
  if (belongs && !(await isSignedInAs(services, accountId, origin))) refuse({ kind: 'refused', rule: 'sign-in-first' })
  return accountId
}

/** By password: whoever knows the account's password may let it into one organization more. */
async function isSignedInAs({ identity }: Services, accountId: string, { cookie }: Origin): Promise<boolean> {
  const found = cookie === undefined ? null : await identity.sessionOf(cookie)
  return found !== null && found.session.accountId === accountId && found.session.organizationId === null
}

function usedUp(): never {
  refuse({ kind: 'refused', rule: 'link-used-up' })
}

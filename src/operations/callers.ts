import { type Actor, personActing } from '#domain/actor.ts'
import { dayAt } from '#domain/day.ts'
import type { ApiKeyId, OrganizationId, PersonId } from '#domain/id.ts'
import { notFound } from '#domain/problem.ts'
import type { Session } from '#platform/identity.ts'
import { keysById, type PresentedKey } from '#store/api-keys.ts'
import { groupCommit } from '#store/group-commit.ts'
import { membershipsOf } from '#store/memberships.ts'
import { findOrganization } from '#store/organizations.ts'
import { peopleAmong } from '#store/people.ts'
import { opens, parseApiKey } from './api-key.ts'
import { isActive } from './resolve.ts'
import type { Services } from './services.ts'

/** Who stands behind what a request presents. Nothing is kept from one request to the next: a revocation holds at once. */
export type Callers = {
  /** Null for a key that does not, or no longer, open anything. */
  byKey(text: string): Promise<Actor | null>
  /** In the organization chosen, else in the oldest of those the account still belongs to. */
  bySession(session: Session, chosen: OrganizationId | null): Promise<Actor | null>
  /** The same actor as they stand now; null when they may no longer. */
  again(actor: Actor): Promise<Actor | null>
}

export function openCallers(services: Services): Callers {
  const { store, clock } = services

  // Whoever is asked for in one turn of the event loop is found by one query.
  const lookUp = groupCommit<ApiKeyId, PresentedKey | null>(async (organizationId, ids) => {
    const found = await keysById(store, organizationId as OrganizationId, [...new Set(ids)])
    return ids.map((id) => found.get(id) ?? null)
  })

  const meet = groupCommit<PersonId, Actor | null>((key, ids) => {
    const organizationId = key as OrganizationId
    return store.read(organizationId, async (tx) => {
      const organization = await findOrganization(tx)
      const today = organization && dayAt(tx.now, organization.timeZone)
      const people = await peopleAmong(tx, [...new Set(ids)])
      return ids.map((id) => {
        const person = people.get(id)
        return person && today && isActive(person, today) ? personActing(organizationId, person) : null
      })
    })
  })

  async function bySession(session: Session, chosen: OrganizationId | null): Promise<Actor | null> {
    const bound = session.organizationId
    const memberships = await membershipsOf(store, session.accountId)
    const open = memberships.filter((one) => bound === null || one.organizationId === bound)
    if (chosen && !open.some((one) => one.organizationId === chosen)) notFound('organization', chosen)
    for (const membership of open.filter((one) => chosen === null || one.organizationId === chosen)) {
      const actor = await meet(membership.organizationId, membership.personId)
      if (actor) return bound === null ? { ...actor, accountId: session.accountId } : actor
    }
    return null
  }

  return {
    byKey: async (text) => {
      const presented = parseApiKey(text)
      if (!presented) return null
      const key = await lookUp(presented.organizationId, presented.id)
      return key && opens(presented, key.secretHash) ? actorOf(presented.organizationId, key, clock()) : null
    },
    bySession,
    again: async (actor) => {
      if (actor.apiKeyId !== null) {
        const key = await lookUp(actor.organizationId, actor.apiKeyId)
        return key && actorOf(actor.organizationId, key, clock())
      }
      if (actor.kind === 'service') return null
      const now = await meet(actor.organizationId, actor.personId)
      return now && { ...actor, ...now }
    },
  }
}

function actorOf(organizationId: OrganizationId, key: PresentedKey, now: Date): Actor | null {
  const instant = now.toISOString()
  if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= instant)) return null
  // The day is worked out only for who has one to leave on: it costs more than all the rest.
  if (key.leftOn !== null && !isActive(key, dayAt(instant, key.timeZone))) return null
  const common = { organizationId, role: key.role, scopes: key.scopes, apiKeyId: key.id }
  if (key.serviceId !== null) return { ...common, kind: 'service', serviceId: key.serviceId, personId: null }
  return key.personId === null ? null : { ...common, kind: 'person', personId: key.personId }
}

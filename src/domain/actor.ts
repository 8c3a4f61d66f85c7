import type { ApiKeyId, OrganizationId, PersonId, ServiceId } from './id.ts'

export type Role = 'administrator' | 'member' | 'guest'

export type Scope = 'read' | 'write'

/**
 * Who acts, in which organization. A person may act through an API key of theirs; a service principal always does.
 * `onTheMachine`: over the administration socket, by whoever can read the data folder.
 */
export type Actor = {
  organizationId: OrganizationId
  role: Role
  scopes: readonly Scope[]
  apiKeyId: ApiKeyId | null
  onTheMachine?: boolean
  /** The account that is signed in, where its session reaches all organizations of the account. */
  accountId?: string
} & ({ kind: 'person'; personId: PersonId } | { kind: 'service'; serviceId: ServiceId; personId: null })

/** The one id under which an act is filed: a person's or a service's. */
export function actorId(actor: Actor): string {
  return actor.kind === 'person' ? actor.personId : actor.serviceId
}

/** A person as they are, acting themselves. */
export function personActing(organizationId: OrganizationId, { id, role }: { id: PersonId; role: Role }): Actor {
  return { kind: 'person', organizationId, personId: id, role, scopes: ['read', 'write'], apiKeyId: null }
}

/** Who acts over the administration socket: nobody in particular, the same in every organization. */
const MACHINE = '00000000-0000-7000-8000-000000000001' as ServiceId

export function theMachine(organizationId: OrganizationId): Actor {
  return {
    kind: 'service',
    serviceId: MACHINE,
    personId: null,
    organizationId,
    role: 'administrator',
    scopes: ['read', 'write'],
    apiKeyId: null,
    onTheMachine: true,
  }
}

import type { Actor } from '#domain/actor.ts'
import type { OrganizationId, PersonId } from '#domain/id.ts'
import { record } from '#store/changes.ts'
import { addMembership } from '#store/memberships.ts'
import { addOrganization, type Organization } from '#store/organizations.ts'
import { insert } from '#store/rows.ts'
import type { WriteTx } from '#store/store.ts'
import type { Services } from './services.ts'

export type Founding = {
  operation: string
  organization: Omit<Parameters<typeof addOrganization>[1], 'sample'>
  administrator: { name: string; email: string | null; timeZone?: string | null; locale?: string | null }
  /** Whose account the administrator's is. */
  accountId: string
}

/** An organization with its first administrator, who did it. `tx` is the new organization's own. */
export async function found(
  { newId, randomBytes }: Services,
  tx: WriteTx,
  { operation, organization, administrator, accountId }: Founding,
): Promise<{ organization: Organization; personId: PersonId }> {
  const personId = newId() as PersonId
  const made = await addOrganization(tx, organization)
  await insert(tx, 'people', { ...ALONE, ...administrator, id: personId, role: 'administrator' })
  await addMembership(tx.db, { accountId, organizationId: tx.organizationId, personId })
  await record(tx, {
    id: newId(),
    operation,
    actor: administratorOf(tx.organizationId, personId),
    onBehalf: false,
    forced: false,
    reason: null,
    undoesId: null,
    salt: randomBytes(16),
  })
  return { organization: made, personId }
}

const ALONE = {
  email: null,
  managerId: null,
  grade: null,
  site: null,
  timeZone: null,
  locale: null,
  joinedOn: null,
  leftOn: null,
  externalRef: null,
}

function administratorOf(organizationId: OrganizationId, personId: PersonId): Actor {
  return { kind: 'person', organizationId, personId, role: 'administrator', scopes: ['read', 'write'], apiKeyId: null }
}

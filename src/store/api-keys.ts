import type { Selectable } from 'kysely'
import type { ApiKeyId, OrganizationId, PersonId } from '#domain/id.ts'
import type { ApiKeyRow, PersonRow, ServiceRow } from './database.ts'
import type { Store, Tx } from './store.ts'

export type ApiKey = Selectable<ApiKeyRow>

/** A key with whoever it speaks for. */
export type KeyWithPrincipal = ApiKey & { service: Selectable<ServiceRow> | null; person: Selectable<PersonRow> | null }

/** Keys by id, of one organization: what was presented is compared with `secretHash`. */
export async function keysById(
  store: Store,
  organizationId: OrganizationId,
  ids: readonly ApiKeyId[],
): Promise<Map<ApiKeyId, KeyWithPrincipal>> {
  return await store.read(organizationId, async (tx) => {
    const keys = await tx.db
      .selectFrom('apiKeys')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .where('id', 'in', [...ids])
      .execute()
    const serviceIds = keys.flatMap((key) => (key.serviceId ? [key.serviceId] : []))
    const personIds = keys.flatMap((key) => (key.personId ? [key.personId] : []))
    const services =
      serviceIds.length === 0
        ? []
        : await tx.db
            .selectFrom('services')
            .selectAll()
            .where('organizationId', '=', organizationId)
            .where('id', 'in', serviceIds)
            .execute()
    const people =
      personIds.length === 0
        ? []
        : await tx.db
            .selectFrom('people')
            .selectAll()
            .where('organizationId', '=', organizationId)
            .where('id', 'in', personIds)
            .execute()
    return new Map(
      keys.map((key) => [
        key.id,
        {
          ...key,
          service: services.find((one) => one.id === key.serviceId) ?? null,
          person: people.find((one) => one.id === key.personId) ?? null,
        },
      ]),
    )
  })
}

export async function listApiKeys(
  tx: Tx,
  personId: PersonId | null,
  page: { after?: string | undefined; limit: number },
): Promise<ApiKey[]> {
  let query = tx.db
    .selectFrom('apiKeys')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .orderBy('id')
    .limit(page.limit)
  if (page.after) query = query.where('id', '>', page.after as ApiKeyId)
  if (personId) query = query.where('personId', '=', personId)
  return await query.execute()
}

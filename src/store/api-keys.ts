import type { Selectable } from 'kysely'
import type { Role, Scope } from '#domain/actor.ts'
import type { ApiKeyId, OrganizationId, PersonId, ServiceId } from '#domain/id.ts'
import type { ApiKeyRow } from './database.ts'
import type { Page, Store, Tx } from './store.ts'

export type ApiKey = Selectable<ApiKeyRow>

/** A key as it stands now, with whoever it speaks for. */
export type PresentedKey = {
  id: ApiKeyId
  secretHash: Buffer
  scopes: Scope[]
  expiresAt: string | null
  revokedAt: string | null
  serviceId: ServiceId | null
  personId: PersonId | null
  role: Role
  leftOn: string | null
  timeZone: string
}

type Row = [
  id: ApiKeyId,
  secretHash: Buffer,
  scopes: Scope[],
  expiresAt: string | null,
  revokedAt: string | null,
  serviceId: ServiceId | null,
  personId: PersonId | null,
  role: Role,
  leftOn: string | null,
  timeZone: string,
]

/** Keys by id, of one organization: what was presented is compared with `secretHash`. One round trip. */
export async function keysById(
  store: Store,
  organizationId: OrganizationId,
  ids: readonly ApiKeyId[],
): Promise<Map<ApiKeyId, PresentedKey>> {
  const { rows } = await store.pool.query<Row>({
    name: 'presented-keys',
    text: `select id, secret_hash, scopes, expires_at, revoked_at, service_id, person_id, role, left_on, time_zone
      from presented_keys($1, $2)`,
    values: [organizationId, ids],
    rowMode: 'array',
  })
  return new Map(rows.map((row) => [row[0], presented(row)]))
}

function presented(row: Row): PresentedKey {
  const [id, secretHash, scopes, expiresAt, revokedAt, serviceId, personId, role, leftOn, timeZone] = row
  return { id, secretHash, scopes, expiresAt, revokedAt, serviceId, personId, role, leftOn, timeZone }
}

/** Of an organization, or of one person in it. */
export async function listApiKeys(tx: Tx, personId: PersonId | null, page: Page): Promise<ApiKey[]> {
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

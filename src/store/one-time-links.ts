import type { Kysely, Selectable } from 'kysely'
import type { OrganizationId, PersonId } from '#domain/id.ts'
import type { Database, OneTimeLinkRow } from './database.ts'
import { secretHash } from './hash.ts'

export type OneTimeLink = Selectable<OneTimeLinkRow>

type Link = { createdAt: string; expiresAt: string } & (
  | { purpose: 'set-up'; organizationId: null; personId: null }
  | { purpose: 'sign-in'; organizationId: OrganizationId; personId: PersonId }
)

/** Keeps the hash of a token. Links made earlier for the same purpose and person are void from now on. */
export async function addLink(db: Kysely<Database>, token: string, link: Link): Promise<void> {
  await db
    .deleteFrom('oneTimeLinks')
    .where('purpose', '=', link.purpose)
    .where('organizationId', 'is not distinct from', link.organizationId)
    .where('personId', 'is not distinct from', link.personId)
    .where('usedAt', 'is', null)
    .execute()
  await db
    .insertInto('oneTimeLinks')
    .values({ ...link, tokenHash: secretHash(token), usedAt: null })
    .execute()
}

/** A link that can still be used; asking uses nothing up. */
export async function findLink(
  db: Kysely<Database>,
  token: string,
  purpose: OneTimeLink['purpose'],
  now: string,
): Promise<OneTimeLink | undefined> {
  return await db
    .selectFrom('oneTimeLinks')
    .selectAll()
    .where('tokenHash', '=', secretHash(token))
    .where('purpose', '=', purpose)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
}

/** Uses a link up. Of any number at once one gets it; the others undefined. */
export async function redeemLink(
  db: Kysely<Database>,
  token: string,
  purpose: OneTimeLink['purpose'],
  now: string,
): Promise<OneTimeLink | undefined> {
  return await db
    .updateTable('oneTimeLinks')
    .set({ usedAt: now })
    .where('tokenHash', '=', secretHash(token))
    .where('purpose', '=', purpose)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/** Removes those that nobody can use any more. */
export async function pruneLinks(db: Kysely<Database>, before: string): Promise<void> {
  await db
    .deleteFrom('oneTimeLinks')
    .where((eb) => eb.or([eb('expiresAt', '<', before), eb('usedAt', '<', before)]))
    .execute()
}

/** Whether a link was ever made for this and is not pruned yet. */
export async function hasLinkFor(db: Kysely<Database>, purpose: OneTimeLink['purpose']): Promise<boolean> {
  const found = await db
    .selectFrom('oneTimeLinks')
    .select('purpose')
    .where('purpose', '=', purpose)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

import type { Kysely } from 'kysely'
import type { OrganizationId, PersonId } from '#domain/id.ts'
import type { Database } from './database.ts'
import type { Store } from './store.ts'

/** Which person an account is in an organization. */
export type Membership = { accountId: string; organizationId: OrganizationId; personId: PersonId }

/** Those of an account, the oldest organization first. */
export async function membershipsOf(store: Store, accountId: string): Promise<Membership[]> {
  return await store.db
    .selectFrom('accountPeople as a')
    .innerJoin('organizations as o', 'o.id', 'a.organizationId')
    .select(['a.accountId', 'a.organizationId', 'a.personId'])
    .where('a.accountId', '=', accountId)
    .orderBy('o.createdAt')
    .orderBy('o.id')
    .execute()
}

/** The account by which a person signs in, if there is one yet. */
export async function accountOf(
  db: Kysely<Database>,
  organizationId: OrganizationId,
  personId: PersonId,
): Promise<string | undefined> {
  const found = await db
    .selectFrom('accountPeople')
    .select('accountId')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return found?.accountId
}

/** From now on the account is that person there. */
export async function addMembership(db: Kysely<Database>, membership: Membership): Promise<void> {
  await db
    .insertInto('accountPeople')
    .values(membership)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

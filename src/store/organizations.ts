import type { Selectable } from 'kysely'
import { type Day, dayAt } from '#domain/day.ts'
import type { OrganizationId } from '#domain/id.ts'
import { refuse } from '#domain/problem.ts'
import type { OrganizationRow } from './database.ts'
import { note } from './rows.ts'
import type { Store, Tx, WriteTx } from './store.ts'

export type Organization = Selectable<OrganizationRow>

/** The one that a transaction belongs to. */
export async function findOrganization(tx: Tx): Promise<Organization | undefined> {
  return await tx.db.selectFrom('organizations').selectAll().where('id', '=', tx.organizationId).executeTakeFirst()
}

/** Those that an account belongs to. */
export async function organizationsOf(store: Pick<Store, 'db'>, accountId: string): Promise<Organization[]> {
  return await store.db
    .selectFrom('organizations as o')
    .innerJoin('accountPeople as a', 'a.organizationId', 'o.id')
    .selectAll('o')
    .where('a.accountId', '=', accountId)
    .orderBy('o.createdAt')
    .execute()
}

export async function addOrganization(
  tx: Tx,
  organization: { name: string; timeZone: string; firstDayOfWeek?: number; languages?: string[]; sample?: boolean },
): Promise<Organization> {
  return await tx.db
    .insertInto('organizations')
    .values({
      ...organization,
      id: tx.organizationId,
      createdAt: tx.now,
      reckonedOn: dayAt(tx.now, organization.timeZone),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function editOrganization(
  tx: WriteTx,
  before: Organization,
  patch: { [Field in Settable]?: Organization[Field] | undefined },
): Promise<Organization> {
  const after = await tx.db
    .updateTable('organizations')
    .set({ ...patch, version: before.version + 1 })
    .where('id', '=', tx.organizationId)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (!after) refuse({ kind: 'stale', rule: 'stale' })
  note(tx, { noun: 'organizations', id: before.id, before, after })
  return after
}

/** What people decide about their organization. */
export type Settable = 'name' | 'timeZone' | 'firstDayOfWeek' | 'languages' | 'settings'

export async function isEmpty(store: Pick<Store, 'db'>): Promise<boolean> {
  return (await store.db.selectFrom('organizations').select('id').limit(1).executeTakeFirst()) === undefined
}

/** The sample company, while it is the only organization there is. */
export async function onlySample(store: Pick<Store, 'db'>): Promise<OrganizationId | undefined> {
  const [first, second] = await store.db.selectFrom('organizations').select(['id', 'sample']).limit(2).execute()
  return first?.sample && !second ? first.id : undefined
}

/** Every organization of this installation, the oldest first. */
export async function everyOrganization(store: Pick<Store, 'db'>): Promise<Organization[]> {
  return await store.db.selectFrom('organizations').selectAll().orderBy('createdAt').orderBy('id').execute()
}

/** Those whose day has ended since their figures were reckoned. */
export async function pastMidnight(store: Pick<Store, 'db' | 'now'>): Promise<OrganizationId[]> {
  const now = store.now()
  const rows = await store.db.selectFrom('organizations').select(['id', 'timeZone', 'reckonedOn']).execute()
  return rows.filter(({ timeZone, reckonedOn }) => reckonedOn < dayAt(now, timeZone)).map(({ id }) => id)
}

/** Those in which somebody's last day is over, and what they held has not passed on yet. */
export async function withWhoLeft(store: Pick<Store, 'db' | 'now'>): Promise<OrganizationId[]> {
  const now = store.now()
  const rows = await store.db
    .selectFrom('organizations')
    .select(['id', 'timeZone', 'leavesOn'])
    .where('leavesOn', 'is not', null)
    .execute()
  return rows.filter(({ timeZone, leavesOn }) => (leavesOn as Day) <= dayAt(now, timeZone)).map(({ id }) => id)
}

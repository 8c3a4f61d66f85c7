import { sql } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { GroupId, InitiativeId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { Level } from '#domain/objective.ts'
import type { State } from '#domain/roll-up.ts'
import type { Objective } from './objectives.ts'
import type { Cycle, Person } from './people.ts'
import type { Tx } from './store.ts'

/** An Objective, a Key Result or an Initiative that bears a reference of the caller's. */
export type Referred =
  | { noun: 'objective'; id: ObjectiveId; level: Level; state: State; cycle: { startsOn: string; endsOn: string } }
  | { noun: 'key-result'; id: KeyResultId }
  | { noun: 'initiative'; id: InitiativeId }

/** Those of these references that something bears already. */
export async function referredTo(tx: Tx, refs: readonly string[]): Promise<Map<string, Referred>> {
  const objectives = await tx.db
    .selectFrom('objectives as o')
    .innerJoin('cycles as c', (join) =>
      join.onRef('c.organizationId', '=', 'o.organizationId').onRef('c.id', '=', 'o.cycleId'),
    )
    .select(['o.id', 'o.externalRef', 'o.level', 'o.state', 'c.startsOn', 'c.endsOn'])
    .where('o.organizationId', '=', tx.organizationId)
    .where('o.externalRef', '=', anyOf(refs))
    .execute()
  const keyResults = await tx.db
    .selectFrom('keyResults')
    .select(['id', 'externalRef'])
    .where('organizationId', '=', tx.organizationId)
    .where('externalRef', '=', anyOf(refs))
    .execute()
  const initiatives = await tx.db
    .selectFrom('initiatives')
    .select(['id', 'externalRef'])
    .where('organizationId', '=', tx.organizationId)
    .where('externalRef', '=', anyOf(refs))
    .execute()
  return new Map<string, Referred>([
    ...initiatives.map(({ externalRef, id }): [string, Referred] => [
      externalRef as string,
      { noun: 'initiative', id },
    ]),
    ...objectives.map(({ externalRef, startsOn, endsOn, ...row }): [string, Referred] => [
      externalRef as string,
      { noun: 'objective', ...row, cycle: { startsOn, endsOn } },
    ]),
    ...keyResults.map(({ externalRef, id }): [string, Referred] => [externalRef as string, { noun: 'key-result', id }]),
  ])
}

/**
 * Those of these Objectives that stood under a Key Result when they came in and are open, and aligned or offered to
 * nothing yet.
 */
export async function stillUnderKeyResults(tx: Tx, ids: readonly ObjectiveId[]): Promise<Objective[]> {
  return await tx.db
    .selectFrom('objectives as o')
    .selectAll('o')
    .where('o.organizationId', '=', tx.organizationId)
    .where('o.id', '=', sql<ObjectiveId>`any(${[...ids]}::uuid[])`)
    .where('o.publishedUnderId', 'is not', null)
    .where('o.state', 'in', ['draft', 'published'])
    .where(
      sql<boolean>`not exists (select from alignments l where l.organization_id = o.organization_id and l.from_id = o.id
        and l.state in ('accepted', 'offered'))`,
    )
    .execute()
}

/** Who bears these references or names, with the group they lead. Whoever bears a reference goes before namesakes. */
export async function ownersNamed(
  tx: Tx,
  names: readonly string[],
  refs: readonly string[],
  today: Day,
): Promise<(Pick<Person, 'id' | 'name' | 'externalRef' | 'leftOn'> & { groupId: GroupId | null })[]> {
  return await tx.db
    .selectFrom('people as p')
    .select(['p.id', 'p.name', 'p.externalRef', 'p.leftOn'])
    .select(
      sql<GroupId | null>`(select g.id from groups g where g.organization_id = p.organization_id and g.lead_id = p.id
        order by g.id limit 1)`.as('groupId'),
    )
    .where('p.organizationId', '=', tx.organizationId)
    .where(
      sql<boolean>`(p.external_ref = any(${[...refs]}::text[]) or (p.name = any(${[...names]}::text[]) and (p.left_on is null or p.left_on > ${today}::date)))`,
    )
    .orderBy('p.id')
    .execute()
}

/** A cycle of that name and those days. */
export async function cycleLike(tx: Tx, like: Pick<Cycle, 'name' | 'startsOn' | 'endsOn'>): Promise<Cycle | undefined> {
  return await tx.db
    .selectFrom('cycles')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('name', '=', like.name)
    .where('startsOn', '=', like.startsOn)
    .where('endsOn', '=', like.endsOn)
    .orderBy('id')
    .executeTakeFirst()
}

function anyOf(texts: readonly string[]) {
  return sql<string>`any(${[...texts]}::text[])`
}

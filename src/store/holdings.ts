import { sql } from 'kysely'
import type { PersonId } from '#domain/id.ts'
import type { Initiative } from './initiatives.ts'
import type { KeyResult } from './key-results.ts'
import type { Kpi } from './kpis.ts'
import type { Alignment } from './links.ts'
import type { Objective } from './objectives.ts'
import type { Group } from './people.ts'
import type { Tx } from './store.ts'

/** What somebody holds: nothing of it may stay with who has left. Whatever is discarded is nobody's any more. */
export type Holdings = {
  keyResults: KeyResult[]
  objectives: Objective[]
  groups: Group[]
  /** Archived ones too: they can be restored. */
  kpis: Kpi[]
  /** Standing alignments for which they are accountable. */
  commitments: Alignment[]
  /** Work that is still theirs to do. */
  initiatives: Initiative[]
}

export async function holdingsOf(tx: Tx, id: PersonId): Promise<Holdings> {
  return {
    objectives: await tx.db
      .selectFrom('objectives')
      .selectAll()
      .where('organizationId', '=', tx.organizationId)
      .where('leadId', '=', id)
      .where('state', '<>', 'discarded')
      .orderBy('id')
      .execute(),
    keyResults: await tx.db
      .selectFrom('keyResults')
      .selectAll()
      .where('organizationId', '=', tx.organizationId)
      .where('ownerId', '=', id)
      .where('state', '<>', 'discarded')
      .orderBy('id')
      .execute(),
    groups: await groupsLedBy(tx, id),
    kpis: await kpisOwnedBy(tx, id),
    commitments: await tx.db
      .selectFrom('alignments')
      .selectAll()
      .where('organizationId', '=', tx.organizationId)
      .where('accountableId', '=', id)
      .where(sql<boolean>`state in ('accepted', 'offered')`)
      .orderBy('id')
      .execute(),
    initiatives: await tx.db
      .selectFrom('initiatives')
      .selectAll()
      .where('organizationId', '=', tx.organizationId)
      .where('leadId', '=', id)
      .where('state', 'in', ['planned', 'started'])
      .orderBy('id')
      .execute(),
  }
}

export async function groupsLedBy(tx: Tx, id: PersonId): Promise<Group[]> {
  return await tx.db
    .selectFrom('groups')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('leadId', '=', id)
    .orderBy('id')
    .execute()
}

export async function kpisOwnedBy(tx: Tx, id: PersonId): Promise<Kpi[]> {
  return await tx.db
    .selectFrom('kpis')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('ownerId', '=', id)
    .orderBy('id')
    .execute()
}

/** What somebody may report on for its owner, whether or not its day is over. */
export async function delegatedTo(tx: Tx, id: PersonId): Promise<KeyResult[]> {
  return await tx.db
    .selectFrom('keyResults')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('delegateId', '=', id)
    .orderBy('id')
    .execute()
}

export function isNothing(held: Holdings): boolean {
  return Object.values(held).every((things) => things.length === 0)
}

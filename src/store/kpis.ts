import { type Selectable, sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { Decimal } from '#domain/decimal.ts'
import type { GroupId, KpiId, KpiValueId, ObjectiveId, PersonId } from '#domain/id.ts'
import type { KpiValue } from '#domain/kpi.ts'
import type { KpiRow, KpiValueRow } from './database.ts'
import { anyOf } from './named.ts'
import type { Page, Tx, WriteTx } from './store.ts'
import { sees } from './visible.ts'

export type Kpi = Selectable<KpiRow>

/** A KPI with the value that was measured last. */
export type KpiWithValue = Kpi & { current: string | null; measuredOn: string | null }

export type KpiFilter = {
  ids?: readonly KpiId[] | undefined
  ownerId?: PersonId | undefined
  groupId?: GroupId | undefined
  archived?: boolean | undefined
}

/** A page of them, by id. Every member and guest sees every KPI. */
export async function listKpis(tx: Tx, filter: KpiFilter, page: Page): Promise<KpiWithValue[]> {
  let query = tx.db
    .selectFrom('kpis as k')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('kpiValues as v')
          .select(['v.value', 'v.measuredOn'])
          .whereRef('v.organizationId', '=', 'k.organizationId')
          .whereRef('v.kpiId', '=', 'k.id')
          .where('v.takesBack', '=', false)
          .where(
            sql<boolean>`not exists (select from kpi_values x where x.organization_id = v.organization_id and x.corrects_id = v.id)`,
          )
          .orderBy('v.measuredOn', 'desc')
          .orderBy('v.countedAt', 'desc')
          .orderBy('v.id', 'desc')
          .limit(1)
          .as('l'),
      (join) => join.onTrue(),
    )
    .selectAll('k')
    .select(['l.value as current', 'l.measuredOn'])
    .where('k.organizationId', '=', tx.organizationId)
    .orderBy('k.id')
    .limit(page.limit)
  if (page.after) query = query.where('k.id', '>', page.after as KpiId)
  if (filter.ids) query = query.where('k.id', '=', anyOf(filter.ids))
  if (filter.ownerId) query = query.where('k.ownerId', '=', filter.ownerId)
  if (filter.groupId) query = query.where('k.groupId', '=', filter.groupId)
  if (filter.archived !== undefined) query = query.where('k.archivedAt', filter.archived ? 'is not' : 'is', null)
  return await query.execute()
}

/** Of these KPIs, the Objectives that set out to improve them, as far as the actor sees them. */
export async function objectivesImproving(
  tx: Tx,
  actor: Actor | null,
  ids: readonly KpiId[],
): Promise<{ id: ObjectiveId; kpiId: KpiId | null }[]> {
  return await tx.db
    .selectFrom('objectives as o')
    .select(['o.id', 'o.kpiId'])
    .where('o.organizationId', '=', tx.organizationId)
    .where('o.kpiId', '=', anyOf(ids))
    .where(sees(actor))
    .orderBy('o.id')
    .execute()
}

/** Those of a KPI, the latest as measured first. `after` is the id of the last one seen. */
export async function listKpiValues(tx: Tx, kpiId: KpiId, page: Page): Promise<KpiValue[]> {
  const rows = await tx.db
    .selectFrom('kpiValues as v')
    .selectAll('v')
    .where('v.organizationId', '=', tx.organizationId)
    .where('v.kpiId', '=', kpiId)
    .$if(page.after !== undefined, (query) =>
      query.where(sql<boolean>`(v.measured_on, v.counted_at, v.id) < (select l.measured_on, l.counted_at, l.id from kpi_values l
        where l.organization_id = ${tx.organizationId} and l.id = ${page.after})`),
    )
    .orderBy('v.measuredOn', 'desc')
    .orderBy('v.countedAt', 'desc')
    .orderBy('v.id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map(kpiValueOf)
}

/** One of a KPI's, and whether something has corrected it. */
export async function findKpiValue(
  tx: Tx,
  kpiId: KpiId,
  id: KpiValueId,
): Promise<(KpiValue & { corrected: boolean }) | undefined> {
  const row = await tx.db
    .selectFrom('kpiValues as v')
    .selectAll('v')
    .select(
      sql<boolean>`exists (select from kpi_values x where x.organization_id = v.organization_id and x.corrects_id = v.id)`.as(
        'corrected',
      ),
    )
    .where('v.organizationId', '=', tx.organizationId)
    .where('v.kpiId', '=', kpiId)
    .where('v.id', '=', id)
    .executeTakeFirst()
  return row && { ...kpiValueOf(row), corrected: row.corrected }
}

/** Writes one. It is an entry of the change, so that undoing finds it. */
export async function writeKpiValue(tx: WriteTx, value: KpiValue): Promise<void> {
  await tx.db
    .insertInto('kpiValues')
    .values({ ...value, organizationId: tx.organizationId })
    .execute()
  tx.recorder.entries.push({ noun: 'kpiValues', id: value.id, before: null, after: { ...value } })
}

function kpiValueOf({ organizationId: _, ...row }: KpiValueRow & { corrected?: boolean }): KpiValue {
  const { corrected: __, ...value } = row
  return { ...value, value: value.value as Decimal | null }
}

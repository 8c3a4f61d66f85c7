import { actorId } from '#domain/actor.ts'
import type { Decimal } from '#domain/decimal.ts'
import type { GroupId, KpiId, PersonId } from '#domain/id.ts'
import { assertNotArchived, assertRange, healthOf } from '#domain/kpi.ts'
import { breaks, invalid, notFound } from '#domain/problem.ts'
import { type KpiWithValue, listKpis as kpisOf, objectivesImproving } from '#store/kpis.ts'
import { find, insert, update } from '#store/rows.ts'
import type { Relation } from './access.ts'
import * as declared from './declared/kpis.ts'
import { type Context, reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { activePerson, named } from './resolve.ts'

export const listKpis = reading(declared.listKpis, {
  run: async (context, { query }) => {
    const { cursor: _, limit, archived, ...filter } = query
    const rows = await kpisOf(context.tx, { ...filter, archived: archived && archived === 'true' }, asked(query))
    const { items, nextCursor } = paged(
      rows,
      limit,
      (row) => row,
      (row) => row.id,
    )
    return { items: await kpiViews(context, items), nextCursor }
  },
})

export const showKpi = reading(declared.showKpi, {
  subject: async (context, { params }) => ({ relations: [], kpi: await theKpi(context, params.id) }),
  run: (context, _, { kpi }) => kpiView(context, kpi),
})

export const createKpi = writing(declared.createKpi, {
  subject: async (context, { body }) => {
    await assertNamed(context, body)
    return { relations: [] }
  },
  run: async (context, { body }) => {
    const { atLeast = null, atMost = null } = body
    assertRange({ atLeast, atMost })
    const row = await insert(context.tx, 'kpis', {
      description: null,
      groupId: null,
      direction: null,
      ...body,
      atLeast,
      atMost,
      ownerId: body.ownerId ?? context.actor.personId ?? invalid('/ownerId', 'field.missing'),
      id: context.newId<KpiId>(),
      authorId: actorId(context.actor),
      createdAt: context.tx.now,
      archivedAt: null,
    })
    return shown(context, row.id)
  },
})

export const editKpi = writing(declared.editKpi, {
  subject: async (context, { params, body }) => {
    await assertNamed(context, body)
    return existing(context, params.id)
  },
  run: async (context, { body: { reason, ...patch } }, { kpi }) => {
    context.reason = reason ?? null
    assertNotArchived(kpi)
    const { atLeast = kpi.atLeast as Decimal | null, atMost = kpi.atMost as Decimal | null } = patch
    assertRange({ atLeast, atMost })
    const taken = patch.ownerId !== undefined && patch.ownerId !== kpi.ownerId
    return change(context, kpi, { ...patch, ...(taken ? { interim: false } : {}) })
  },
})

export const archiveKpi = writing(declared.archiveKpi, {
  subject: (context, { params }) => existing(context, params.id),
  run: async (context, { body }, { kpi }) => {
    context.reason = body.reason ?? null
    assertNotArchived(kpi)
    return change(context, kpi, { archivedAt: context.tx.now })
  },
})

export const restoreKpi = writing(declared.restoreKpi, {
  subject: (context, { params }) => existing(context, params.id),
  run: async (context, { body }, { kpi }) => {
    context.reason = body.reason ?? null
    if (kpi.archivedAt === null) breaks('life', 'not-archived')
    return change(context, kpi, { archivedAt: null })
  },
})

export async function theKpi(context: Context, id: KpiId): Promise<KpiWithValue> {
  return (await kpisOf(context.tx, { ids: [id] }, { limit: 1 }))[0] ?? notFound('kpi', id)
}

export function relationsToKpi({ actor }: Context, { ownerId }: { ownerId: PersonId }): Relation[] {
  return ownerId === actorId(actor) ? ['owner'] : []
}

async function existing(context: Context, id: KpiId) {
  const kpi = await theKpi(context, id)
  return {
    relations: relationsToKpi(context, kpi),
    kpi,
    version: kpi.version,
    current: () => kpiView(context, kpi),
  }
}

async function change(
  context: WriteContext,
  { current: _, measuredOn: __, ...before }: KpiWithValue,
  patch: Parameters<typeof update<'kpis'>>[3],
) {
  await update(context.tx, 'kpis', before, patch)
  return shown(context, before.id)
}

/** Who is to own it is here, and so is the group. */
async function assertNamed(
  context: Context,
  body: { ownerId?: PersonId | undefined; groupId?: GroupId | null | undefined },
): Promise<void> {
  if (body.ownerId) await activePerson(context, '/ownerId', body.ownerId)
  if (body.groupId) await named('/groupId', find(context.tx, 'groups', body.groupId))
}

async function shown(context: WriteContext, id: KpiId) {
  return kpiView(context, await theKpi(context, id))
}

async function kpiView(context: Context, row: KpiWithValue) {
  return (await kpiViews(context, [row]))[0] as Awaited<ReturnType<typeof kpiViews>>[0]
}

async function kpiViews(context: Context, rows: readonly KpiWithValue[]) {
  const improving = await objectivesImproving(
    context.tx,
    context.actor,
    rows.map(({ id }) => id),
  )
  return rows.map(({ organizationId: _, authorId: __, ...row }) => {
    const current = row.current as Decimal | null
    const range = { atLeast: row.atLeast as Decimal | null, atMost: row.atMost as Decimal | null }
    const objectiveIds = improving.filter(({ kpiId }) => kpiId === row.id).map(({ id }) => id)
    return { ...row, ...range, current, state: healthOf(range, current), objectiveIds }
  })
}

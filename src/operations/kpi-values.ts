import { actorId } from '#domain/actor.ts'
import type { KpiValueId } from '#domain/id.ts'
import { assertNotArchived, type KpiValue, kpiValue } from '#domain/kpi.ts'
import { invalid, refuse } from '#domain/problem.ts'
import type { ChangeEntry } from '#store/changes.ts'
import { findKpiValue, listKpiValues as valuesOf, writeKpiValue } from '#store/kpis.ts'
import * as declared from './declared/kpis.ts'
import { relationsToKpi, theKpi } from './kpis.ts'
import { reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { chainsOf } from './taking-back.ts'

export const listKpiValues = reading(declared.listKpiValues, {
  subject: async (context, { params }) => ({ relations: [], kpi: await theKpi(context, params.id) }),
  run: async ({ tx }, { query }, { kpi }) =>
    paged(await valuesOf(tx, kpi.id, asked(query)), query.limit, kpiValueView, (row) => row.id),
})

export const reportKpi = writing(declared.reportKpi, {
  subject: async (context, { params }) => {
    const kpi = await theKpi(context, params.id)
    return { relations: relationsToKpi(context, kpi), kpi }
  },
  run: async (context, { body }, { kpi }) => {
    const { tx, actor, today } = context
    const corrected = body.corrects ? await findKpiValue(tx, kpi.id, body.corrects) : null
    if (corrected === undefined) invalid('/corrects', 'field.names-nothing')
    if (corrected?.corrected) invalid('/corrects', 'check-in.corrects.already')
    const made = kpiValue(kpi, body, { actor, id: context.newId(), now: tx.now, today, corrected })
    await writeKpiValue(tx, made)
    return kpiValueView(made)
  },
})

/** Takes back the values of a change, each by one that corrects it; what had been corrected by it stands again. */
export async function takeBackKpiValues(context: WriteContext, entries: readonly ChangeEntry[]): Promise<void> {
  const made = entries.filter(({ noun }) => noun === 'kpiValues').map(({ after }) => after as KpiValue)
  for (const { first, last } of chainsOf(made)) {
    const kpi = await theKpi(context, first.kpiId)
    const undone = await findKpiValue(context.tx, kpi.id, last)
    if (!undone || undone.corrected) refuse({ kind: 'conflict', rule: 'touched-since', reason: touched(last) })
    assertNotArchived(kpi)
    const former = first.correctsId === null ? undefined : await findKpiValue(context.tx, kpi.id, first.correctsId)
    const { corrected: _, ...stands } = former ?? { ...undone, value: null, note: context.reason, takesBack: true }
    await writeKpiValue(context.tx, {
      ...stands,
      id: context.newId<KpiValueId>(),
      ownerId: kpi.ownerId,
      reportedById: actorId(context.actor),
      recordedAt: context.tx.now,
      correctsId: undone.id,
    })
  }
}

function touched(id: KpiValueId) {
  return { key: 'problem.touched-since.reason', values: { noun: 'kpi-value', id } }
}

function kpiValueView({ correctsId, countedAt: _, ...value }: KpiValue) {
  return { ...value, corrects: correctsId }
}

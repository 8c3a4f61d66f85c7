import * as z from 'zod'
import type { GroupId, KpiId, KpiValueId, ObjectiveId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { unit } from './measures.ts'
import { day, figure, id, instant, line, page, paging, prose, reason, value } from './shape.ts'

const direction = z.enum(['increase', 'decrease'])

/** A health metric that runs on, outside any cycle. */
export const kpi = z.strictObject({
  id: id<KpiId>(),
  name: z.string(),
  description: z.string().nullable(),
  unit: z.string(),
  ownerId: id<PersonId>(),
  /** They took it over from somebody who left, until it is handed over. */
  interim: z.boolean(),
  groupId: id<GroupId>().nullable(),
  /** Its healthy range, bounds included. */
  atLeast: figure.nullable(),
  atMost: figure.nullable(),
  /** Which way is better, where one is. */
  direction: direction.nullable(),
  /** What was measured last. */
  current: figure.nullable(),
  measuredOn: z.string().nullable(),
  /** Where that stands to the healthy range; unknown without a value or a range. */
  state: z.enum(['within', 'above', 'below', 'unknown']),
  /** Those that set out to improve it, as far as the caller sees them. */
  objectiveIds: z.array(id<ObjectiveId>()),
  createdAt: instant,
  archivedAt: instant.nullable(),
  version: z.number(),
})

export const kpiValue = z.strictObject({
  id: id<KpiValueId>(),
  kpiId: id<KpiId>(),
  ownerId: id<PersonId>(),
  /** Who said it: differs from the owner where it was reported on their behalf. */
  reportedById: z.string(),
  value: figure.nullable(),
  note: z.string().nullable(),
  measuredOn: z.string(),
  recordedAt: instant,
  corrects: id<KpiValueId>().nullable(),
  takesBack: z.boolean(),
})

const fields = {
  name: line(200),
  description: prose(5000),
  unit,
  ownerId: id<PersonId>(),
  groupId: id<GroupId>().nullable(),
  atLeast: value.nullable(),
  atMost: value.nullable(),
  direction: direction.nullable(),
}

const one = z.strictObject({ id: id<KpiId>() })
const why = z.strictObject({ reason }).partial()

export const listKpis = declare({
  name: 'kpis.list',
  method: 'GET',
  path: '/v1/kpis',
  query: z.strictObject({
    ...paging,
    ownerId: id<PersonId>().optional(),
    groupId: id<GroupId>().optional(),
    /** Only archived ones (`true`), or none of them (`false`). */
    archived: z.enum(['true', 'false']).optional(),
  }),
  output: page(kpi),
})

export const showKpi = declare({
  name: 'kpis.show',
  method: 'GET',
  path: '/v1/kpis/{id}',
  params: one,
  output: kpi,
})

export const createKpi = declare({
  name: 'kpis.create',
  method: 'POST',
  path: '/v1/kpis',
  body: z.strictObject(fields).partial().required({ name: true, unit: true }),
  output: kpi,
  status: 201,
})

export const editKpi = declare({
  name: 'kpis.edit',
  method: 'PATCH',
  path: '/v1/kpis/{id}',
  params: one,
  body: z.strictObject({ ...fields, reason }).partial(),
  output: kpi,
})

export const archiveKpi = declare({
  name: 'kpis.archive',
  method: 'POST',
  path: '/v1/kpis/{id}/archive',
  params: one,
  body: why,
  output: kpi,
})

export const restoreKpi = declare({
  name: 'kpis.restore',
  method: 'POST',
  path: '/v1/kpis/{id}/restore',
  params: one,
  body: why,
  output: kpi,
})

export const reportKpi = declare({
  name: 'kpis.report',
  method: 'POST',
  path: '/v1/kpis/{id}/values',
  params: one,
  body: z.strictObject({ value, measuredOn: day, note: prose(5000), corrects: id<KpiValueId>() }).partial(),
  output: kpiValue,
  status: 201,
  ifMatch: 'none',
})

/** Latest first, as measured; also what was corrected or taken back. */
export const listKpiValues = declare({
  name: 'kpis.values',
  method: 'GET',
  path: '/v1/kpis/{id}/values',
  params: one,
  query: z.strictObject(paging),
  output: page(kpiValue),
})

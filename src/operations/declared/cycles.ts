import * as z from 'zod'
import type { CycleId } from '#domain/id.ts'
import { cadence } from './cadences.ts'
import { declare } from './declaration.ts'
import { day, externalRef, id, line, page, paging, reason } from './shape.ts'

export const cycle = z.strictObject({
  id: id<CycleId>(),
  name: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  parentId: id<CycleId>().nullable(),
  /** Null where the organization's holds. */
  cadence: cadence.nullable(),
  externalRef: z.string().nullable(),
  version: z.number(),
})

const fields = {
  name: line(100),
  startsOn: day,
  endsOn: day,
  parentId: id<CycleId>().nullable(),
  cadence: cadence.nullable(),
  externalRef,
}
const one = z.strictObject({ id: id<CycleId>() })

export const listCycles = declare({
  name: 'cycles.list',
  method: 'GET',
  path: '/v1/cycles',
  query: z.strictObject({ ...paging, on: day.optional() }),
  output: page(cycle),
})

export const showCycle = declare({
  name: 'cycles.show',
  method: 'GET',
  path: '/v1/cycles/{id}',
  params: one,
  output: cycle,
})

export const createCycle = declare({
  name: 'cycles.create',
  method: 'POST',
  path: '/v1/cycles',
  body: z.strictObject(fields).partial().required({ name: true, startsOn: true, endsOn: true }),
  output: cycle,
  status: 201,
})

export const editCycle = declare({
  name: 'cycles.edit',
  method: 'PATCH',
  path: '/v1/cycles/{id}',
  params: one,
  body: z.strictObject({ ...fields, reason }).partial(),
  output: cycle,
})

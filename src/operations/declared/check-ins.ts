import * as z from 'zod'
import type { CheckInId, KeyResultId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { day, figure, id, instant, line, page, paging, past, value } from './shape.ts'

export const checkIn = z.strictObject({
  id: id<CheckInId>(),
  keyResultId: id<KeyResultId>(),
  ownerId: id<PersonId>(),
  /** Who said it: differs from the owner where it was reported on their behalf. */
  reportedById: z.string(),
  value: figure.nullable(),
  steps: z.array(z.string()).nullable(),
  done: z.boolean().nullable(),
  evidence: z.string().nullable(),
  confidence: z.number().nullable(),
  note: z.string().nullable(),
  blockers: z.string().nullable(),
  measuredOn: z.string(),
  recordedAt: instant,
  corrects: id<CheckInId>().nullable(),
  takesBack: z.boolean(),
})

const one = z.strictObject({ id: id<KeyResultId>() })
const words = (max: number) =>
  z
    .string()
    .max(max, { error: `field.too-long:${max}` })
    .refine((text) => text.isWellFormed() && !text.includes('\u0000'), { error: 'field.control-characters' })

export const makeCheckIn = declare({
  name: 'check-ins.make',
  method: 'POST',
  path: '/v1/key-results/{id}/check-ins',
  params: one,
  body: z
    .strictObject({
      value,
      /** The ids of all steps that are done. */
      steps: z.array(line(60)).max(100),
      done: z.boolean(),
      evidence: words(2000),
      confidence: z.number().int().min(0).max(10),
      note: words(5000),
      blockers: words(5000),
      measuredOn: day,
      corrects: id<CheckInId>(),
    })
    .partial(),
  output: checkIn,
  status: 201,
  ifMatch: 'none',
})

/** Latest first, as measured. */
export const listCheckIns = declare({
  name: 'check-ins.list',
  method: 'GET',
  path: '/v1/key-results/{id}/check-ins',
  params: one,
  query: z.strictObject({ ...paging, ...past }),
  output: page(checkIn),
})

export const showCheckIn = declare({
  name: 'check-ins.show',
  method: 'GET',
  path: '/v1/check-ins/{id}',
  params: z.strictObject({ id: id<CheckInId>() }),
  output: checkIn,
})

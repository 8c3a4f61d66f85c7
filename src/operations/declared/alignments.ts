import * as z from 'zod'
import type { AlignmentId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { id, instant, page, paging, past, prose, reason } from './shape.ts'

/** Objective → Objective. An end that is private to others is null. */
export const alignment = z.strictObject({
  id: id<AlignmentId>(),
  fromObjectiveId: id<ObjectiveId>().nullable(),
  toObjectiveId: id<ObjectiveId>().nullable(),
  statement: z.string().nullable(),
  accountableId: id<PersonId>().nullable(),
  state: z.enum(['offered', 'accepted', 'declined', 'ended']),
  offeredBy: z.enum(['below', 'above']),
  offeredById: id<PersonId>().nullable(),
  /** Made or decided by an administrator for whoever leads that end. */
  onBehalf: z.boolean(),
  reason: z.string().nullable(),
  offeredAt: instant,
  decidedAt: instant.nullable(),
  endedAt: instant.nullable(),
})

const one = z.strictObject({ id: id<ObjectiveId>() })
const decision = z.strictObject({ reason }).partial()

/** To an Objective. To a Key Result it is refused, with the reason and what can be done instead. */
export const align = declare({
  name: 'objectives.align',
  method: 'PUT',
  path: '/v1/objectives/{id}/alignment',
  params: one,
  body: z
    .strictObject({
      toObjectiveId: id<ObjectiveId>(),
      toKeyResultId: id<KeyResultId>(),
      statement: prose(1000),
      accountableId: id<PersonId>().nullable(),
      reason,
    })
    .partial(),
  output: alignment,
})

export const acceptAlignment = declare({
  name: 'objectives.accept-alignment',
  method: 'POST',
  path: '/v1/objectives/{id}/alignment/accept',
  params: one,
  body: decision,
  output: alignment,
})

export const declineAlignment = declare({
  name: 'objectives.decline-alignment',
  method: 'POST',
  path: '/v1/objectives/{id}/alignment/decline',
  params: one,
  body: decision,
  output: alignment,
})

export const endAlignment = declare({
  name: 'objectives.end-alignment',
  method: 'POST',
  path: '/v1/objectives/{id}/alignment/end',
  params: one,
  body: decision,
  output: alignment,
})

/** The offer only, also where it stands beside an accepted alignment. */
export const withdrawAlignment = declare({
  name: 'objectives.withdraw-alignment',
  method: 'POST',
  path: '/v1/objectives/{id}/alignment/withdraw',
  params: one,
  body: decision,
  output: alignment,
})

/** Every alignment from or to this Objective, also declined and ended ones. */
export const listAlignments = declare({
  name: 'objectives.alignments',
  method: 'GET',
  path: '/v1/objectives/{id}/alignments',
  params: one,
  query: z.strictObject({ ...paging, ...past }),
  output: page(alignment),
})

import * as z from 'zod'
import type { ContributionId, KeyResultId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { atLeastZero, figure, id, instant, page, paging, past, positive, reason } from './shape.ts'

const rollUp = z.enum(['sum', 'average', 'shown'])
const already = z.enum(['included', 'additional'])

/** Key Result → Key Result. An end that is private to others is null. */
export const contribution = z.strictObject({
  id: id<ContributionId>(),
  fromKeyResultId: id<KeyResultId>().nullable(),
  toKeyResultId: id<KeyResultId>().nullable(),
  rollUp,
  share: figure.nullable(),
  weight: figure,
  state: z.enum(['offered', 'accepted', 'declined', 'ended']),
  offeredBy: z.enum(['below', 'above']),
  offeredById: id<PersonId>().nullable(),
  onBehalf: z.boolean(),
  reason: z.string().nullable(),
  offeredAt: instant,
  decidedAt: instant.nullable(),
  endedAt: instant.nullable(),
})

/** A link that began or ended to count, and by how much the parent moved, in its unit. */
const moved = z.strictObject({ ...contribution.shape, parentMovesBy: figure.nullable() })

const one = z.strictObject({ id: id<KeyResultId>() })
const decision = z.strictObject({ reason, already }).partial()

export const contribute = declare({
  name: 'key-results.contribute',
  method: 'PUT',
  path: '/v1/key-results/{id}/contribution',
  params: one,
  body: z
    .strictObject({
      toKeyResultId: id<KeyResultId>(),
      rollUp,
      share: positive.nullable(),
      weight: atLeastZero,
      already,
      reason,
    })
    .partial()
    .required({ toKeyResultId: true, rollUp: true }),
  output: moved,
})

export const acceptContribution = declare({
  name: 'key-results.accept-contribution',
  method: 'POST',
  path: '/v1/key-results/{id}/contribution/accept',
  params: one,
  body: decision,
  output: moved,
})

export const declineContribution = declare({
  name: 'key-results.decline-contribution',
  method: 'POST',
  path: '/v1/key-results/{id}/contribution/decline',
  params: one,
  body: decision,
  output: moved,
})

export const endContribution = declare({
  name: 'key-results.end-contribution',
  method: 'POST',
  path: '/v1/key-results/{id}/contribution/end',
  params: one,
  body: decision,
  output: moved,
})

/** Every contribution from or to this Key Result, also declined and ended ones. */
export const listContributions = declare({
  name: 'key-results.contributions',
  method: 'GET',
  path: '/v1/key-results/{id}/contributions',
  params: one,
  query: z.strictObject({ ...paging, ...past }),
  output: page(contribution),
})

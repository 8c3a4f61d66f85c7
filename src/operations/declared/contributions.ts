import * as z from 'zod'
import type { ContributionId, KeyResultId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { atLeastZero, figure, id, instant, page, paging, past, positive, reason } from './shape.ts'

const rollUp = z.enum(['sum', 'average', 'shown'])
const answer = z.enum(['included', 'additional'])

/**
 * Whether the reports of the Key Result above contain the part of the one below: asked where a sum begins or ends to
 * count and reports stand. One word answers for both where one link takes the place of another; an object answers apart.
 */
export const already = z.union([answer, z.strictObject({ ending: answer, beginning: answer }).partial()])

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

/**
 * A link that began or ended to count, and by how much the Key Result above moved, in its unit; where another link gave
 * way to it, by how much the one above that moved. Null where there is none, or it is private to others.
 */
const moved = z.strictObject({
  ...contribution.shape,
  parentMovesBy: figure.nullable(),
  formerParentMovesBy: figure.nullable(),
})

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

/** The offer only, also where it stands beside an accepted contribution. */
export const withdrawContribution = declare({
  name: 'key-results.withdraw-contribution',
  method: 'POST',
  path: '/v1/key-results/{id}/contribution/withdraw',
  params: one,
  body: z.strictObject({ reason }).partial(),
  output: contribution,
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

import * as z from 'zod'
import type { AlsoSupportsId, ObjectiveId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { id, instant, page, paging, past, reason } from './shape.ts'

/** Objective → Objective, beside the alignment: it shows, and counts towards nothing. A private end is null. */
const alsoSupports = z.strictObject({
  id: id<AlsoSupportsId>(),
  fromObjectiveId: id<ObjectiveId>().nullable(),
  toObjectiveId: id<ObjectiveId>().nullable(),
  madeById: id<PersonId>().nullable(),
  madeAt: instant,
})

const both = z.strictObject({ id: id<ObjectiveId>(), objectiveId: id<ObjectiveId>() })
const direction = z.enum(['supports', 'supported-by'])

export const alsoSupport = declare({
  name: 'objectives.also-support',
  method: 'PUT',
  path: '/v1/objectives/{id}/also-supports/{objectiveId}',
  params: both,
  body: z.strictObject({ reason }).partial(),
  output: alsoSupports,
})

/** Answers what there was. What is private by now is named by the id of the link itself. */
export const endAlsoSupport = declare({
  name: 'objectives.end-also-support',
  method: 'DELETE',
  path: '/v1/objectives/{id}/also-supports/{objectiveId}',
  params: both,
  body: z.strictObject({ reason }).partial(),
  output: alsoSupports,
})

/** What this Objective also supports, and what also supports it. */
export const listAlsoSupports = declare({
  name: 'objectives.also-supports',
  method: 'GET',
  path: '/v1/objectives/{id}/also-supports',
  params: z.strictObject({ id: id<ObjectiveId>() }),
  query: z.strictObject({ ...paging, ...past, direction: direction.optional() }),
  output: page(z.strictObject({ ...alsoSupports.shape, direction })),
})

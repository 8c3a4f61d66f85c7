import * as z from 'zod'
import type { ChangeId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { CALLS_AT_MOST, id, instant, page, paging, reason } from './shape.ts'

/**
 * Several calls as one change: all of them or none. The shape of a repair. What an earlier call has made is named by its
 * number: `/v1/objectives/{0}/key-results` writes a Key Result of the Objective that the first call made.
 */
export const makeChange = declare({
  name: 'changes.make',
  method: 'POST',
  path: '/v1/changes',
  body: z.strictObject({
    calls: z
      .array(
        z.strictObject({
          method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
          path: z.string().max(500),
          headers: z.record(z.string(), z.string()).optional(),
          body: z.unknown().optional(),
        }),
      )
      .min(1)
      .max(CALLS_AT_MOST),
    reason: reason.optional(),
  }),
  output: z.strictObject({
    changeId: id<ChangeId>(),
    answers: z.array(z.strictObject({ status: z.number(), body: z.unknown() })),
  }),
  ifMatch: 'none',
  bodyLimit: 5 * 1024 * 1024,
})

export const undoChange = declare({
  name: 'changes.undo',
  method: 'POST',
  path: '/v1/changes/{id}/undo',
  params: z.strictObject({ id: id<ChangeId>() }),
  body: z.strictObject({ reason }).partial(),
  output: z.strictObject({ changeId: id<ChangeId>() }),
  ifMatch: 'none',
})

/** What happened, newest first, as far as the caller may see what it happened to. */
export const listActivity = declare({
  name: 'activity.list',
  method: 'GET',
  path: '/v1/activity',
  query: z.strictObject({ ...paging, objectiveId: id<string>().optional() }),
  output: page(
    z.strictObject({
      position: z.number(),
      changeId: z.string(),
      operation: z.string(),
      actorId: z.string(),
      actorKind: z.enum(['person', 'service']),
      noun: z.string(),
      nounId: z.string(),
      fields: z.array(z.string()),
      madeAt: instant,
    }),
  ),
})

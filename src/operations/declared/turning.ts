import * as z from 'zod'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { keyResult } from './key-results.ts'
import { fields } from './objectives.ts'
import { id, positive, reason } from './shape.ts'

/**
 * What was written as an Objective and measures another one: it becomes a draft of a Key Result with the same words,
 * under an Objective of one's own, and contributes to the Key Result that it copied. Its Key Results come along as
 * Initiatives. Roll-up and share are kept where they are lawful already; without a measure it is only shown.
 */
export const turnIntoKeyResult = declare({
  name: 'objectives.turn-into-key-result',
  method: 'POST',
  path: '/v1/objectives/{id}/turn-into-key-result',
  params: z.strictObject({ id: id<ObjectiveId>() }),
  body: z
    .strictObject({
      /** Under which Objective; or a new draft of one, aligned to that of the Key Result above. */
      underObjectiveId: id<ObjectiveId>(),
      newObjective: z.strictObject(fields).partial(),
      toKeyResultId: id<KeyResultId>(),
      rollUp: z.enum(['sum', 'average', 'shown']),
      share: positive.nullable(),
      reason,
    })
    .partial()
    .required({ toKeyResultId: true }),
  output: keyResult,
  status: 201,
})

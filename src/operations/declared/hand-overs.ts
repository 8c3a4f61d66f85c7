import * as z from 'zod'
import type { GroupId, KeyResultId, KpiId, ObjectiveId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { keyResult } from './key-results.ts'
import { objective } from './objectives.ts'
import { id, reason } from './shape.ts'

const to = { toId: id<PersonId>(), reason: reason.optional() }

/** Sets the owner, who is interim no longer. To oneself: one keeps what one has taken over. */
export const handOverKeyResult = declare({
  name: 'key-results.hand-over',
  method: 'POST',
  path: '/v1/key-results/{id}/hand-over',
  params: z.strictObject({ id: id<KeyResultId>() }),
  body: z.strictObject(to),
  output: keyResult,
})

export const handOverObjective = declare({
  name: 'objectives.hand-over',
  method: 'POST',
  path: '/v1/objectives/{id}/hand-over',
  params: z.strictObject({ id: id<ObjectiveId>() }),
  body: z.strictObject(to),
  output: objective,
})

/** Everything that somebody owns and leads; `onlyInterim`: only what they took over from somebody who left. */
export const handOverPerson = declare({
  name: 'people.hand-over',
  method: 'POST',
  path: '/v1/people/{id}/hand-over',
  params: z.strictObject({ id: id<PersonId>() }),
  body: z.strictObject({ ...to, onlyInterim: z.boolean().default(false) }),
  /** What changed hands, as far as the caller sees it. */
  output: z.strictObject({
    keyResultIds: z.array(id<KeyResultId>()),
    objectiveIds: z.array(id<ObjectiveId>()),
    groupIds: z.array(id<GroupId>()),
    kpiIds: z.array(id<KpiId>()),
  }),
})

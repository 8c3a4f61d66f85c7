import * as z from 'zod'
import type { CheckInId, CommentId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { id, instant, page, paging, text } from './shape.ts'

/** It stands on one thing: an Objective, a Key Result, or (with its Key Result) a check-in. */
export const comment = z.strictObject({
  id: id<CommentId>(),
  objectiveId: id<ObjectiveId>().nullable(),
  keyResultId: id<KeyResultId>().nullable(),
  checkInId: id<CheckInId>().nullable(),
  /** Null once it is deleted: its place in the thread stays. */
  text: z.string().nullable(),
  mentionIds: z.array(id<PersonId>()),
  inReplyToId: id<CommentId>().nullable(),
  authorId: z.string(),
  createdAt: instant,
  editedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  deletedById: z.string().nullable(),
  version: z.number(),
})

const fields = { text: text(5000), mentionIds: z.array(id<PersonId>()).max(50) }
const written = z
  .strictObject({ ...fields, inReplyToId: id<CommentId>() })
  .partial()
  .required({ text: true })
const one = z.strictObject({ id: id<CommentId>() })

export const commentOnObjective = declare({
  name: 'objectives.comment',
  method: 'POST',
  path: '/v1/objectives/{id}/comments',
  params: z.strictObject({ id: id<ObjectiveId>() }),
  body: written,
  output: comment,
  status: 201,
  ifMatch: 'none',
})

export const commentOnKeyResult = declare({
  name: 'key-results.comment',
  method: 'POST',
  path: '/v1/key-results/{id}/comments',
  params: z.strictObject({ id: id<KeyResultId>() }),
  body: written,
  output: comment,
  status: 201,
  ifMatch: 'none',
})

export const commentOnCheckIn = declare({
  name: 'check-ins.comment',
  method: 'POST',
  path: '/v1/check-ins/{id}/comments',
  params: z.strictObject({ id: id<CheckInId>() }),
  body: written,
  output: comment,
  status: 201,
  ifMatch: 'none',
})

/** A thread, in the order in which it was written; also what was deleted from it. */
export const listObjectiveComments = declare({
  name: 'objectives.comments',
  method: 'GET',
  path: '/v1/objectives/{id}/comments',
  params: z.strictObject({ id: id<ObjectiveId>() }),
  query: z.strictObject(paging),
  output: page(comment),
})

export const listKeyResultComments = declare({
  name: 'key-results.comments',
  method: 'GET',
  path: '/v1/key-results/{id}/comments',
  params: z.strictObject({ id: id<KeyResultId>() }),
  query: z.strictObject(paging),
  output: page(comment),
})

export const listCheckInComments = declare({
  name: 'check-ins.comments',
  method: 'GET',
  path: '/v1/check-ins/{id}/comments',
  params: z.strictObject({ id: id<CheckInId>() }),
  query: z.strictObject(paging),
  output: page(comment),
})

export const showComment = declare({
  name: 'comments.show',
  method: 'GET',
  path: '/v1/comments/{id}',
  params: one,
  output: comment,
})

export const editComment = declare({
  name: 'comments.edit',
  method: 'PATCH',
  path: '/v1/comments/{id}',
  params: one,
  body: z.strictObject(fields).partial(),
  output: comment,
})

export const deleteComment = declare({
  name: 'comments.delete',
  method: 'DELETE',
  path: '/v1/comments/{id}',
  params: one,
  output: comment,
})

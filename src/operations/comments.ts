import { actorId, personActing } from '#domain/actor.ts'
import type { CheckInId, CommentId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { breaks, invalid, notFound } from '#domain/problem.ts'
import { type Comment, findComment, listComments, type Place } from '#store/comments.ts'
import { findKeyResult } from '#store/key-results.ts'
import { seenAmong } from '#store/objectives.ts'
import { insert, update } from '#store/rows.ts'
import type { Relation } from './access.ts'
import * as declared from './declared/comments.ts'
import { type Context, reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { activePerson, theCheckIn, theKeyResult, theObjective } from './resolve.ts'

export const commentOnObjective = writing(declared.commentOnObjective, {
  subject: async (context, { params, body }) => written(context, await onObjective(context, params.id), body),
  run: (context, { body }, { place }) => write(context, place, body),
})

export const commentOnKeyResult = writing(declared.commentOnKeyResult, {
  subject: async (context, { params, body }) => written(context, await onKeyResult(context, params.id), body),
  run: (context, { body }, { place }) => write(context, place, body),
})

export const commentOnCheckIn = writing(declared.commentOnCheckIn, {
  subject: async (context, { params, body }) => written(context, await onCheckIn(context, params.id), body),
  run: (context, { body }, { place }) => write(context, place, body),
})

export const listObjectiveComments = reading(declared.listObjectiveComments, {
  subject: async (context, { params }) => ({ relations: [], place: await onObjective(context, params.id) }),
  run: (context, { query }, { place }) => thread(context, place, query),
})

export const listKeyResultComments = reading(declared.listKeyResultComments, {
  subject: async (context, { params }) => ({ relations: [], place: await onKeyResult(context, params.id) }),
  run: (context, { query }, { place }) => thread(context, place, query),
})

export const listCheckInComments = reading(declared.listCheckInComments, {
  subject: async (context, { params }) => ({ relations: [], place: await onCheckIn(context, params.id) }),
  run: (context, { query }, { place }) => thread(context, place, query),
})

export const showComment = reading(declared.showComment, {
  subject: (context, { params }) => existing(context, params.id),
  run: async (_, __, { comment }) => commentView(comment),
})

export const editComment = writing(declared.editComment, {
  subject: async (context, { params, body }) => {
    const subject = await existing(context, params.id)
    const { mentionIds } = subject.comment
    // Who was mentioned before stays so, also when they have left or do not see it any more.
    await assertSeenBy(context, subject.comment, body.mentionIds ?? [], mentionIds)
    return subject
  },
  run: async (context, { body }, { comment }) => {
    assertThere(comment)
    const { text = comment.text, mentionIds = comment.mentionIds } = body
    const said = { text, mentionIds: unique(mentionIds) }
    const edited = JSON.stringify(said) !== JSON.stringify({ text: comment.text, mentionIds: comment.mentionIds })
    return commentView(
      await update(context.tx, 'comments', comment, { ...said, ...(edited ? { editedAt: context.tx.now } : {}) }),
    )
  },
})

/** Its text goes, its place in the thread stays. */
export const deleteComment = writing(declared.deleteComment, {
  subject: (context, { params }) => existing(context, params.id),
  run: async (context, _, { comment }) => {
    assertThere(comment)
    const gone = { deletedAt: context.tx.now, deletedById: actorId(context.actor) }
    return commentView(await update(context.tx, 'comments', comment, { ...gone, text: null, mentionIds: [] }))
  },
})

async function onObjective(context: Context, id: ObjectiveId): Promise<Place> {
  return { objectiveId: (await theObjective(context, id)).id, keyResultId: null, checkInId: null }
}

async function onKeyResult(context: Context, id: KeyResultId): Promise<Place> {
  return { objectiveId: null, keyResultId: (await theKeyResult(context, id)).id, checkInId: null }
}

async function onCheckIn(context: Context, id: CheckInId): Promise<Place> {
  const { keyResultId } = await theCheckIn(context, id)
  return { objectiveId: null, keyResultId, checkInId: id }
}

type Written = { text: string; mentionIds?: PersonId[] | undefined; inReplyToId?: CommentId | null | undefined }

/** What a new comment names is there: those it mentions see the place, and what it answers stands in the same thread. */
async function written(context: Context, place: Place, { mentionIds = [], inReplyToId }: Written) {
  await assertSeenBy(context, place, mentionIds)
  const answered = inReplyToId ? await findComment(context.tx, context.actor, inReplyToId) : null
  if (answered === undefined || (answered && !isAt(place, answered)))
    invalid('/inReplyToId', 'comment.in-reply-to.other')
  return { relations: [], place }
}

function isAt(place: Place, comment: Place): boolean {
  return (['objectiveId', 'keyResultId', 'checkInId'] as const).every((part) => place[part] === comment[part])
}

async function write(context: WriteContext, place: Place, { text, mentionIds = [], inReplyToId = null }: Written) {
  const { tx, actor } = context
  const made = await insert(tx, 'comments', {
    ...place,
    text,
    mentionIds: unique(mentionIds),
    inReplyToId,
    id: context.newId<CommentId>(),
    authorId: actorId(actor),
    createdAt: tx.now,
    editedAt: null,
    deletedAt: null,
    deletedById: null,
  })
  return commentView(made)
}

/** Whoever is mentioned is told of it some day: only who sees the place can be. */
async function assertSeenBy(
  context: Context,
  place: Place,
  mentionIds: readonly PersonId[],
  known: readonly PersonId[] = [],
): Promise<void> {
  for (const [index, id] of mentionIds.entries()) {
    if (known.includes(id)) continue
    const pointer = `/mentionIds/${index}`
    const person = await activePerson(context, pointer, id)
    const they = personActing(context.tx.organizationId, person)
    const seen = place.keyResultId
      ? await findKeyResult(context.tx, they, place.keyResultId)
      : (await seenAmong(context.tx, they, [place.objectiveId as ObjectiveId])).size > 0
    if (!seen) invalid(pointer, 'comment.mention.sees-not', { name: person.name })
  }
}

async function thread(context: Context, place: Place, query: { cursor?: string | undefined; limit: number }) {
  return paged(await listComments(context.tx, place, asked(query)), query.limit, commentView, (row) => row.id)
}

async function existing(context: Context, id: CommentId) {
  const comment = (await findComment(context.tx, context.actor, id)) ?? notFound('comment', id)
  const relations: Relation[] = comment.authorId === actorId(context.actor) ? ['author'] : []
  return { relations, comment, version: comment.version, current: async () => commentView(comment) }
}

function assertThere({ deletedAt }: Comment): void {
  if (deletedAt !== null) breaks('life', 'deleted')
}

function commentView({ organizationId: _, ...comment }: Comment) {
  return comment
}

function unique<Id>(ids: readonly Id[]): Id[] {
  return [...new Set(ids)]
}

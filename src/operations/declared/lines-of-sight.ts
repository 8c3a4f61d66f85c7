import * as z from 'zod'
import type { GroupId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { figure, id } from './shape.ts'

const state = z.enum(['draft', 'published', 'postponed', 'closed', 'cancelled', 'discarded'])

/** One Objective on the way up. Where it is private to others, only that something is there. */
const stop = z.strictObject({
  private: z.boolean(),
  objectiveId: id<ObjectiveId>().nullable(),
  title: z.string().nullable(),
  why: z.string().nullable(),
  level: z.enum(['company', 'group', 'individual']).nullable(),
  state: state.nullable(),
  leadId: id<PersonId>().nullable(),
  groupId: id<GroupId>().nullable(),
  progress: figure.nullable(),
  /** The link that leads on from here; offered ones are not yet accepted. */
  next: z
    .strictObject({
      link: z.enum(['accepted', 'offered']),
      statement: z.string().nullable(),
      accountableId: id<PersonId>().nullable(),
    })
    .nullable(),
})

export const lineOfSight = z.strictObject({
  keyResult: z
    .strictObject({
      id: id<KeyResultId>(),
      title: z.string(),
      ownerId: id<PersonId>(),
      state,
      progress: figure.nullable(),
    })
    .nullable(),
  unbroken: z.boolean(),
  broken: z
    .strictObject({
      why: z.enum(['key-result-not-published', 'not-published', 'frozen', 'not-aligned', 'not-accepted']),
      objectiveId: id<ObjectiveId>().nullable(),
    })
    .nullable(),
  path: z.array(stop),
})

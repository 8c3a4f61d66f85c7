import * as z from 'zod'
import type { ExplorationId, GroupId, ObjectiveId } from '#domain/id.ts'
import { barrier, words } from './barriers.ts'
import { declare } from './declaration.ts'
import { fields, objective } from './objectives.ts'
import { id, instant, page, paging } from './shape.ts'

/** What stands between us and that Objective? Asked before a draft is written. */
export const exploration = z.strictObject({
  id: id<ExplorationId>(),
  /** The Objective that is explored. */
  objectiveId: id<ObjectiveId>(),
  groupId: id<GroupId>().nullable(),
  /** The Objective that was the wrong attempt. Null where there was none, or it is not for the caller to see. */
  attemptId: id<ObjectiveId>().nullable(),
  /** The Objective that came of it. Null while there is none, or where it is not for the caller to see. */
  draftId: id<ObjectiveId>().nullable(),
  authorId: z.string(),
  barriers: z.array(barrier),
  createdAt: instant,
  version: z.number(),
})

const one = z.strictObject({ id: id<ExplorationId>() })
const ofObjective = z.strictObject({ id: id<ObjectiveId>() })

/** Of an Objective: every time it was explored. */
export const listExplorations = declare({
  name: 'explorations.list',
  method: 'GET',
  path: '/v1/objectives/{id}/explorations',
  params: ofObjective,
  query: z.strictObject(paging),
  output: page(exploration),
})

export const showExploration = declare({
  name: 'explorations.show',
  method: 'GET',
  path: '/v1/explorations/{id}',
  params: one,
  output: exploration,
})

export const openExploration = declare({
  name: 'explorations.open',
  method: 'POST',
  path: '/v1/objectives/{id}/explorations',
  params: ofObjective,
  body: z.strictObject({
    barriers: z.array(words).max(100),
    groupId: id<GroupId>().nullable().optional(),
    attemptId: id<ObjectiveId>().nullable().optional(),
  }),
  output: exploration,
  status: 201,
  ifMatch: 'none',
})

/** An Objective of one's own, aligned to the one that was explored. Level, group, cycle and lead follow from the attempt. */
export const draftFromExploration = declare({
  name: 'explorations.draft',
  method: 'POST',
  path: '/v1/explorations/{id}/draft',
  params: one,
  body: z.strictObject(fields).partial(),
  output: objective,
  status: 201,
})

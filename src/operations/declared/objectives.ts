import * as z from 'zod'
import type { CycleId, ExplorationId, GroupId, KeyResultId, KpiId, ObjectiveId, PersonId } from '#domain/id.ts'
import { alignment } from './alignments.ts'
import { already } from './contributions.ts'
import { declare } from './declaration.ts'
import { closingAll, life, suggestion } from './life.ts'
import { externalRef, figure, id, instant, line, page, paging, past, prose, reason, repair, told } from './shape.ts'
import { status } from './statuses.ts'

const level = z.enum(['company', 'group', 'individual'])
const ambition = z.enum(['committed', 'aspirational'])
const visibility = z.enum(['everyone', 'named'])
const state = z.enum(['draft', 'published', 'postponed', 'closed', 'cancelled', 'discarded'])

export const objective = z.strictObject({
  id: id<ObjectiveId>(),
  /** Empty while a draft has no words yet. */
  title: z.string(),
  why: z.string().nullable(),
  level,
  groupId: id<GroupId>().nullable(),
  leadId: id<PersonId>(),
  /** They took it over from somebody who left, until it is handed over. */
  leadInterim: z.boolean(),
  authorId: id<PersonId>().nullable(),
  cycleId: id<CycleId>(),
  ambition,
  visibility,
  viewerIds: z.array(id<PersonId>()),
  state,
  conforms: z.boolean(),
  /** False: private, and nothing of it counts towards what others see. */
  counts: z.boolean(),
  publishedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  /** 0 to 1, at its close, with what whoever closed it said of it. */
  score: figure.nullable(),
  scoreNote: z.string().nullable(),
  publishedUnderId: id<KeyResultId>().nullable(),
  /** The KPI that it sets out to improve. */
  kpiId: id<KpiId>().nullable(),
  /** The exploration that it came out of. Null where what was explored is private to others. */
  explorationId: id<ExplorationId>().nullable(),
  externalRef: z.string().nullable(),
  /** The Objective it serves, by an accepted alignment. Null where that is private to others. */
  alignedToId: id<ObjectiveId>().nullable(),
  alignment: alignment.nullable(),
  alignmentOffer: alignment.nullable(),
  /** What it also supports, beside that: it counts towards nothing. Those that the caller sees. */
  alsoSupportsIds: z.array(id<ObjectiveId>()),
  /** Of its Key Results, 0 to 1; null while none of them counts. */
  progress: figure.nullable(),
  /** Expected of the same Key Results by the end of today. */
  pace: figure.nullable(),
  /** The mean of their owners' confidence, 0 to 10. */
  confidence: figure.nullable(),
  status,
  keyResultCount: z.number(),
  /** Objectives aligned to it, by an accepted link, as far as the caller sees them. */
  alignedCount: z.number(),
  createdAt: instant,
  version: z.number(),
})

/** What is said of an Objective when it is written. */
export const fields = {
  title: line(1000),
  why: prose(5000),
  level,
  groupId: id<GroupId>().nullable(),
  leadId: id<PersonId>(),
  cycleId: id<CycleId>(),
  ambition,
  visibility,
  viewerIds: z.array(id<PersonId>()).max(200),
  counts: z.boolean(),
  kpiId: id<KpiId>().nullable(),
  externalRef,
}

/** What whoever writes should know about what they have written, and what can be done about it. */
const notice = z.strictObject({ reason: told, repairs: z.array(repair) })
const written = z.strictObject({ ...objective.shape, notices: z.array(notice) })

const one = z.strictObject({ id: id<ObjectiveId>() })

export const listObjectives = declare({
  name: 'objectives.list',
  method: 'GET',
  path: '/v1/objectives',
  query: z.strictObject({
    ...paging,
    ...past,
    cycleId: id<CycleId>().optional(),
    groupId: id<GroupId>().optional(),
    leadId: id<PersonId>().optional(),
    /** Those that wait to be handed over by whoever took them over (`true`), or all others. */
    leadInterim: z.enum(['true', 'false']).optional(),
    level: level.optional(),
    state: state.optional(),
    /** Those aligned to this one. */
    alignedToId: id<ObjectiveId>().optional(),
    /** Those that set out to improve this KPI. */
    kpiId: id<KpiId>().optional(),
    /** Only those that are aligned to nothing (`false`) or to something (`true`). */
    aligned: z.enum(['true', 'false']).optional(),
    externalRef: z.string().max(200).optional(),
  }),
  output: page(objective),
})

export const showObjective = declare({
  name: 'objectives.show',
  method: 'GET',
  path: '/v1/objectives/{id}',
  params: one,
  query: z.strictObject(past),
  output: objective,
})

export const createObjective = declare({
  name: 'objectives.create',
  method: 'POST',
  path: '/v1/objectives',
  body: z
    .strictObject({ ...fields, alignedToId: id<ObjectiveId>().nullable() })
    .partial()
    .required({ cycleId: true }),
  output: written,
  status: 201,
})

export const editObjective = declare({
  name: 'objectives.edit',
  method: 'PATCH',
  path: '/v1/objectives/{id}',
  params: one,
  /** `already` where what is private begins or ends to count towards what others see. */
  body: z.strictObject({ ...fields, already, reason }).partial(),
  output: written,
})

export const publishObjective = declare(life('objectives', 'publish', objective))
export const closeObjective = declare({ ...life('objectives', 'close', objective), body: closingAll })

/** What it would score if it were closed now, and each of the Key Results that would be closed with it. */
export const suggestObjectiveScores = declare({
  name: 'objectives.suggested-scores',
  method: 'GET',
  path: '/v1/objectives/{id}/suggested-scores',
  params: one,
  output: z.strictObject({ score: figure.nullable(), withLate: figure.nullable(), keyResults: z.array(suggestion) }),
})

export const reopenObjective = declare(life('objectives', 'reopen', objective))
export const postponeObjective = declare(life('objectives', 'postpone', objective))
export const resumeObjective = declare(life('objectives', 'resume', objective))
export const cancelObjective = declare(life('objectives', 'cancel', objective))
export const discardObjective = declare(life('objectives', 'discard', objective))

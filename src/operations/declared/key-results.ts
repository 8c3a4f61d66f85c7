import * as z from 'zod'
import type { BarrierId, CheckInId, CycleId, KeyResultId, ObjectiveId, PersonId, ServiceId } from '#domain/id.ts'
import { cadence } from './cadences.ts'
import { already, contribution } from './contributions.ts'
import { declare } from './declaration.ts'
import { closing, life, suggestion } from './life.ts'
import { lineOfSight } from './lines-of-sight.ts'
import { measure, measureInput } from './measures.ts'
import { atLeastZero, day, externalRef, figure, id, instant, line, page, paging, past, reason } from './shape.ts'
import { sayable, status } from './statuses.ts'

const ambition = z.enum(['committed', 'aspirational'])
const state = z.enum(['draft', 'published', 'postponed', 'closed', 'cancelled', 'discarded'])

export const keyResult = z.strictObject({
  id: id<KeyResultId>(),
  objectiveId: id<ObjectiveId>(),
  /** Empty while a draft has no words yet. */
  title: z.string(),
  ownerId: id<PersonId>(),
  authorId: id<PersonId>().nullable(),
  /** They took it over from somebody who left, until it is handed over. */
  interim: z.boolean(),
  /** Who may report for the owner: a person, a service or one of each; to the end of a day, or until further notice. */
  delegate: z
    .strictObject({
      personId: id<PersonId>().nullable(),
      serviceId: id<ServiceId>().nullable(),
      until: z.string().nullable(),
    })
    .nullable(),
  contributorIds: z.array(id<PersonId>()),
  startsOn: z.string().nullable(),
  deadline: z.string().nullable(),
  weight: figure,
  kept: figure,
  ambition,
  measure: measure.nullable(),
  /** As they hold: of a baseline, once its first value was reported. Null where nothing increases or decreases. */
  start: figure.nullable(),
  target: figure.nullable(),
  state,
  conforms: z.boolean(),
  publishedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  /** 0 to 1, at its close, with what whoever closed it said of it. */
  score: figure.nullable(),
  scoreNote: z.string().nullable(),
  externalRef: z.string().nullable(),
  /** The barrier whose fall it shows. Null where what was explored is private to others. */
  barrierId: id<BarrierId>().nullable(),
  /** Where it stands. `own` is what the owner reported on top of what contributes to it. */
  own: figure.nullable(),
  current: figure.nullable(),
  progress: figure.nullable(),
  /** The progress that is expected by the end of today. */
  pace: figure.nullable(),
  status,
  confidence: z.number().nullable(),
  latestCheckInId: id<CheckInId>().nullable(),
  measuredOn: z.string().nullable(),
  /** Its own; null where its cycle's or the organization's holds. */
  cadence: cadence.nullable(),
  /** The day by which its owner reports next; null while it takes no reports. */
  dueOn: z.string().nullable(),
  contributesToId: id<KeyResultId>().nullable(),
  contribution: contribution.nullable(),
  contributionOffer: contribution.nullable(),
  /** How what contributes to it counts; null where nothing does. */
  rollsUpBy: z.enum(['sum', 'average']).nullable(),
  /** Who takes how much of its target; null unless it increases or decreases. */
  shares: z.strictObject({ need: figure, kept: figure, taken: figure, offered: figure, gap: figure }).nullable(),
  /** All that counts into it and is private to others, as one figure: what it adds, or where an average takes it to. */
  fromPrivate: z.strictObject({ adds: figure.nullable(), progress: figure.nullable() }).nullable(),
  createdAt: instant,
  version: z.number(),
})

const fields = {
  title: line(1000),
  ownerId: id<PersonId>(),
  contributorIds: z.array(id<PersonId>()).max(100),
  startsOn: day.nullable(),
  deadline: day.nullable(),
  weight: atLeastZero,
  kept: atLeastZero,
  ambition,
  measure: measureInput.nullable(),
  cadence: cadence.nullable(),
  externalRef,
  /** Of the exploration that its Objective came out of. */
  barrierId: id<BarrierId>().nullable(),
}

const one = z.strictObject({ id: id<KeyResultId>() })

export const listKeyResults = declare({
  name: 'key-results.list',
  method: 'GET',
  path: '/v1/key-results',
  query: z.strictObject({
    ...paging,
    ...past,
    objectiveId: id<ObjectiveId>().optional(),
    ownerId: id<PersonId>().optional(),
    /** What this person is named to report on. */
    delegateId: id<PersonId>().optional(),
    /** Those that wait to be handed over by whoever took them over (`true`), or all others. */
    interim: z.enum(['true', 'false']).optional(),
    cycleId: id<CycleId>().optional(),
    contributesToId: id<KeyResultId>().optional(),
    state: state.optional(),
    externalRef: z.string().max(200).optional(),
  }),
  output: page(keyResult),
})

export const showKeyResult = declare({
  name: 'key-results.show',
  method: 'GET',
  path: '/v1/key-results/{id}',
  params: one,
  query: z.strictObject(past),
  output: keyResult,
})

export const createKeyResult = declare({
  name: 'key-results.create',
  method: 'POST',
  path: '/v1/objectives/{id}/key-results',
  params: z.strictObject({ id: id<ObjectiveId>() }),
  body: z.strictObject(fields).partial(),
  output: keyResult,
  status: 201,
  ifMatch: 'none',
})

export const editKeyResult = declare({
  name: 'key-results.edit',
  method: 'PATCH',
  path: '/v1/key-results/{id}',
  params: one,
  /** `already` where it comes to count by that: it had been imported, and did not conform. */
  body: z.strictObject({ ...fields, already, reason }).partial(),
  output: keyResult,
})

/** Creates it where nothing bears this reference yet, else edits what does. */
export const putKeyResultByRef = declare({
  name: 'key-results.by-ref',
  method: 'PUT',
  path: '/v1/key-results/by-ref/{ref}',
  params: z.strictObject({ ref: line(200) }),
  body: z
    .strictObject({ ...fields, objectiveId: id<ObjectiveId>(), already, reason })
    .omit({ externalRef: true })
    .partial(),
  output: keyResult,
  ifMatch: 'optional',
})

export const showKeyResultLineOfSight = declare({
  name: 'key-results.line-of-sight',
  method: 'GET',
  path: '/v1/key-results/{id}/line-of-sight',
  params: one,
  query: z.strictObject(past),
  output: lineOfSight,
})

/** Says another status than the numbers do, and why. */
export const overrideStatus = declare({
  name: 'key-results.override-status',
  method: 'PUT',
  path: '/v1/key-results/{id}/status-override',
  params: one,
  body: z.strictObject({ status: sayable, reason }),
  output: keyResult,
})

/** Lets the numbers speak again. */
export const liftStatusOverride = declare({
  name: 'key-results.lift-status-override',
  method: 'DELETE',
  path: '/v1/key-results/{id}/status-override',
  params: one,
  output: keyResult,
})

export const publishKeyResult = declare(life('key-results', 'publish', keyResult))
export const closeKeyResult = declare({ ...life('key-results', 'close', keyResult), body: closing })

export const suggestKeyResultScore = declare({
  name: 'key-results.suggested-score',
  method: 'GET',
  path: '/v1/key-results/{id}/suggested-score',
  params: one,
  output: suggestion,
})

export const reopenKeyResult = declare(life('key-results', 'reopen', keyResult))
export const postponeKeyResult = declare(life('key-results', 'postpone', keyResult))
export const resumeKeyResult = declare(life('key-results', 'resume', keyResult))
export const cancelKeyResult = declare(life('key-results', 'cancel', keyResult))
export const discardKeyResult = declare(life('key-results', 'discard', keyResult))

import * as z from 'zod'
import type { InitiativeId, KeyResultId, PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { day, externalRef, id, instant, line, page, paging, prose, reason, webAddress } from './shape.ts'

const state = z.enum(['planned', 'started', 'finished', 'dropped'])

/** Work that is done to move a Key Result. It counts into no progress. */
export const initiative = z.strictObject({
  id: id<InitiativeId>(),
  keyResultId: id<KeyResultId>(),
  title: z.string(),
  note: z.string().nullable(),
  leadId: id<PersonId>(),
  authorId: z.string().nullable(),
  dueOn: z.string().nullable(),
  links: z.array(z.strictObject({ url: z.string(), title: z.string().nullable() })),
  state,
  externalRef: z.string().nullable(),
  createdAt: instant,
  version: z.number(),
})

const fields = {
  title: line(1000),
  note: prose(5000),
  /** Who does it; whoever writes it down, unless somebody else is named. */
  leadId: id<PersonId>(),
  dueOn: day.nullable(),
  /** The tools in which the work itself is kept. */
  links: z.array(z.strictObject({ url: webAddress, title: line(200).nullable().default(null) })).max(20),
  externalRef,
}

const one = z.strictObject({ id: id<InitiativeId>() })
const ofKeyResult = z.strictObject({ id: id<KeyResultId>() })

export const listInitiatives = declare({
  name: 'initiatives.list',
  method: 'GET',
  path: '/v1/key-results/{id}/initiatives',
  params: ofKeyResult,
  query: z.strictObject({ ...paging, state: state.optional() }),
  output: page(initiative),
})

export const showInitiative = declare({
  name: 'initiatives.show',
  method: 'GET',
  path: '/v1/initiatives/{id}',
  params: one,
  output: initiative,
})

export const createInitiative = declare({
  name: 'initiatives.create',
  method: 'POST',
  path: '/v1/key-results/{id}/initiatives',
  params: ofKeyResult,
  body: z.strictObject(fields).partial().required({ title: true }),
  output: initiative,
  status: 201,
  ifMatch: 'none',
})

/** `keyResultId` moves it to another Key Result, to which the caller may add. */
export const editInitiative = declare({
  name: 'initiatives.edit',
  method: 'PATCH',
  path: '/v1/initiatives/{id}',
  params: one,
  body: z.strictObject({ ...fields, keyResultId: id<KeyResultId>(), reason }).partial(),
  output: initiative,
})

export const startInitiative = declare(step('start'))
export const finishInitiative = declare(step('finish'))
export const dropInitiative = declare(step('drop'))
export const reopenInitiative = declare(step('reopen'))

function step<Verb extends string>(verb: Verb) {
  return {
    name: `initiatives.${verb}` as const,
    method: 'POST' as const,
    path: `/v1/initiatives/{id}/${verb}`,
    params: one,
    body: z.strictObject({ reason }).partial(),
    output: initiative,
  }
}

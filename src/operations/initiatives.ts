import { actorId } from '#domain/actor.ts'
import type { InitiativeId, KeyResultId, PersonId } from '#domain/id.ts'
import { type InitiativeVerb, initiativeAfter } from '#domain/initiative.ts'
import { isOpen } from '#domain/objective.ts'
import { breaks, notFound, refuse } from '#domain/problem.ts'
import { findInitiative, type Initiative, listInitiatives as initiativesOf } from '#store/initiatives.ts'
import type { KeyResult } from '#store/key-results.ts'
import { find, insert, update } from '#store/rows.ts'
import { may, type Relation } from './access.ts'
import * as declared from './declared/initiatives.ts'
import { theHolder } from './handing-over.ts'
import { type Context, type Implementation, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { relationsToKeyResult } from './relations.ts'
import { isActive, theKeyResult, theObjective } from './resolve.ts'

export const listInitiatives = reading(declared.listInitiatives, {
  subject: async (context, { params }) => ({ relations: [], keyResult: await theKeyResult(context, params.id) }),
  run: async ({ tx, actor }, { query }, { keyResult }) => {
    const rows = await initiativesOf(tx, actor, { keyResultId: keyResult.id, state: query.state }, asked(query))
    return paged(rows, query.limit, initiativeView, (row) => row.id)
  },
})

export const showInitiative = reading(declared.showInitiative, {
  subject: async (context, { params }) => ({ relations: [], initiative: await theInitiative(context, params.id) }),
  run: async (_, __, { initiative }) => initiativeView(initiative),
})

export const createInitiative = writing(declared.createInitiative, {
  subject: async (context, { params, body }) => {
    if (body.leadId) await theHolder(context, '/leadId', body.leadId)
    return await home(context, params.id)
  },
  run: async ({ tx, actor, newId }, { body }, { keyResult }) => {
    if (!isOpen(keyResult)) breaks('life', 'frozen', { state: keyResult.state })
    const row = await insert(tx, 'initiatives', {
      note: null,
      dueOn: null,
      externalRef: null,
      ...body,
      id: newId<InitiativeId>(),
      keyResultId: keyResult.id,
      leadId: body.leadId ?? actor.personId ?? keyResult.ownerId,
      authorId: actorId(actor),
      createdAt: tx.now,
    })
    return initiativeView(row)
  },
})

export const editInitiative = writing(declared.editInitiative, {
  subject: async (context, { params, body }) => {
    const subject = await existing(context, params.id)
    if (body.leadId) await theHolder(context, '/leadId', body.leadId)
    const moves = body.keyResultId !== undefined && body.keyResultId !== subject.initiative.keyResultId
    return { ...subject, to: moves ? await home(context, body.keyResultId as KeyResultId) : null }
  },
  run: async (context, { body: { reason, ...patch } }, { initiative, to }) => {
    context.reason = reason ?? null
    if (to && may('initiatives.create', context.actor, to.relations) === 'no')
      refuse({ kind: 'forbidden', rule: 'forbidden' })
    if (to && !isOpen(to.keyResult)) breaks('life', 'frozen', { state: to.keyResult.state })
    return initiativeView(await update(context.tx, 'initiatives', initiative, patch))
  },
})

export const startInitiative = step('start', declared.startInitiative)
export const finishInitiative = step('finish', declared.finishInitiative)
export const dropInitiative = step('drop', declared.dropInitiative)
export const reopenInitiative = step('reopen', declared.reopenInitiative)

function step(
  verb: InitiativeVerb,
  declaration: Omit<typeof declared.startInitiative, 'name'> & { name: string },
): Implementation {
  return writing(declaration, {
    subject: (context: Context, { params }) => existing(context, params.id),
    run: async (context, { body }, { initiative, keyResult }) => {
      context.reason = body.reason ?? null
      const state = initiativeAfter(verb, initiative.state)
      const lead = verb === 'reopen' ? { leadId: await leadStillHere(context, initiative, keyResult) } : {}
      return initiativeView(await update(context.tx, 'initiatives', initiative, { state, ...lead }))
    },
  })
}

async function theInitiative({ tx, actor }: Context, id: InitiativeId): Promise<Initiative> {
  return (await findInitiative(tx, actor, id)) ?? notFound('initiative', id)
}

async function existing(context: Context, id: InitiativeId) {
  const initiative = await theInitiative(context, id)
  const { relations, keyResult } = await home(context, initiative.keyResultId)
  const current = async () => initiativeView(initiative)
  const own: Relation[] = initiative.leadId === actorId(context.actor) ? ['lead'] : []
  return { relations: [...own, ...relations], initiative, keyResult, version: initiative.version, current }
}

/** Whoever did it may have left since: then it is the owner's to go on with. */
async function leadStillHere(
  { tx, today }: Context,
  { leadId }: Initiative,
  { ownerId }: KeyResult,
): Promise<PersonId> {
  const lead = await find(tx, 'people', leadId)
  return lead && isActive(lead, today) ? leadId : ownerId
}

/** The Key Result that work is done for, and how the caller stands to it. */
async function home(context: Context, id: KeyResultId) {
  const keyResult = await theKeyResult(context, id)
  const relations = await relationsToKeyResult(context, keyResult, await theObjective(context, keyResult.objectiveId))
  const helps = keyResult.contributorIds.some((person) => person === context.actor.personId)
  return { relations: helps ? [...relations, 'contributor' as const] : relations, keyResult }
}

function initiativeView({ organizationId: _, ...initiative }: Initiative) {
  return initiative
}

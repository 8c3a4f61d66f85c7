import { actorId, personActing } from '#domain/actor.ts'
import { type Delegation, NO_DELEGATE, reportsFor } from '#domain/delegate.ts'
import type { KeyResultId } from '#domain/id.ts'
import { invalid } from '#domain/problem.ts'
import { findKeyResult, type KeyResult, type KeyResultWithFigures } from '#store/key-results.ts'
import { isKeptFrom } from '#store/objectives.ts'
import { find, update } from '#store/rows.ts'
import * as declared from './declared/delegates.ts'
import { theHolder } from './handing-over.ts'
import { keyResultView } from './key-result-view.ts'
import { type Context, type Input, type WriteContext, writing } from './operation.ts'
import { relationsToKeyResult } from './relations.ts'
import { named, theKeyResult, theObjective } from './resolve.ts'

type Named = Input<typeof declared.nameDelegate>['body']

export const nameDelegate = writing(declared.nameDelegate, {
  subject: async (context, { params, body }) => {
    const subject = await theSubject(context, params.id)
    await assertMayReport(context, subject.keyResult, body)
    return subject
  },
  run: (context, { body }, { keyResult }) =>
    write(context, keyResult.id, {
      delegateId: body.personId ?? null,
      delegateServiceId: body.serviceId ?? null,
      delegateUntil: body.until ?? null,
    }),
})

export const endDelegation = writing(declared.endDelegation, {
  subject: (context, { params }) => theSubject(context, params.id),
  run: (context, _, { keyResult }) => write(context, keyResult.id, NO_DELEGATE),
})

async function theSubject(context: Context, id: KeyResultId) {
  const keyResult = await theKeyResult(context, id)
  const objective = await theObjective(context, keyResult.objectiveId)
  const relations = await relationsToKeyResult(context, keyResult, objective)
  if (reportsFor(actorId(context.actor), keyResult, null, context.today)) relations.push('delegate')
  return { relations, keyResult, version: keyResult.version, current: () => keyResultView(context, keyResult) }
}

/** Whoever is named is here, may write, sees what they report on, and is not the owner. */
async function assertMayReport(context: Context, keyResult: KeyResult, { personId, serviceId, until }: Named) {
  const { tx, today } = context
  if (!personId && !serviceId) invalid('/personId', 'field.missing')
  if (until && until < today) invalid('/until', 'field.past')
  if (personId === keyResult.ownerId) invalid('/personId', 'delegate.themselves')
  if (personId) {
    const person = await theHolder(context, '/personId', personId)
    if (await isKeptFrom(tx, personActing(tx.organizationId, person), keyResult.objectiveId))
      invalid('/personId', 'field.does-not-see', { name: person.name })
  }
  if (serviceId) {
    const service = await named('/serviceId', find(tx, 'services', serviceId))
    if (service.role === 'guest') invalid('/serviceId', 'field.guest', { name: service.name })
    if (
      await isKeptFrom(
        tx,
        { ...context.actor, kind: 'service', serviceId, personId: null, role: service.role },
        keyResult.objectiveId,
      )
    )
      invalid('/serviceId', 'field.does-not-see', { name: service.name })
  }
}

async function write(context: WriteContext, id: KeyResultId, delegation: Delegation) {
  const row = await find(context.tx, 'keyResults', id)
  if (row) await update(context.tx, 'keyResults', row, delegation)
  return keyResultView(context, (await findKeyResult(context.tx, null, id)) as KeyResultWithFigures)
}

import { breaks } from '#domain/problem.ts'
import type { KeyResultWithFigures, StatusOverride } from '#store/key-results.ts'
import { find, update } from '#store/rows.ts'
import * as declared from './declared/key-results.ts'
import { keyResultView } from './key-result-view.ts'
import { shownKeyResult } from './key-results.ts'
import { type Context, type WriteContext, writing } from './operation.ts'
import { relationsToKeyResult } from './relations.ts'
import { theKeyResult, theObjective } from './resolve.ts'

export const overrideStatus = writing(declared.overrideStatus, {
  subject: (context, { params }) => subjectOf(context, params.id),
  run: (context, { body }, { keyResult }) => {
    context.reason = body.reason
    if (keyResult.state !== 'published') breaks('life', 'no-status-to-override', { state: keyResult.state })
    return said(context, keyResult, {
      statusOverride: body.status,
      statusOverrideReason: body.reason,
      statusOverrideById: context.actor.personId,
      statusOverrideAt: context.tx.now,
    })
  },
})

export const liftStatusOverride = writing(declared.liftStatusOverride, {
  subject: (context, { params }) => subjectOf(context, params.id),
  run: (context, _, { keyResult }) =>
    said(context, keyResult, {
      statusOverride: null,
      statusOverrideReason: null,
      statusOverrideById: null,
      statusOverrideAt: null,
    }),
})

async function subjectOf(context: Context, id: KeyResultWithFigures['id']) {
  const keyResult = await theKeyResult(context, id)
  const objective = await theObjective(context, keyResult.objectiveId)
  const relations = await relationsToKeyResult(context, keyResult, objective)
  return { relations, keyResult, version: keyResult.version, current: () => keyResultView(context, keyResult) }
}

async function said(context: WriteContext, { id }: KeyResultWithFigures, override: StatusOverride) {
  const row = await find(context.tx, 'keyResults', id)
  if (row) await update(context.tx, 'keyResults', row, override)
  return shownKeyResult(context, id)
}

import { after, isFrozen, type LifeVerb } from '#domain/life.ts'
import { breaks } from '#domain/problem.ts'
import { noteFrozen } from '#store/frozen.ts'
import type { KeyResultWithFigures } from '#store/key-results.ts'
import { contributionsFrom } from '#store/links.ts'
import { find, update } from '#store/rows.ts'
import { close } from './contributing.ts'
import * as declared from './declared/key-results.ts'
import { keyResultView } from './key-result-view.ts'
import { shownKeyResult } from './key-results.ts'
import { type Context, type Implementation, type WriteContext, writing } from './operation.ts'
import { relationsToKeyResult } from './relations.ts'
import { theCycle, theKeyResult, theObjective } from './resolve.ts'
import { settleNow } from './settling.ts'
import { assertPublishedStands } from './standing.ts'
import { refuseWalls, wallsOf } from './walls.ts'

export const publishKeyResult = life('publish', declared.publishKeyResult)
export const closeKeyResult = life('close', declared.closeKeyResult)
export const reopenKeyResult = life('reopen', declared.reopenKeyResult)
export const postponeKeyResult = life('postpone', declared.postponeKeyResult)
export const resumeKeyResult = life('resume', declared.resumeKeyResult)
export const cancelKeyResult = life('cancel', declared.cancelKeyResult)
export const discardKeyResult = life('discard', declared.discardKeyResult)

function life(
  verb: LifeVerb,
  declaration: Omit<typeof declared.publishKeyResult, 'name'> & { name: string },
): Implementation {
  return writing(declaration, {
    subject: async (context: Context, { params }) => {
      const keyResult = await theKeyResult(context, params.id as KeyResultWithFigures['id'])
      const objective = await theObjective(context, keyResult.objectiveId)
      const relations = await relationsToKeyResult(context, keyResult, objective)
      return {
        relations,
        keyResult,
        objective,
        version: keyResult.version,
        current: () => keyResultView(context, keyResult),
      }
    },
    run: async (context: WriteContext, { body }, { keyResult, objective }) => {
      context.reason = body.reason ?? null
      const state = after(verb, keyResult.state)
      const row = (await find(context.tx, 'keyResults', keyResult.id)) ?? keyResult
      if (state === 'published' && objective.state !== 'published')
        breaks('life', 'objective-not-published', { state: objective.state })
      if (verb === 'publish') refuseWalls(await wallsOf(context, row, await theCycle(context, objective.cycleId)))
      if (isFrozen(row.state) && !isFrozen(state)) await noteFrozen(context.tx, [row.id], [])
      await update(context.tx, 'keyResults', row, { state })
      if (verb === 'publish') await assertPublishedStands(context, objective.id, [row.id])
      if (verb === 'discard')
        for (const link of await contributionsFrom(context.tx, [keyResult.id])) await close(context, link)
      context.moves([keyResult.id])
      await settleNow(context)
      return shownKeyResult(context, keyResult.id)
    },
  })
}

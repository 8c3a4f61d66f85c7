import type * as z from 'zod'
import { after, isFrozen, type LifeVerb } from '#domain/life.ts'
import { breaks } from '#domain/problem.ts'
import { noteFrozen } from '#store/frozen.ts'
import { type KeyResult, type KeyResultWithFigures, keyResultsIn } from '#store/key-results.ts'
import { contributionsFrom } from '#store/links.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find, update } from '#store/rows.ts'
import { close } from './contributing.ts'
import * as declared from './declared/key-results.ts'
import type { closing } from './declared/life.ts'
import { keyResultView } from './key-result-view.ts'
import { shownKeyResult } from './key-results.ts'
import { type Context, type Implementation, reading, type WriteContext, writing } from './operation.ts'
import { relationsToKeyResult } from './relations.ts'
import { theCycle, theKeyResult, theObjective } from './resolve.ts'
import { goneBy, scored, suggestionsFor } from './scoring.ts'
import { settleNow } from './settling.ts'
import { assertPublishedStands } from './standing.ts'
import { isLenient, refuseWalls, untitled, wallsAgainstKeyResult } from './walls.ts'

export const publishKeyResult = life('publish', declared.publishKeyResult)
export const closeKeyResult = life('close', declared.closeKeyResult)
export const reopenKeyResult = life('reopen', declared.reopenKeyResult)
export const postponeKeyResult = life('postpone', declared.postponeKeyResult)
export const resumeKeyResult = life('resume', declared.resumeKeyResult)
export const cancelKeyResult = life('cancel', declared.cancelKeyResult)
export const discardKeyResult = life('discard', declared.discardKeyResult)

export const suggestKeyResultScore = reading(declared.suggestKeyResultScore, {
  subject: async (context, { params }) => {
    const keyResult = await theKeyResult(context, params.id)
    return { relations: [], keyResult, objective: await theObjective(context, keyResult.objectiveId) }
  },
  run: async (context, _, { keyResult, objective }) => {
    const [suggestion] = await suggestionsFor(context, [keyResult], await theCycle(context, objective.cycleId))
    return suggestion as NonNullable<typeof suggestion>
  },
})

type Body = z.output<typeof closing>

function life(
  verb: LifeVerb,
  declaration: Omit<typeof declared.publishKeyResult, 'name' | 'body'> & { name: string; body: z.ZodType<Body> },
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
      const published = verb === 'publish' ? await publication(context, objective, row) : {}
      if (isFrozen(row.state) && !isFrozen(state)) await noteFrozen(context.tx, [row.id], [])
      const score = verb === 'close' ? await scoreOf(context, row, objective, body) : {}
      await update(context.tx, 'keyResults', row, { state, ...dated(verb, context.today), ...published, ...score })
      if (verb === 'publish') await assertPublishedStands(context, objective.id, [row.id])
      if (verb === 'discard')
        for (const link of await contributionsFrom(context.tx, [keyResult.id])) await close(context, link)
      context.moves([keyResult.id])
      await settleNow(context)
      return shownKeyResult(context, keyResult.id)
    },
  })
}

async function scoreOf(context: Context, keyResult: KeyResult, objective: ObjectiveWithFigures, body: Body) {
  const [suggestion] = await suggestionsFor(context, [keyResult], await theCycle(context, objective.cycleId))
  return scored(body, suggestion ? goneBy(suggestion, body.countLate) : null)
}

/** The days that a change of state leaves behind. */
export function dated(
  verb: LifeVerb,
  today: string,
): Partial<Pick<KeyResult, 'publishedOn' | 'closedOn' | 'score' | 'scoreNote'>> {
  if (verb === 'publish') return { publishedOn: today }
  if (verb === 'close') return { closedOn: today }
  return verb === 'reopen' ? { closedOn: null, score: null, scoreNote: null } : {}
}

/** What a publication writes; refused where a wall stands against it, or where it would be one too many. */
async function publication(context: WriteContext, objective: ObjectiveWithFigures, row: KeyResult) {
  const beside = await keyResultsIn(context.tx, objective.id, ['published', 'closed', 'postponed'])
  const wordless = untitled([{ about: { noun: 'key-result', id: row.id }, title: row.title }])
  refuseWalls([...wordless, ...(await wallsAgainstKeyResult(context, objective, row, beside))])
  const cycle = await theCycle(context, objective.cycleId)
  return { lenient: isLenient(row, cycle) }
}

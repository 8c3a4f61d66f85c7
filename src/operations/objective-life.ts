import type * as z from 'zod'
import { after, isFrozen, type LifeVerb, takenAlong } from '#domain/life.ts'
import { invalid } from '#domain/problem.ts'
import { alsoSupportsFrom } from '#store/also-supports.ts'
import { noteFrozen } from '#store/frozen.ts'
import { type KeyResult, keyResultsIn } from '#store/key-results.ts'
import { alignmentsOf, contributionsFrom } from '#store/links.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find, remove, touch, update } from '#store/rows.ts'
import { end } from './aligning.ts'
import { close } from './contributing.ts'
import type { closingAll } from './declared/life.ts'
import * as declared from './declared/objectives.ts'
import { dated } from './key-result-life.ts'
import { objectiveView } from './objective-view.ts'
import { shown } from './objectives.ts'
import { type Context, type Implementation, reading, type WriteContext, writing } from './operation.ts'
import { relationsToObjective } from './relations.ts'
import { theCycle, theObjective } from './resolve.ts'
import { goneBy, objectiveScore, scored, suggestionsFor } from './scoring.ts'
import { assertNothingServes, assertPublishedStands } from './standing.ts'
import { isLenient, refuseWalls, untitled, wallsAgainstPublishing } from './walls.ts'

export const publishObjective = life('publish', declared.publishObjective)
export const closeObjective = life('close', declared.closeObjective)
export const reopenObjective = life('reopen', declared.reopenObjective)
export const postponeObjective = life('postpone', declared.postponeObjective)
export const resumeObjective = life('resume', declared.resumeObjective)
export const cancelObjective = life('cancel', declared.cancelObjective)
export const discardObjective = life('discard', declared.discardObjective)

/** What it would score, with the Key Results that would be closed with it. */
export const suggestObjectiveScores = reading(declared.suggestObjectiveScores, {
  subject: async (context, { params }) => ({ relations: [], objective: await theObjective(context, params.id) }),
  run: async (context, _, { objective }) => {
    const open = await keyResultsIn(context.tx, objective.id, takenAlong('close', objective.state))
    const keyResults = await suggestionsFor(context, open, await theCycle(context, objective.cycleId))
    const closed = await keyResultsIn(context.tx, objective.id, ['closed'])
    const by = (which: 'score' | 'withLate') =>
      objectiveScore(context, [
        ...closed,
        ...open.map((one, index) => ({ ...one, score: keyResults[index]?.[which] ?? null })),
      ])
    return { score: await by('score'), withLate: await by('withLate'), keyResults }
  },
})

type Body = z.output<typeof closingAll>

/** What is done to an Objective is done to its open Key Results, in the same change. */
function life(
  verb: LifeVerb,
  declaration: Omit<typeof declared.publishObjective, 'name' | 'body'> & { name: string; body: z.ZodType<Body> },
): Implementation {
  return writing(declaration, {
    subject: async (context: Context, { params }) => {
      const objective = await theObjective(context, params.id as ObjectiveWithFigures['id'])
      const relations = await relationsToObjective(context, objective)
      return { relations, objective, version: objective.version, current: () => objectiveView(context, objective) }
    },
    run: async (context: WriteContext, { body }, { objective }) => {
      context.reason = body.reason ?? null
      const state = after(verb, objective.state)
      const keyResults = await keyResultsIn(context.tx, objective.id, takenAlong(verb, objective.state))
      if (verb === 'publish') await assertPublishable(context, objective, keyResults)
      if (verb === 'discard') await assertNothingServes(context, objective.id)
      if (isFrozen(objective.state) && !isFrozen(state))
        await noteFrozen(context.tx, keyResults.map(idOf), [objective.id])
      const score = verb === 'close' ? await closed(context, objective, keyResults, body) : {}
      const days = dated(verb, context.today)
      const cycle = await theCycle(context, objective.cycleId)
      const leniently = (one: KeyResult) => (verb === 'publish' ? { lenient: isLenient(one, cycle) } : {})
      if (verb !== 'close')
        for (const one of keyResults) await update(context.tx, 'keyResults', one, { state, ...days, ...leniently(one) })
      const row = await find(context.tx, 'objectives', objective.id)
      if (row) await update(context.tx, 'objectives', row, { state, ...days, ...score })
      if (verb === 'discard') await endLinks(context, objective, keyResults)
      if (verb === 'publish') await assertPublishedStands(context, objective.id, keyResults.map(idOf))
      context.moves(keyResults.map(idOf), [objective.id])
      return shown(context, objective.id)
    },
  })
}

/** Closes the Key Results with their scores; what the Objective scores follows from all of them. */
async function closed(
  context: WriteContext,
  objective: ObjectiveWithFigures,
  keyResults: readonly KeyResult[],
  { countLate, keyResults: verdicts = [], score, note }: Body,
) {
  const unknown = verdicts.findIndex(({ id }) => !keyResults.some((one) => one.id === id))
  if (unknown >= 0) invalid(`/keyResults/${unknown}/id`, 'field.names-nothing')
  const suggestions = await suggestionsFor(context, keyResults, await theCycle(context, objective.cycleId))
  for (const [index, keyResult] of keyResults.entries()) {
    const suggested = goneBy(suggestions[index] as (typeof suggestions)[number], countLate)
    const verdict = verdicts.find(({ id }) => id === keyResult.id) ?? {}
    const own = scored(verdict, suggested, `/keyResults/${verdicts.indexOf(verdict as never)}`)
    await update(context.tx, 'keyResults', keyResult, { state: 'closed', ...dated('close', context.today), ...own })
  }
  const all = await keyResultsIn(context.tx, objective.id, ['closed'])
  return scored({ score, note }, await objectiveScore(context, all))
}

function idOf(keyResult: KeyResult): KeyResult['id'] {
  return keyResult.id
}

/** Every wall of it and of every draft Key Result, at once: one reads them together and mends them together. */
async function assertPublishable(
  context: WriteContext,
  objective: ObjectiveWithFigures,
  keyResults: readonly KeyResult[],
): Promise<void> {
  const things = [
    { about: { noun: 'objective' as const, id: objective.id }, title: objective.title },
    ...keyResults.map(({ id, title }) => ({ about: { noun: 'key-result' as const, id }, title })),
  ]
  const walls = [...untitled(things), ...(await wallsAgainstPublishing(context, objective, keyResults))]
  refuseWalls(walls, ({ about, pointer }) =>
    about.noun === 'key-result' ? `/keyResults/${about.id}${pointer}` : pointer,
  )
}

/** A draft that is thrown away offers nothing any more, and is offered nothing. What serves it is named first. */
export async function endLinks(
  context: WriteContext,
  objective: ObjectiveWithFigures,
  keyResults: readonly KeyResult[],
): Promise<void> {
  for (const link of await alignmentsOf(context.tx, objective.id)) {
    await end(context, link)
    const other = link.fromId === objective.id ? undefined : await find(context.tx, 'objectives', link.fromId)
    if (other) await touch(context.tx, 'objectives', other)
  }
  for (const link of await alsoSupportsFrom(context.tx, [objective.id])) await remove(context.tx, 'alsoSupports', link)
  for (const link of await contributionsFrom(
    context.tx,
    keyResults.map((keyResult) => keyResult.id),
  ))
    await close(context, link)
}

import { whyNotRollUp } from '#domain/contribution.ts'
import type { Decimal } from '#domain/decimal.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { isOpen, placeUnder } from '#domain/objective.ts'
import { breaks, invalid, refuse } from '#domain/problem.ts'
import { findKeyResult, holdingMeasureOf, type KeyResultWithFigures, keyResultsIn } from '#store/key-results.ts'
import { liesAtOrBelow, lineAbove } from '#store/links.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find } from '#store/rows.ts'
import { may } from './access.ts'
import { assertMayContribute, makeContribution, rollsUpBy, type Terms } from './contributing.ts'
import * as declared from './declared/turning.ts'
import { assertObjectiveNames, draftObjective } from './drafting.ts'
import { endsOfContribution } from './ends.ts'
import { repairsOf } from './guard.ts'
import { refuseWhatHangs } from './hanging.ts'
import { draftKeyResult, shownKeyResult } from './key-results.ts'
import { objectiveView } from './objective-view.ts'
import { type Input, type WriteContext, writing } from './operation.ts'
import { relationsToObjective } from './relations.ts'
import { isActive, theCycle, theKeyResult, theObjective } from './resolve.ts'
import { settleNow } from './settling.ts'
import { bringAlong, takeFromSight } from './turned.ts'
import { type Ways, waysOut } from './ways-out.ts'

type Body = Input<typeof declared.turnIntoKeyResult>['body']

export const turnIntoKeyResult = writing(declared.turnIntoKeyResult, {
  subject: async (context, { params, body }) => {
    const objective = await theObjective(context, params.id)
    const target = await theKeyResult(context, body.toKeyResultId)
    const above = await theObjective(context, target.objectiveId)
    const under = body.underObjectiveId ? await theObjective(context, body.underObjectiveId) : null
    if (under && body.newObjective) invalid('/newObjective', 'turn-into.one-home')
    if (!under && !body.newObjective) invalid('/underObjectiveId', 'field.missing')
    await assertObjectiveNames(context, body.newObjective ?? {}, { base: '/newObjective' })
    const relations = await relationsToObjective(context, objective)
    const parts = { objective, target, above, under }
    return { relations, ...parts, version: objective.version, current: () => objectiveView(context, objective) }
  },
  run: async (context, { body }, { objective, target, above, under }) => {
    context.reason = body.reason ?? (objective.state === 'draft' ? null : TURNED)
    await assertMayTurn(context, objective, target, above, under)
    const home =
      under ?? (await draftObjective(context, await newHome(context, objective, above, body.newObjective), above))
    const words = { title: objective.title, ownerId: await leadOf(context, objective) }
    const { id } = await draftKeyResult(context, home, words)
    const keyResult = (await findKeyResult(context.tx, null, id)) as KeyResultWithFigures
    await offerPart(context, keyResult, target, termsOf(body))
    const keyResults = await keyResultsIn(context.tx, objective.id, ['draft', 'published', 'postponed'])
    await bringAlong(context, keyResult, keyResults)
    await takeFromSight(context, objective, keyResults)
    await settleNow(context)
    return shownKeyResult(context, id)
  },
})

/** Part of what is stored, where whoever turns what is published says nothing of their own. */
const TURNED = 'Turned into a Key Result'

async function assertMayTurn(
  context: WriteContext,
  objective: ObjectiveWithFigures,
  target: KeyResultWithFigures,
  above: ObjectiveWithFigures,
  under: ObjectiveWithFigures | null,
): Promise<void> {
  if (!isOpen(objective)) breaks('life', 'frozen', { state: objective.state })
  const values = { below: objective.title, above: target.title }
  if (above.id === objective.id) breaks('no-cycles', 'contribution', values)
  if (under?.id === objective.id) invalid('/underObjectiveId', 'turn-into.under-itself')
  if (under && may('key-results.create', context.actor, await relationsToObjective(context, under)) === 'no')
    refuse({ kind: 'forbidden', rule: 'forbidden' })
  if (target.state !== 'published') breaks('contribution-follows-alignment', 'not-open', values)
  await refuseWhatHangs(context, objective, async () => {
    const pointed = { below: objective, keyResult: target, above }
    const [ways] = await waysOut(context, [pointed])
    return repairsOf(pointed, ways as Ways)
  })
}

/** What the new Objective is where it is not said: as the one that is turned, but as low and in the time of the one above. */
async function newHome(
  context: WriteContext,
  objective: ObjectiveWithFigures,
  above: ObjectiveWithFigures,
  said: Body['newObjective'] = {},
) {
  const { why, groupId, ambition, visibility, viewerIds, counts, kpiId } = objective
  const place = async ({ level, cycleId }: ObjectiveWithFigures) => ({ level, cycle: await theCycle(context, cycleId) })
  return {
    why,
    groupId,
    ambition,
    visibility,
    viewerIds,
    counts,
    kpiId,
    ...placeUnder(await place(objective), await place(above)),
    leadId: await leadOf(context, objective),
    ...said,
  }
}

/** Whoever led it goes on; where they have left, whoever turns it. */
async function leadOf({ tx, today, actor }: WriteContext, { leadId }: ObjectiveWithFigures) {
  const lead = await find(tx, 'people', leadId)
  return lead && isActive(lead, today) ? leadId : (actor.personId ?? leadId)
}

function termsOf({ rollUp = 'shown', share = null }: Body): Terms {
  return { rollUp, share: rollUp === 'shown' ? null : share, weight: '1' as Decimal }
}

/**
 * Offers the part: as asked where that is lawful while there is no measure, else shown. Along an alignment that is only
 * offered yet it can be no more than an offer.
 */
async function offerPart(
  context: WriteContext,
  keyResult: KeyResultWithFigures,
  target: KeyResultWithFigures,
  asked: Terms,
): Promise<void> {
  const parent = { measure: holdingMeasureOf(target), rollsUpBy: await rollsUpBy(context, target.id, keyResult.id) }
  const lawful = whyNotRollUp({ measure: null }, parent, asked, context.settings.units) === null
  const terms: Terms = lawful ? asked : { ...asked, rollUp: 'shown', share: null }
  const agreed = await liesAtOrBelow(context.tx, keyResult.objectiveId, target.objectiveId)
  const offered = agreed || (await lineAbove(context.tx, [keyResult.objectiveId])).some(leadsTo(target.objectiveId))
  if (agreed || !offered) await assertMayContribute(context, keyResult, target, terms)
  const ends = await endsOfContribution(context, keyResult, target)
  const speaks = agreed && (ends.below || context.actor.role === 'administrator')
  await makeContribution(context, keyResult, target, terms, speaks ? ends : { below: true, above: false }, undefined)
}

function leadsTo(id: ObjectiveId) {
  return (step: { toId: ObjectiveId }) => step.toId === id
}

import { actorId } from '#domain/actor.ts'
import type { BarrierId } from '#domain/id.ts'
import { notFound, type Repair, refuse } from '#domain/problem.ts'
import { barriersAmong } from '#store/explorations.ts'
import { type KeyResult, keyResultsNaming } from '#store/key-results.ts'
import { insert, remove, update } from '#store/rows.ts'
import { may } from './access.ts'
import * as declared from './declared/barriers.ts'
import { barrierView } from './exploration-view.ts'
import { theExploration } from './explorations.ts'
import { keyResultsSeen } from './key-result-view.ts'
import { type Context, type WriteContext, writing } from './operation.ts'
import { relationsToExploration, relationsToKeyResult } from './relations.ts'
import { theObjective } from './resolve.ts'

export const addBarrier = writing(declared.addBarrier, {
  subject: async (context, { params }) => ({ relations: [], exploration: await theExploration(context, params.id) }),
  run: async ({ tx, actor, newId }, { body }, { exploration }) => {
    const made = { id: newId<BarrierId>(), authorId: actorId(actor), createdAt: tx.now }
    return barrierView(await insert(tx, 'barriers', { ...made, ...body, explorationId: exploration.id }))
  },
})

export const rewordBarrier = writing(declared.rewordBarrier, {
  subject: (context, { params }) => theBarrier(context, params.id),
  run: async ({ tx }, { body }, { barrier }) => barrierView(await update(tx, 'barriers', barrier, body)),
})

export const removeBarrier = writing(declared.removeBarrier, {
  subject: (context, { params }) => theBarrier(context, params.id),
  run: async (context, _, { barrier }) => {
    await letGoOf(context, barrier.id)
    await remove(context.tx, 'barriers', barrier)
    return { id: barrier.id }
  },
})

async function theBarrier(context: Context, id: BarrierId) {
  const barrier = (await barriersAmong(context.tx, context.actor, [id])).get(id) ?? notFound('barrier', id)
  const relations = await relationsToExploration(context, await theExploration(context, barrier.explorationId))
  const own = barrier.authorId === actorId(context.actor) ? (['author'] as const) : []
  const current = async () => barrierView(barrier)
  return { relations: [...own, ...relations], barrier, version: barrier.version, current }
}

/** A Key Result that shows its fall keeps it: those are named. One that was thrown away lets go of it. */
async function letGoOf(context: WriteContext, id: BarrierId): Promise<void> {
  const naming = await keyResultsNaming(context.tx, id)
  const kept = naming.filter(({ state }) => state !== 'discarded')
  if (kept.length > 0) await refuseAsNeeded(context, kept)
  for (const keyResult of naming) await update(context.tx, 'keyResults', keyResult, { barrierId: null })
}

async function refuseAsNeeded(context: WriteContext, naming: readonly KeyResult[]): Promise<never> {
  const seen = await keyResultsSeen(
    context,
    naming.map(({ id }) => id),
  )
  const named = naming.filter(({ id }) => seen.has(id))
  refuse({
    kind: 'refused',
    rule: 'still-needed',
    reason: { key: 'barrier.named', values: { count: naming.length } },
    errors: named.map(({ id, title }) => ({
      pointer: `/keyResults/${id}`,
      reason: { key: 'barrier.named-by', values: { title } },
    })),
    repairs: (await Promise.all(named.map((one) => lettingGo(context, one)))).flat(),
  })
}

/** Of a draft it can be taken at once; of what is published whoever edits it says why. */
async function lettingGo(context: WriteContext, keyResult: KeyResult): Promise<Repair[]> {
  const objective = await theObjective(context, keyResult.objectiveId)
  const relations = await relationsToKeyResult(context, keyResult, objective)
  if (keyResult.state !== 'draft' || may('key-results.edit', context.actor, relations) === 'no') return []
  const edit = { method: 'PATCH', path: `/v1/key-results/${keyResult.id}`, headers: { 'if-match': '*' } }
  return [{ ...edit, body: { barrierId: null }, reason: { key: 'repair.let-go', values: { title: keyResult.title } } }]
}

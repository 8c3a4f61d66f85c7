import type { ObjectiveId } from '#domain/id.ts'
import { invalid, notFound } from '#domain/problem.ts'
import { type Alignment, alignmentsFrom, listAlignments as alignmentsOf } from '#store/links.ts'
import { findObjective, type ObjectiveWithFigures, seenAmong } from '#store/objectives.ts'
import { update } from '#store/rows.ts'
import { acceptAlignmentLink, assertMayAlign, end, makeAlignment, touchObjective } from './aligning.ts'
import * as declared from './declared/alignments.ts'
import { endsOf, refuseWithdrawal, relationsToLink } from './ends.ts'
import { type Meant, objectiveMeant, refuseKeyResult } from './guard.ts'
import { alignmentView, objectiveView } from './objective-view.ts'
import { type Context, type Input, reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { activePerson, theKeyResult, theObjective } from './resolve.ts'
import { assertLineStands } from './standing.ts'

export const align = writing(declared.align, {
  subject: async (context, { params, body }) => {
    const below = await theObjective(context, params.id)
    const { above, instead } = await theTarget(context, body)
    if (body.accountableId) await activePerson(context, '/accountableId', body.accountableId)
    const ends = await endsOf(context, below, above)
    return {
      relations: relationsToLink(ends),
      ends,
      below,
      above,
      instead,
      version: below.version,
      current: () => objectiveView(context, below),
    }
  },
  run: async (context, { body: { toObjectiveId, toKeyResultId: _, ...body } }, { below, above, instead, ends }) => {
    context.reason = body.reason ?? null
    if (instead) {
      const pointer = toObjectiveId ? '/toObjectiveId' : '/toKeyResultId'
      return refuseKeyResult(context, { below, keyResult: instead, above }, { pointer, terms: body })
    }
    await assertMayAlign(context, below, above)
    const { statement, accountableId } = body
    const before = context.tx.recorder.entries.length
    const link = await makeAlignment(context, below, above, { statement, accountableId }, ends)
    if (context.tx.recorder.entries.length > before) return answer(context, link)
    context.tagged = below.version
    return view(context, link)
  },
})

export const acceptAlignment = writing(declared.acceptAlignment, {
  subject: (context, { params }) => theOffer(context, params.id, { inSight: true }),
  run: async (context, { body }, { link, below, above }) => {
    context.reason = body.reason ?? null
    await assertMayAlign(context, below, above)
    return answer(context, await acceptAlignmentLink(context, link, context.onBehalf))
  },
})

export const declineAlignment = writing(declared.declineAlignment, {
  subject: (context, { params }) => theOffer(context, params.id),
  run: async (context, { body }, { link }) => {
    context.reason = body.reason ?? null
    const patch = {
      state: 'declined',
      decidedAt: context.tx.now,
      onBehalf: link.onBehalf || context.onBehalf,
      reason: context.reason,
    } as const
    return answer(context, await update(context.tx, 'alignments', link, patch))
  },
})

/** Ends the accepted link; where there is none, takes the offer back. */
export const endAlignment = writing(declared.endAlignment, {
  subject: (context, { params }) => theLink(context, params.id),
  run: async (context, { body }, { link, relations }) => {
    context.reason = body.reason ?? null
    if (link.state === 'offered')
      refuseWithdrawal(context, relations, `/v1/objectives/${link.fromId}/alignment/decline`)
    const ended = await end(context, link)
    await assertLineStands(context, link.fromId, '')
    return answer(context, ended)
  },
})

export const withdrawAlignment = writing(declared.withdrawAlignment, {
  subject: (context, { params }) => theOffer(context, params.id),
  run: async (context, { body }, { link }) => {
    context.reason = body.reason ?? null
    return answer(context, await end(context, link))
  },
})

export const listAlignments = reading(declared.listAlignments, {
  subject: async (context, { params }) => ({ relations: [], objective: await theObjective(context, params.id) }),
  run: async (context, { query }, { objective }) => {
    const rows = await alignmentsOf(context.tx, context.actor, objective.id, asked(query))
    const seen = await seenAmong(context.tx, context.actor, [...new Set(rows.flatMap((row) => [row.fromId, row.toId]))])
    return paged(
      rows,
      query.limit,
      (row) => alignmentView(row, seen),
      (row) => row.id,
    )
  },
})

/** Only an Objective can be aligned to; a Key Result is asked for to be told why not, and what else there is. */
async function theTarget(context: Context, { toObjectiveId, toKeyResultId }: Asked): Promise<Meant> {
  if (toObjectiveId && toKeyResultId) invalid('/toKeyResultId', 'alignment.one-target')
  if (toObjectiveId) return objectiveMeant(context, toObjectiveId)
  const instead = await theKeyResult(context, toKeyResultId ?? invalid('/toObjectiveId', 'field.missing'))
  return { above: await theObjective(context, instead.objectiveId), instead }
}

type Asked = Input<typeof declared.align>['body']

/** The link that leads up from an Objective: the accepted one, else what is offered. */
async function theLink(context: Context, id: ObjectiveId) {
  const below = await theObjective(context, id)
  const links = await alignmentsFrom(context.tx, [id])
  return both(context, below, links.find((link) => link.state === 'accepted') ?? links[0] ?? notFound('alignment', id))
}

/** What is offered, also beside an accepted link. Only who sees both ends says yes to it. */
async function theOffer(context: Context, id: ObjectiveId, { inSight = false } = {}) {
  const below = await theObjective(context, id)
  const links = await alignmentsFrom(context.tx, [id])
  const link = links.find(({ state }) => state === 'offered') ?? notFound('alignment', id)
  if (inSight && !(await seenAmong(context.tx, context.actor, [link.toId])).has(link.toId)) notFound('alignment', id)
  return both(context, below, link)
}

/** A link with both ends and how the caller stands to them. What is above may have become private: it can be left. */
async function both(context: Context, below: ObjectiveWithFigures, link: Alignment) {
  const above = (await findObjective(context.tx, null, link.toId)) as ObjectiveWithFigures
  return {
    relations: relationsToLink(await endsOf(context, below, above), link),
    link,
    below,
    above,
    version: below.version,
    current: () => objectiveView(context, below),
  }
}

async function answer(context: WriteContext, link: Alignment) {
  await touchObjective(context, link.fromId)
  return view(context, link)
}

async function view(context: WriteContext, link: Alignment) {
  return alignmentView(link, await seenAmong(context.tx, context.actor, [link.fromId, link.toId]))
}

import type { ObjectiveId, PersonId } from '#domain/id.ts'
import { notFound } from '#domain/problem.ts'
import { type Alignment, alignmentsFrom, listAlignments as alignmentsOf } from '#store/links.ts'
import { seenAmong } from '#store/objectives.ts'
import { update } from '#store/rows.ts'
import {
  acceptAlignmentLink,
  assertMayAlign,
  assertNothingBreaks,
  end,
  endsOf,
  makeAlignment,
  relationsToLink,
  touchObjective,
} from './aligning.ts'
import * as declared from './declared/alignments.ts'
import { alignmentView, objectiveView } from './objective-view.ts'
import { type Context, reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { activePerson, theObjective } from './resolve.ts'

export const align = writing(declared.align, {
  subject: async (context, { params, body }) => {
    const below = await theObjective(context, params.id)
    const above = await theObjective(context, body.toObjectiveId)
    if (body.accountableId) await activePerson(context, '/accountableId', body.accountableId)
    const ends = await endsOf(context, below, above)
    return {
      relations: relationsToLink(ends),
      ends,
      below,
      above,
      version: below.version,
      current: () => objectiveView(context, below),
    }
  },
  run: async (context, { body }, { below, above, ends }) => {
    context.reason = body.reason ?? null
    await assertMayAlign(context, below, above)
    const terms = { statement: body.statement ?? null, accountableId: body.accountableId ?? (below.leadId as PersonId) }
    return answer(context, await makeAlignment(context, below, above, terms, ends))
  },
})

export const acceptAlignment = writing(declared.acceptAlignment, {
  subject: (context, { params }) => theLink(context, params.id, (link) => link.state === 'offered'),
  run: async (context, { body }, { link, below, above }) => {
    context.reason = body.reason ?? null
    await assertMayAlign(context, below, above)
    return answer(context, await acceptAlignmentLink(context, link, context.onBehalf))
  },
})

export const declineAlignment = writing(declared.declineAlignment, {
  subject: (context, { params }) => theLink(context, params.id, (link) => link.state === 'offered'),
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
  subject: (context, { params }) => theLink(context, params.id, () => true),
  run: async (context, { body }, { link }) => {
    context.reason = body.reason ?? null
    const ended = await end(context, link)
    await assertNothingBreaks(context, link.fromId)
    return answer(context, ended)
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

/** The link that leads up from an Objective, accepted ones first, with both ends and how the caller stands to them. */
async function theLink(context: Context, id: ObjectiveId, fits: (link: Alignment) => boolean) {
  const below = await theObjective(context, id)
  const links = (await alignmentsFrom(context.tx, [id])).sort((a, b) => (a.state < b.state ? -1 : 1))
  const link = links.find(fits) ?? notFound('alignment', id)
  const above = await theObjective(context, link.toId)
  const ends = await endsOf(context, below, above)
  return {
    relations: relationsToLink(ends, link),
    link,
    below,
    above,
    version: below.version,
    current: () => objectiveView(context, below),
  }
}

async function answer(context: WriteContext, link: Alignment) {
  await touchObjective(context, link.fromId)
  return alignmentView(link, await seenAmong(context.tx, context.actor, [link.fromId, link.toId]))
}

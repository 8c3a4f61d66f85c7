import type { Decimal } from '#domain/decimal.ts'
import type { KeyResultId } from '#domain/id.ts'
import { notFound } from '#domain/problem.ts'
import { type Contribution, contributionsFrom, listContributions as contributionsOf } from '#store/links.ts'
import { update } from '#store/rows.ts'
import { relationsToLink } from './aligning.ts'
import {
  assertMayContribute,
  beginCounting,
  close,
  endCounting,
  endsOfContribution,
  makeContribution,
  movedBy,
  touchKeyResult,
} from './contributing.ts'
import * as declared from './declared/contributions.ts'
import { contributionView, keyResultsSeen, keyResultView } from './key-result-view.ts'
import { type Context, reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { theKeyResult } from './resolve.ts'

export const contribute = writing(declared.contribute, {
  subject: async (context, { params, body }) => {
    const below = await theKeyResult(context, params.id)
    const above = await theKeyResult(context, body.toKeyResultId)
    const ends = await endsOfContribution(context, below, above)
    return {
      relations: relationsToLink(ends),
      ends,
      below,
      above,
      version: below.version,
      current: () => keyResultView(context, below),
    }
  },
  run: async (context, { body }, { below, above, ends }) => {
    context.reason = body.reason ?? null
    const terms = { rollUp: body.rollUp, share: body.share ?? null, weight: body.weight ?? ('1' as Decimal) }
    await assertMayContribute(context, below, above, terms)
    return answer(
      context,
      await movedBy(context, above.id, () => makeContribution(context, below, above, terms, ends, body.already)),
    )
  },
})

export const acceptContribution = writing(declared.acceptContribution, {
  subject: (context, { params }) => theLink(context, params.id, (link) => link.state === 'offered'),
  run: async (context, { body }, { link, below, above }) => {
    context.reason = body.reason ?? null
    await assertMayContribute(context, below, above, {
      rollUp: link.rollUp,
      share: link.share as Decimal | null,
      weight: link.weight as Decimal,
    })
    return answer(
      context,
      await movedBy(context, above.id, () => beginCounting(context, link, context.onBehalf, body.already)),
    )
  },
})

export const declineContribution = writing(declared.declineContribution, {
  subject: (context, { params }) => theLink(context, params.id, (link) => link.state === 'offered'),
  run: async (context, { body }, { link }) => {
    context.reason = body.reason ?? null
    const patch = {
      state: 'declined',
      decidedAt: context.tx.now,
      onBehalf: link.onBehalf || context.onBehalf,
      reason: context.reason,
    } as const
    return answer(context, { link: await update(context.tx, 'contributions', link, patch), parentMovesBy: null })
  },
})

/** Ends the accepted link; where there is none, takes the offer back. */
export const endContribution = writing(declared.endContribution, {
  subject: (context, { params }) => theLink(context, params.id, () => true),
  run: async (context, { body }, { link, above }) => {
    context.reason = body.reason ?? null
    if (link.state === 'offered') return answer(context, { link: await close(context, link), parentMovesBy: null })
    return answer(context, await movedBy(context, above.id, () => endCounting(context, link, body.already)))
  },
})

export const listContributions = reading(declared.listContributions, {
  subject: async (context, { params }) => ({ relations: [], keyResult: await theKeyResult(context, params.id) }),
  run: async (context, { query }, { keyResult }) => {
    const rows = await contributionsOf(context.tx, context.actor, keyResult.id, asked(query))
    const seen = await keyResultsSeen(context, [...new Set(rows.flatMap((row) => [row.fromId, row.toId]))])
    return paged(
      rows,
      query.limit,
      (row) => contributionView(row, seen),
      (row) => row.id,
    )
  },
})

/** The link that leads up from a Key Result, accepted ones first, with both ends and how the caller stands to them. */
async function theLink(context: Context, id: KeyResultId, fits: (link: Contribution) => boolean) {
  const below = await theKeyResult(context, id)
  const links = (await contributionsFrom(context.tx, [id])).sort((a, b) => (a.state < b.state ? -1 : 1))
  const link = links.find(fits) ?? notFound('contribution', id)
  const above = await theKeyResult(context, link.toId)
  const ends = await endsOfContribution(context, below, above)
  return {
    relations: relationsToLink(ends, link),
    link,
    below,
    above,
    version: below.version,
    current: () => keyResultView(context, below),
  }
}

async function answer(
  context: WriteContext,
  { link, parentMovesBy }: { link: Contribution; parentMovesBy: Decimal | null },
) {
  await touchKeyResult(context, link.fromId)
  return { ...contributionView(link, await keyResultsSeen(context, [link.fromId, link.toId])), parentMovesBy }
}

import type { Decimal } from '#domain/decimal.ts'
import type { KeyResultId } from '#domain/id.ts'
import { notFound } from '#domain/problem.ts'
import { findKeyResult, type KeyResultWithFigures } from '#store/key-results.ts'
import { type Contribution, contributionsFrom, listContributions as contributionsOf } from '#store/links.ts'
import { update } from '#store/rows.ts'
import {
  assertMayContribute,
  beginCounting,
  close,
  endCounting,
  isLink,
  type Moved,
  makeContribution,
  movedBy,
  touchKeyResult,
} from './contributing.ts'
import * as declared from './declared/contributions.ts'
import { endsOfContribution, refuseWithdrawal, relationsToLink } from './ends.ts'
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
    const standing = await contributionsFrom(context.tx, [below.id])
    const same = standing.find((link) => link.state === 'accepted' && isLink(link, above, terms))
    if (same) {
      context.tagged = below.version
      return view(context, { ...NOTHING, parentMovesBy: '0' as Decimal, link: same })
    }
    await assertMayContribute(context, below, above, terms)
    const link = { fromId: below.id, toId: above.id }
    return answer(
      context,
      await movedBy(context, link, () => makeContribution(context, below, above, terms, ends, body.already)),
    )
  },
})

export const acceptContribution = writing(declared.acceptContribution, {
  subject: (context, { params }) => theOffer(context, params.id, { inSight: true }),
  run: async (context, { body }, { link, below, above }) => {
    context.reason = body.reason ?? null
    await assertMayContribute(context, below, above, {
      rollUp: link.rollUp,
      share: link.share as Decimal | null,
      weight: link.weight as Decimal,
    })
    return answer(
      context,
      await movedBy(context, link, () => beginCounting(context, link, context.onBehalf, body.already)),
    )
  },
})

export const declineContribution = writing(declared.declineContribution, {
  subject: (context, { params }) => theOffer(context, params.id),
  run: async (context, { body }, { link }) => {
    context.reason = body.reason ?? null
    const patch = {
      state: 'declined',
      decidedAt: context.tx.now,
      onBehalf: link.onBehalf || context.onBehalf,
      reason: context.reason,
    } as const
    return answer(context, { ...NOTHING, link: await update(context.tx, 'contributions', link, patch) })
  },
})

/** Ends the accepted link; where there is none, takes the offer back. */
export const endContribution = writing(declared.endContribution, {
  subject: (context, { params }) => theLink(context, params.id),
  run: async (context, { body }, { link, relations }) => {
    context.reason = body.reason ?? null
    if (link.state === 'offered') {
      refuseWithdrawal(context, relations, `/v1/key-results/${link.fromId}/contribution/decline`)
      return answer(context, { ...NOTHING, link: await close(context, link) })
    }
    return answer(context, await movedBy(context, link, () => endCounting(context, link, body.already)))
  },
})

export const withdrawContribution = writing(declared.withdrawContribution, {
  subject: (context, { params }) => theOffer(context, params.id),
  run: async (context, { body }, { link }) => {
    context.reason = body.reason ?? null
    const {
      parentMovesBy: _,
      formerParentMovesBy: __,
      ...ended
    } = await answer(context, {
      ...NOTHING,
      link: await close(context, link),
    })
    return ended
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

const NOTHING = { parentMovesBy: null, formerParentMovesBy: null, formerId: null }

/** The link that leads up from a Key Result: the accepted one, else what is offered. */
async function theLink(context: Context, id: KeyResultId) {
  const below = await theKeyResult(context, id)
  const links = await contributionsFrom(context.tx, [id])
  return both(
    context,
    below,
    links.find((link) => link.state === 'accepted') ?? links[0] ?? notFound('contribution', id),
  )
}

/** What is offered, also beside an accepted link. Only who sees both ends says yes to it. */
async function theOffer(context: Context, id: KeyResultId, { inSight = false } = {}) {
  const below = await theKeyResult(context, id)
  const links = await contributionsFrom(context.tx, [id])
  const link = links.find(({ state }) => state === 'offered') ?? notFound('contribution', id)
  if (inSight && !(await keyResultsSeen(context, [link.toId])).has(link.toId)) notFound('contribution', id)
  return both(context, below, link)
}

/** A link with both ends and how the caller stands to them. What is above may have become private: it can be left. */
async function both(context: Context, below: KeyResultWithFigures, link: Contribution) {
  const above = (await findKeyResult(context.tx, null, link.toId)) as KeyResultWithFigures
  return {
    relations: relationsToLink(await endsOfContribution(context, below, above), link),
    link,
    below,
    above,
    version: below.version,
    current: () => keyResultView(context, below),
  }
}

type Told = Moved & { formerId: KeyResultId | null }

async function answer(context: WriteContext, told: Told) {
  await touchKeyResult(context, told.link.fromId)
  return view(context, told)
}

/** How a Key Result moved that is private to others is as private. */
async function view(context: WriteContext, { link, formerId, parentMovesBy, formerParentMovesBy }: Told) {
  const seen = await keyResultsSeen(context, [link.fromId, link.toId, ...(formerId ? [formerId] : [])])
  return {
    ...contributionView(link, seen),
    parentMovesBy: seen.has(link.toId) ? parentMovesBy : null,
    formerParentMovesBy: formerId && seen.has(formerId) ? formerParentMovesBy : null,
  }
}

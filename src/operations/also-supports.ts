import { whyNotSupport } from '#domain/also-supports.ts'
import type { AlsoSupportsId, ObjectiveId } from '#domain/id.ts'
import { isOpen } from '#domain/objective.ts'
import { breaks, notFound } from '#domain/problem.ts'
import { type AlsoSupports, alsoSupportsFrom, listAlsoSupports as alsoSupportsOf } from '#store/also-supports.ts'
import { liesAtOrBelow } from '#store/links.ts'
import { type ObjectiveWithFigures, seenAmong } from '#store/objectives.ts'
import { insert, remove } from '#store/rows.ts'
import { touchObjective } from './aligning.ts'
import * as declared from './declared/also-supports.ts'
import { objectiveView } from './objective-view.ts'
import { type Context, reading, type WriteContext, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { relationsToObjective } from './relations.ts'
import { theObjective } from './resolve.ts'

export const alsoSupport = writing(declared.alsoSupport, {
  subject: async (context, { params }) => ({
    ...(await theLower(context, params.id)),
    above: await theObjective(context, params.objectiveId),
  }),
  run: async (context, { body }, { below, above }) => {
    context.reason = body.reason ?? null
    const there = await standing(context, below.id, above.id)
    if (there) return view(there, new Set([below.id, above.id]))
    await assertMaySupport(context, below, above)
    const made = await insert(context.tx, 'alsoSupports', {
      id: context.newId<AlsoSupportsId>(),
      fromId: below.id,
      toId: above.id,
      madeById: context.actor.personId,
      madeAt: context.tx.now,
    })
    await touchObjective(context, below.id)
    return view(made, new Set([below.id, above.id]))
  },
})

/** Whatever has become of what it supports: also when that is private by now, or over. */
export const endAlsoSupport = writing(declared.endAlsoSupport, {
  subject: async (context, { params }) => ({
    ...(await theLower(context, params.id)),
    link: await theLink(context, params.id, params.objectiveId),
  }),
  run: async (context, { body }, { link }) => {
    context.reason = body.reason ?? null
    await remove(context.tx, 'alsoSupports', link)
    await touchObjective(context, link.fromId)
    return view(link, await seenAmong(context.tx, context.actor, [link.fromId, link.toId]))
  },
})

export const listAlsoSupports = reading(declared.listAlsoSupports, {
  subject: async (context, { params }) => ({ relations: [], objective: await theObjective(context, params.id) }),
  run: async ({ tx, actor }, { query }, { objective }) => {
    const rows = await alsoSupportsOf(tx, actor, objective.id, query.direction, asked(query))
    const seen = await seenAmong(tx, actor, [...new Set(rows.flatMap((row) => [row.fromId, row.toId]))])
    return paged(
      rows,
      query.limit,
      (row) => ({ ...view(row, seen), direction: row.fromId === objective.id ? 'supports' : 'supported-by' }) as const,
      (row) => row.id,
    )
  },
})

async function theLower(context: Context, id: ObjectiveId) {
  const below = await theObjective(context, id)
  const relations = await relationsToObjective(context, below)
  return { relations, below, version: below.version, current: () => objectiveView(context, below) }
}

async function standing({ tx }: Context, fromId: ObjectiveId, toId: ObjectiveId): Promise<AlsoSupports | undefined> {
  return (await alsoSupportsFrom(tx, [fromId])).find((link) => link.toId === toId)
}

/** By its own id, or by that of an Objective that the caller sees: where it leads to something private is not told. */
async function theLink({ tx, actor }: Context, fromId: ObjectiveId, id: ObjectiveId): Promise<AlsoSupports> {
  const link = (await alsoSupportsFrom(tx, [fromId])).find((one) => one.toId === id || one.id === (id as string))
  const known = link && (link.toId !== id || (await seenAmong(tx, actor, [id])).has(id))
  return known ? link : notFound('also-supports', id)
}

/** What lies on its own line it supports by that: pointing there would say it twice, or lead in a ring. */
async function assertMaySupport(
  { tx }: WriteContext,
  below: ObjectiveWithFigures,
  above: ObjectiveWithFigures,
): Promise<void> {
  const values = { below: below.title, above: above.title }
  if (!isOpen(below)) breaks('life', 'frozen', { state: below.state })
  const why = whyNotSupport(below, above)
  if (why) breaks(why.rule, why.why, values)
  if ((await liesAtOrBelow(tx, below.id, above.id)) || (await liesAtOrBelow(tx, above.id, below.id)))
    breaks('no-cycles', 'supports-its-line', values)
}

function view({ id, fromId, toId, madeById, madeAt }: AlsoSupports, seen: ReadonlySet<ObjectiveId>) {
  return {
    id,
    fromObjectiveId: seen.has(fromId) ? fromId : null,
    toObjectiveId: seen.has(toId) ? toId : null,
    madeById: seen.has(fromId) && seen.has(toId) ? madeById : null,
    madeAt,
  }
}

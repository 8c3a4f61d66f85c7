import type * as z from 'zod'
import { actorId } from '#domain/actor.ts'
import type { CycleId, GroupId, KpiId, ObjectiveId, PersonId } from '#domain/id.ts'
import { invalid } from '#domain/problem.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { find, insert } from '#store/rows.ts'
import { assertMayAlign, makeAlignment } from './aligning.ts'
import type { createObjective } from './declared/objectives.ts'
import { endsOf } from './ends.ts'
import type { Context, WriteContext } from './operation.ts'
import { countsAfter } from './privacy.ts'
import { activePerson, named, namedPeople } from './resolve.ts'

export type ObjectiveWords = Omit<z.output<typeof createObjective.body>, 'alignedToId'>

/** What a new Objective is, out of what was said of it: somebody leads it, and it has a level. */
export function placed({ actor }: Context, said: ObjectiveWords) {
  const leadId = said.leadId ?? actor.personId ?? invalid('/leadId', 'field.missing')
  return { ...said, leadId, level: said.level ?? (said.groupId ? ('group' as const) : ('individual' as const)) }
}

/** Writes a draft, aligned to the Objective above where there is one: offered, or agreed where the caller leads both. */
export async function draftObjective(
  context: WriteContext,
  said: ObjectiveWords,
  above: ObjectiveWithFigures | null,
): Promise<ObjectiveWithFigures> {
  const row = await insert(context.tx, 'objectives', {
    why: null,
    groupId: null,
    externalRef: null,
    kpiId: null,
    ...placed(context, said),
    title: said.title ?? '',
    counts: countsAfter({ visibility: 'everyone', counts: true }, said),
    id: context.newId<ObjectiveId>(),
    authorId: actorId(context.actor) as PersonId,
    publishedUnderId: null,
    createdAt: context.tx.now,
  })
  context.moves([], [row.id])
  const drafted = { ...row, progress: null, keyResultCount: 0, alignedCount: 0 }
  if (above) {
    await assertMayAlign(context, drafted, above)
    await makeAlignment(context, drafted, above, {}, await endsOf(context, drafted, above))
  }
  return drafted
}

/**
 * Everything that is named is there, who is to lead has not left, and a KPI that is new to it is not archived. `base`:
 * where in the body it stands.
 */
export async function assertObjectiveNames(
  context: Context,
  said: {
    cycleId?: CycleId | undefined
    groupId?: GroupId | null | undefined
    leadId?: PersonId | undefined
    viewerIds?: PersonId[] | undefined
    kpiId?: KpiId | null | undefined
  },
  { base = '', before }: { base?: string; before?: { kpiId: KpiId | null } } = {},
): Promise<void> {
  if (said.cycleId) await named(`${base}/cycleId`, find(context.tx, 'cycles', said.cycleId))
  if (said.groupId) await named(`${base}/groupId`, find(context.tx, 'groups', said.groupId))
  if (said.leadId) await activePerson(context, `${base}/leadId`, said.leadId)
  if (said.kpiId && said.kpiId !== before?.kpiId) {
    const kpi = await named(`${base}/kpiId`, find(context.tx, 'kpis', said.kpiId))
    if (kpi.archivedAt !== null) invalid(`${base}/kpiId`, 'objective.kpi.archived', { name: kpi.name })
  }
  await namedPeople(context, `${base}/viewerIds`, said.viewerIds)
}

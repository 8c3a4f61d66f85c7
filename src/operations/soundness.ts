import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { isToDo } from '#domain/initiative.ts'
import { breaks } from '#domain/problem.ts'
import type { State } from '#domain/roll-up.ts'
import { isAlsoSupported } from '#store/also-supports.ts'
import type { ChangeEntry } from '#store/changes.ts'
import { listCheckIns } from '#store/check-ins.ts'
import { alignmentsOf, contributionsTo, wouldAlignInRing, wouldRing } from '#store/links.ts'
import { find } from '#store/rows.ts'
import type { WriteContext } from './operation.ts'
import {
  assertAbsenceSound,
  assertGroupSound,
  assertKpiSound,
  assertPersonSound,
  isHere,
  touched,
} from './people-soundness.ts'
import { theCycle } from './resolve.ts'
import { assertAlignmentsStand, assertContributionsStand, assertDeadlinesStand, assertLineStands } from './standing.ts'

/** What was put back must still hold beside what others did meanwhile. */
export async function assertSound(context: WriteContext, entries: readonly ChangeEntry[]): Promise<void> {
  for (const entry of entries) {
    if (entry.noun === 'people') await assertPersonSound(context, entry)
    if (entry.noun === 'absences') await assertAbsenceSound(context, entry)
    if (entry.noun === 'kpis') await assertKpiSound(context, entry)
    if (entry.noun === 'groups') await assertGroupSound(context, entry)
    if (entry.noun === 'objectives') await assertObjectiveSound(context, entry)
    if (entry.noun === 'keyResults') await assertKeyResultSound(context, entry.nounId as KeyResultId)
    if (entry.noun === 'initiatives') await assertInitiativeSound(context, entry.nounId)
    if (entry.noun === 'alignments') await assertAlignmentSound(context, endsOf(entry))
    if (entry.noun === 'contributions') await assertContributionSound(context, endsOf(entry))
    if (entry.noun === 'alsoSupports') await assertLineStands(context, endsOf(entry).fromId as ObjectiveId, '/')
  }
}

/** Its links still fit its level and its cycle, its Key Results their time; what others serve is no draft again. */
async function assertObjectiveSound(context: WriteContext, { nounId, after }: ChangeEntry): Promise<void> {
  const id = nounId as ObjectiveId
  const objective = await find(context.tx, 'objectives', id)
  if (!objective) return
  if (objective.state !== 'discarded' && !(await isHere(context, objective.leadId))) touched('objectives', id)
  await assertDeadlinesStand(context, await theCycle(context, objective.cycleId), id)
  await assertAlignmentsStand(context, id, '/')
  if (objective.state !== 'draft' || (after as { state: State } | null)?.state !== 'published') return
  const served = (await alignmentsOf(context.tx, id)).some((link) => link.toId === id)
  if (served || (await isAlsoSupported(context.tx, id))) touched('objectives', id)
}

/** Its contributions still fit its measure; what was reported on is no draft again. */
async function assertKeyResultSound(context: WriteContext, id: KeyResultId): Promise<void> {
  const keyResult = await find(context.tx, 'keyResults', id)
  if (!keyResult) return
  if (keyResult.state !== 'discarded')
    for (const who of [keyResult.ownerId, keyResult.delegateId])
      if (!(await isHere(context, who))) touched('keyResults', id)
  await assertContributionsStand(context, id)
  if (keyResult.state !== 'draft') return
  const [checkIn] = await listCheckIns(context.tx, id, { limit: 1 })
  const [link] = await contributionsTo(context.tx, [id])
  if (checkIn || link) touched('keyResults', id)
}

/** What is still to be done is done by somebody who is here. */
async function assertInitiativeSound(context: WriteContext, id: string): Promise<void> {
  const initiative = await find(context.tx, 'initiatives', id)
  if (initiative && isToDo(initiative) && !(await isHere(context, initiative.leadId))) touched('initiatives', id)
}

/** No ring, nobody accountable who has left, and no contribution that has lost its line. */
async function assertAlignmentSound(context: WriteContext, { fromId }: Ends): Promise<void> {
  for (const link of await alignmentsOf(context.tx, fromId as ObjectiveId)) {
    if (!(await isHere(context, link.accountableId))) touched('alignments', link.id)
    if (link.state === 'accepted' && (await wouldAlignInRing(context.tx, link.fromId, link.toId)))
      breaks('no-cycles', 'alignment', UNNAMED)
  }
  await assertLineStands(context, fromId as ObjectiveId, '/')
}

/** No ring, one way of counting into the parent, and the alignment that it follows. */
async function assertContributionSound(context: WriteContext, { fromId, toId }: Ends): Promise<void> {
  const links = await contributionsTo(context.tx, [toId as KeyResultId])
  const counting = links.filter((link) => link.state === 'accepted' && link.rollUp !== 'shown')
  for (const link of counting)
    if (await wouldRing(context.tx, link.fromId, link.toId)) breaks('no-cycles', 'contribution', UNNAMED)
  if (new Set(counting.map((link) => link.rollUp)).size > 1) breaks('one-roll-up', 'mixed', UNNAMED)
  const below = await find(context.tx, 'keyResults', fromId)
  if (below) await assertLineStands(context, below.objectiveId, '/')
}

type Ends = { fromId: string; toId: string }

function endsOf({ before, after }: ChangeEntry): Ends {
  return (after ?? before) as Ends
}

// Who undoes sees what they touched, and not what it would run into.
const UNNAMED = { below: '…', above: '…' }

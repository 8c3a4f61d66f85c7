import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { breaks } from '#domain/problem.ts'
import type { ChangeEntry } from '#store/changes.ts'
import { listCheckIns } from '#store/check-ins.ts'
import { alignmentsOf, contributionsTo, wouldAlignInRing, wouldRing } from '#store/links.ts'
import { find } from '#store/rows.ts'
import { assertNothingBreaks } from './aligning.ts'
import { assertContributionsStand } from './contributing.ts'
import type { WriteContext } from './operation.ts'
import { assertAbsenceSound, assertGroupSound, assertPersonSound, isHere, touched } from './people-soundness.ts'
import { theCycle } from './resolve.ts'
import { assertDeadlinesStand, assertLinksStand } from './standing.ts'

/** What was put back must still hold beside what others did meanwhile. */
export async function assertSound(context: WriteContext, entries: readonly ChangeEntry[]): Promise<void> {
  for (const entry of entries) {
    if (entry.noun === 'people') await assertPersonSound(context, entry)
    if (entry.noun === 'absences') await assertAbsenceSound(context, entry)
    if (entry.noun === 'groups') await assertGroupSound(context, entry)
    if (entry.noun === 'objectives') await assertObjectiveSound(context, entry.nounId as ObjectiveId)
    if (entry.noun === 'keyResults') await assertKeyResultSound(context, entry.nounId as KeyResultId)
    if (entry.noun === 'alignments') await assertAlignmentSound(context, endsOf(entry))
    if (entry.noun === 'contributions') await assertContributionSound(context, endsOf(entry))
  }
}

/** Its links still fit its level and its cycle, its Key Results their time; what others align to is no draft again. */
async function assertObjectiveSound(context: WriteContext, id: ObjectiveId): Promise<void> {
  const objective = await find(context.tx, 'objectives', id)
  if (!objective) return
  if (objective.state !== 'discarded' && !(await isHere(context, objective.leadId))) touched('objectives', id)
  await assertLinksStand(context, id)
  await assertDeadlinesStand(context, await theCycle(context, objective.cycleId), id)
  const links = await alignmentsOf(context.tx, id)
  if (objective.state === 'draft' && links.some((link) => link.toId === id)) touched('objectives', id)
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

/** No ring, nobody accountable who has left, and no contribution that has lost its line. */
async function assertAlignmentSound(context: WriteContext, { fromId }: Ends): Promise<void> {
  for (const link of await alignmentsOf(context.tx, fromId as ObjectiveId)) {
    if (!(await isHere(context, link.accountableId))) touched('alignments', link.id)
    if (link.state === 'accepted' && (await wouldAlignInRing(context.tx, link.fromId, link.toId)))
      breaks('no-cycles', 'alignment', UNNAMED)
  }
  await assertNothingBreaks(context, fromId as ObjectiveId)
}

/** No ring, and one way of counting into the parent. */
async function assertContributionSound(context: WriteContext, { toId }: Ends): Promise<void> {
  const links = await contributionsTo(context.tx, [toId as KeyResultId])
  const counting = links.filter((link) => link.state === 'accepted' && link.rollUp !== 'shown')
  for (const link of counting)
    if (await wouldRing(context.tx, link.fromId, link.toId)) breaks('no-cycles', 'contribution', UNNAMED)
  if (new Set(counting.map((link) => link.rollUp)).size > 1) breaks('one-roll-up', 'mixed', UNNAMED)
}

type Ends = { fromId: string; toId: string }

function endsOf({ before, after }: ChangeEntry): Ends {
  return (after ?? before) as Ends
}

// Who undoes sees what they touched, and not what it would run into.
const UNNAMED = { below: '…', above: '…' }

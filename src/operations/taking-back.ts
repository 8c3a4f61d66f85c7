import { actorId } from '#domain/actor.ts'
import type { CheckIn } from '#domain/check-in.ts'
import type { CheckInId, KeyResultId } from '#domain/id.ts'
import { breaks, refuse } from '#domain/problem.ts'
import type { ChangeEntry } from '#store/changes.ts'
import { findCheckIn, findCorrectable, loadReportable } from '#store/check-ins.ts'
import { writeTraced } from './correcting.ts'
import type { WriteContext } from './operation.ts'

type Made = Pick<CheckIn, 'id' | 'keyResultId' | 'correctsId'>

/** Of reports that corrected one another within a change: the last is to be answered, by what stood before the first. */
export function chainsOf<Id extends string, Report extends { id: Id; correctsId: Id | null }>(
  made: readonly Report[],
): { first: Report; last: Report['id'] }[] {
  const correctedBy = new Map(made.map((report) => [report.correctsId, report.id]))
  const begins = made.filter((report) => !made.some((other) => other.id === report.correctsId))
  return begins.toReversed().map((first) => {
    let last = first.id
    for (let next = correctedBy.get(last); next; next = correctedBy.get(next)) last = next
    return { first, last }
  })
}

/** Takes back the check-ins of a change. */
export async function takeBackCheckIns(context: WriteContext, entries: readonly ChangeEntry[]): Promise<void> {
  const made = entries.filter(({ noun }) => noun === 'checkIns').map(({ after }) => after as Made)
  const linked = new Set(entries.filter(({ noun }) => noun === 'contributions').map(parentOf))
  for (const { first, last } of chainsOf(made)) {
    // A link that ended moved what its parent's owner had reported, whether or not that one was frozen.
    await takeBack(context, first.keyResultId, last, first.correctsId, { evenFrozen: linked.has(first.keyResultId) })
  }
}

export async function takeBackCheckIn(context: WriteContext, { keyResultId, id, correctsId }: Made): Promise<void> {
  await takeBack(context, keyResultId, id, correctsId, { evenFrozen: false })
}

/**
 * A check-in is append-only: undoing it is a correction. It puts back the one that had been corrected, and takes back
 * one that had corrected nothing.
 */
async function takeBack(
  context: WriteContext,
  keyResultId: KeyResultId,
  id: CheckInId,
  formerId: CheckInId | null,
  { evenFrozen }: { evenFrozen: boolean },
): Promise<void> {
  const keyResult = await loadReportable(context.tx, keyResultId)
  const undone = await findCorrectable(context.tx, keyResultId, id)
  if (!keyResult || undone === undefined || undone === 'taken-back')
    refuse({ kind: 'conflict', rule: 'already-undone' })
  if (undone === 'corrected') refuse({ kind: 'conflict', rule: 'touched-since', reason: touched(id) })
  if (keyResult.state !== 'published' && !evenFrozen) breaks('life', 'frozen', { state: keyResult.state })
  const former = formerId === null ? undefined : await findCheckIn(context.tx, formerId)
  const checkIn: CheckIn = {
    ...(former ?? { ...undone, ...NOTHING_SAID, note: context.reason, takesBack: true }),
    id: context.newId<CheckInId>(),
    ownerId: keyResult.ownerId,
    reportedById: actorId(context.actor),
    recordedAt: context.tx.now,
    correctsId: undone.id,
  }
  await writeTraced(context, checkIn, keyResult.objectiveId)
}

const NOTHING_SAID = { value: null, stepsDone: null, done: null, evidence: null, confidence: null, blockers: null }

function parentOf({ before, after }: ChangeEntry): unknown {
  return ((after ?? before) as { toId: KeyResultId }).toId
}

function touched(id: CheckInId) {
  return { key: 'problem.touched-since.reason', values: { noun: 'checkIns', id } }
}

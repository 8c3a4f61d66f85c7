import { actorId } from '#domain/actor.ts'
import { assertBaselineLeavesWork, type CheckIn } from '#domain/check-in.ts'
import { decimal, units } from '#domain/decimal.ts'
import type { CheckInId, KeyResultId } from '#domain/id.ts'
import { isMetric } from '#domain/measure.ts'
import { Problem } from '#domain/problem.ts'
import { earliestReports, findCorrectable, lastReport, loadReportable, writeCheckIn } from '#store/check-ins.ts'
import { saltedHash } from '#store/hash.ts'
import type { Context, WriteContext } from './operation.ts'

/** Moves what the owner reported last by so many millionths, as a check-in that corrects it. */
export async function correctOwn(context: WriteContext, keyResultId: KeyResultId, by: bigint): Promise<void> {
  const correction = await correctionOf(context, keyResultId, by)
  if (correction) await writeTraced(context, correction.checkIn, correction.objectiveId)
}

/** Whether that would leave something to do, where what was reported last is the baseline too. */
export async function mayCorrectOwn(context: WriteContext, keyResultId: KeyResultId, by: bigint): Promise<boolean> {
  const correction = by === 0n ? null : await correctionOf(context, keyResultId, by)
  try {
    if (correction) await assertBaselineStands(context, correction.checkIn)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

async function correctionOf(context: WriteContext, keyResultId: KeyResultId, by: bigint) {
  const last = await lastReport(context.tx, keyResultId)
  const keyResult = await loadReportable(context.tx, keyResultId)
  const corrected = last && (await findCorrectable(context.tx, keyResultId, last.id))
  if (!keyResult || !corrected || typeof corrected === 'string' || corrected.value === null) return null
  const checkIn: CheckIn = {
    ...corrected,
    id: context.newId<CheckInId>(),
    ownerId: keyResult.ownerId,
    reportedById: actorId(context.actor),
    value: decimal(units(corrected.value) + by),
    recordedAt: context.tx.now,
    correctsId: corrected.id,
    takesBack: false,
  }
  return { checkIn, objectiveId: keyResult.objectiveId }
}

/** Writes a check-in inside a change, with its trace; it is an entry of the change, so that undoing finds it. */
export async function writeTraced(
  context: WriteContext,
  checkIn: CheckIn,
  objectiveId: NonNullable<Awaited<ReturnType<typeof loadReportable>>>['objectiveId'],
): Promise<void> {
  await assertBaselineStands(context, checkIn)
  const salt = context.services.randomBytes(16)
  await writeCheckIn(context.tx, {
    checkIn,
    objectiveId,
    actor: context.actor,
    salt,
    ...traceOf(checkIn, salt),
    retry: null,
  })
  context.tx.recorder.entries.push({ noun: 'checkIns', id: checkIn.id, before: null, after: { ...checkIn } })
  context.moves([checkIn.keyResultId])
}

async function assertBaselineStands({ tx }: Context, made: CheckIn): Promise<void> {
  const keyResult = await loadReportable(tx, made.keyResultId)
  if (!isMetric(keyResult?.measure ?? null) || !keyResult) return
  assertBaselineLeavesWork(keyResult, await earliestReports(tx, made.keyResultId), made)
}

/** What the audit keeps of a check-in: which fields it filled, and a salted hash of them. */
export function traceOf(checkIn: CheckIn, salt: Buffer): { fields: string[]; hash: Buffer } {
  const fields = FIELDS.filter((field) => checkIn[field] !== null)
  return { fields, hash: saltedHash(salt, checkIn) }
}

const FIELDS = [
  'value',
  'stepsDone',
  'done',
  'evidence',
  'confidence',
  'note',
  'blockers',
  'measuredOn',
  'correctsId',
] as const

/** The value that an owner reported last and that stands, in millionths; null when none does. */
export async function lastValueOf(context: Context, keyResultId: KeyResultId): Promise<bigint | null> {
  const last = await lastReport(context.tx, keyResultId)
  return last ? units(last.value) : null
}

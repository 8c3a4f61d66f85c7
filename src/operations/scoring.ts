import type * as z from 'zod'
import type { Cycle } from '#domain/cycle.ts'
import type { Day } from '#domain/day.ts'
import { type Decimal, ratioText, ratioUnits, units } from '#domain/decimal.ts'
import type { KeyResultId } from '#domain/id.ts'
import { invalid } from '#domain/problem.ts'
import { figures } from '#domain/roll-up.ts'
import { meanScore, suggestedScore } from '#domain/score.ts'
import { reportedUpTo } from '#store/check-ins.ts'
import { contributorOf, type KeyResult, loadKeyResults, measureOf } from '#store/key-results.ts'
import { contributionsFrom, contributionsTo } from '#store/links.ts'
import type { suggestion } from './declared/life.ts'
import type { Context } from './operation.ts'

type Suggestion = z.output<typeof suggestion>

/** What Key Results of one cycle would score: by what was measured up to the deadline, and by all that was measured. */
export async function suggestionsFor(
  context: Context,
  keyResults: readonly KeyResult[],
  cycle: Cycle,
): Promise<Suggestion[]> {
  const found: Suggestion[] = []
  for (const keyResult of keyResults) {
    const progress = async (day: Day | null) => {
      const score = suggestedScore(await progressUpTo(context, keyResult, cycle, day))
      return score === null ? null : ratioText(score)
    }
    found.push({
      keyResultId: keyResult.id,
      score: await progress(keyResult.deadline),
      withLate: await progress(null),
    })
  }
  return found
}

async function progressUpTo(
  { tx, today }: Context,
  keyResult: KeyResult,
  cycle: Cycle,
  day: Day | null,
): Promise<bigint | null> {
  const links = (await contributionsTo(tx, [keyResult.id])).filter((link) => link.state === 'accepted' && link.counts)
  const rows = await loadKeyResults(
    tx,
    links.map((link) => link.fromId),
  )
  const children = links.flatMap((link) => {
    const child = rows.get(link.fromId)
    return child ? [contributorOf(child, link)] : []
  })
  const until = keyResult.deadline === null || today < keyResult.deadline ? today : keyResult.deadline
  const span = { from: keyResult.startsOn ?? cycle.startsOn, to: until }
  return figures(measureOf(keyResult), await reportedUpTo(tx, keyResult.id, day), children, span).progress
}

/** The score of an Objective whose Key Results have these: those that count through another of its own aside. */
export async function objectiveScore(
  { tx }: Context,
  keyResults: readonly (Pick<KeyResult, 'id' | 'weight' | 'conforms'> & { score: string | null })[],
): Promise<Decimal | null> {
  const through = await contributionsFrom(
    tx,
    keyResults.map(({ id }) => id),
  )
  const scored = new Set(keyResults.filter(({ score }) => score !== null).map(({ id }) => id))
  const counted = (id: KeyResultId) =>
    through.some(
      (link) =>
        link.fromId === id &&
        link.state === 'accepted' &&
        link.rollUp !== 'shown' &&
        link.counts &&
        scored.has(link.toId),
    )
  const score = meanScore(
    keyResults
      .filter(({ id, conforms }) => conforms && !counted(id))
      .map((one) => ({ score: one.score === null ? null : ratioUnits(one.score), weight: units(one.weight) })),
  )
  return score === null ? null : ratioText(score)
}

export type Verdict = { score?: Decimal | undefined; note?: string | null | undefined }

/** What is kept: the score that was suggested, or another one with its note. */
export function scored(
  { score, note }: Verdict,
  suggested: Decimal | null,
  base = '',
): { score: Decimal | null; scoreNote: string | null } {
  if (score !== undefined && score !== suggested && !note)
    invalid(`${base}/note`, 'score.note-missing', { suggested: suggested ?? '–' })
  return { score: score ?? suggested, scoreNote: note ?? null }
}

/** Of the two the one that whoever closes goes by. */
export function goneBy(suggestion: Omit<Suggestion, 'keyResultId'>, countLate: boolean | undefined): Decimal | null {
  return countLate ? suggestion.withLate : suggestion.score
}

import type * as z from 'zod'
import { type Decimal, ONE, ratioText, ratioUnits, units } from '#domain/decimal.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { countsInMean, objectiveMean, standsInMean, type Weighed } from '#domain/roll-up.ts'
import { expectedScore, type Judgeable, statusOf } from '#domain/status.ts'
import { absencesAmong } from '#store/absences.ts'
import { type KeyResultWithFigures, keyResultsUnder } from '#store/key-results.ts'
import { alignedInMeans, contributionsFrom } from '#store/links.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { type Cycle, cyclesOf } from '#store/people.ts'
import type { status } from './declared/statuses.ts'
import { judgeableOf } from './judging.ts'
import type { Context } from './operation.ts'

/** What an Objective's Key Results say of it together. */
export type ObjectiveJudgement = {
  pace: Decimal | null
  confidence: Decimal | null
  status: z.output<typeof status>
}

type Member = Weighed & Pick<Judgeable, 'pace' | 'confidence' | 'missed' | 'completes'>

/** Of these Objectives, by id. */
export async function objectiveJudgements(
  context: Context,
  rows: readonly ObjectiveWithFigures[],
): Promise<Map<ObjectiveId, ObjectiveJudgement>> {
  const ids = rows.map((row) => row.id)
  const below = context.settings.includeAligned ? await alignedInMeans(context.tx, ids) : []
  const all = [...new Set([...ids, ...below.map((step) => step.belowId)])]
  const cycles = await cyclesOf(context.tx, all)
  const members = await membersOf(context, all, cycles)
  const aligned = Map.groupBy(below, (step) => step.aboveId)
  const paces = new Map<ObjectiveId, bigint | null>()

  /** Of its Key Results and, where they count, of the Objectives aligned to it. No ring: alignments have none. */
  function paceOf(id: ObjectiveId): bigint | null {
    const known = paces.get(id)
    if (known !== undefined) return known
    const beside = (aligned.get(id) ?? []).map((step) => asMember(paceOf(step.belowId)))
    const pace = objectiveMean([...(members.get(id) ?? []), ...beside], (member) => member.pace)
    paces.set(id, pace)
    return pace
  }
  return new Map(
    rows.map((row) => {
      const counting = (members.get(row.id) ?? []).filter(countsInMean)
      return [row.id, judged(context, row, { pace: paceOf(row.id), counting, cycle: cycles.get(row.id) as Cycle })]
    }),
  )
}

/** An aligned Objective in the mean of the one above. Its own progress is in the figures already. */
function asMember(pace: bigint | null): Member {
  const stands = { state: 'published', conforms: true, countedThrough: false } as const
  return { ...stands, progress: pace, pace, weight: ONE, confidence: null, missed: 0, completes: false }
}

async function membersOf(
  context: Context,
  ids: readonly ObjectiveId[],
  cycles: ReadonlyMap<ObjectiveId, Cycle>,
): Promise<Map<ObjectiveId, Member[]>> {
  const rows = await keyResultsUnder(context.tx, ids)
  const links = await contributionsFrom(
    context.tx,
    rows.map((row) => row.id),
  )
  const away = await absencesAmong(context.tx, [...new Set(rows.map((row) => row.ownerId))])
  const standing = new Set(rows.filter((row) => standsInMean(weighed(row))).map((row) => row.id))
  const through = new Set(
    links
      .filter((link) => link.withinObjective && link.state === 'accepted' && link.rollUp !== 'shown')
      .filter((link) => link.counts && standing.has(link.toId))
      .map((link) => link.fromId),
  )
  const members = rows.map((row): [ObjectiveId, Member] => {
    const { pace, confidence, missed, completes } = judgeableOf(
      context,
      row,
      cycles.get(row.objectiveId) as Cycle,
      away.get(row.ownerId) ?? [],
    )
    return [
      row.objectiveId,
      { ...weighed(row), countedThrough: through.has(row.id), pace, confidence, missed, completes },
    ]
  })
  return new Map([...Map.groupBy(members, ([id]) => id)].map(([id, pairs]) => [id, pairs.map(([, member]) => member)]))
}

function weighed(row: KeyResultWithFigures) {
  const progress = row.progress === null ? null : ratioUnits(row.progress)
  return { progress, weight: units(row.weight), state: row.state, conforms: row.conforms }
}

type Together = { pace: bigint | null; counting: readonly Member[]; cycle: Cycle }

function judged(context: Context, row: ObjectiveWithFigures, { pace, counting, cycle }: Together): ObjectiveJudgement {
  const confidence = objectiveMean(counting, (member) => member.confidence)
  const judgeable: Judgeable = {
    state: row.state,
    startsOn: cycle.startsOn,
    progress: row.progress === null ? null : ratioUnits(row.progress),
    pace,
    confidence,
    // Silent when all that count are: it has missed as many windows as the one that missed the fewest.
    missed: counting.length === 0 ? 0 : Math.min(...counting.map((member) => member.missed)),
    completes: counting.every((member) => member.completes),
    score: row.score === null ? null : ratioUnits(row.score),
    expected: expectedScore({ ambition: row.ambition, measure: null }, context.settings),
    override: null,
  }
  const found = statusOf(judgeable, context.today, context.settings)
  return {
    pace: pace === null ? null : ratioText(pace),
    confidence: confidence === null ? null : ratioText(confidence),
    status: found && { ...found, overridden: null },
  }
}

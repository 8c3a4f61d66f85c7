import { whyNotRollUp } from '#domain/contribution.ts'
import type { Decimal } from '#domain/decimal.ts'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { whyNotFit } from '#domain/objective.ts'
import { breaks } from '#domain/problem.ts'
import { weightOf } from '#domain/settings.ts'
import { alsoSupportsOnTheLine } from '#store/also-supports.ts'
import { alignmentsApart, contributionsOffTheLine, keyResultsOutside } from '#store/breaks.ts'
import { holdingMeasureOf, loadKeyResults } from '#store/key-results.ts'
import { type Alignment, alignmentsOf, contributionsFrom, contributionsTo } from '#store/links.ts'
import type { Cycle } from '#store/people.ts'
import { find } from '#store/rows.ts'
import { assertNoneBreaks } from './breaking.ts'
import type { Broken } from './broken.ts'
import { keyResultsSeen } from './key-result-view.ts'
import type { WriteContext } from './operation.ts'

/** A change of what an Objective is aligned to. */
export async function assertLineStands(context: WriteContext, id: ObjectiveId, pointer: string): Promise<void> {
  await assertNoneBreaks(context, pointer, await offTheLine(context, id))
}

/** A change of an Objective's level or cycle. */
export async function assertAlignmentsStand(context: WriteContext, id: ObjectiveId, pointer: string): Promise<void> {
  await assertNoneBreaks(context, pointer, await misplaced(context, id))
}

/** A change of a Key Result's measure. */
export async function assertContributionsStand(context: WriteContext, id: KeyResultId): Promise<void> {
  await assertNoneBreaks(context, '/measure', await unlike(context, [id]))
}

/** What drafts led to may have changed while nobody else saw them: they meet it when they are published. */
export async function assertPublishedStands(
  context: WriteContext,
  id: ObjectiveId,
  keyResultIds: readonly KeyResultId[],
): Promise<void> {
  await assertNoneBreaks(context, '/', [
    ...(await misplaced(context, id)),
    ...(await offTheLine(context, id)),
    ...(await unlike(context, keyResultIds)),
  ])
}

/** A draft that something is aligned to is about to be thrown away. */
export async function assertNothingServes(context: WriteContext, id: ObjectiveId): Promise<void> {
  const links = (await alignmentsOf(context.tx, id)).filter((link) => link.state === 'accepted' && link.toId === id)
  await assertNoneBreaks(context, '/', await withWhatFollows(context, links))
}

/** Moving a cycle's days moves no deadline and ends no link: what would lie outside, or apart, is named instead. */
export async function assertCycleStands(context: WriteContext, cycle: Cycle): Promise<void> {
  await assertDeadlinesStand(context, cycle)
  await assertNoneBreaks(context, '/endsOn', await withWhatFollows(context, await alignmentsApart(context.tx, cycle)))
}

/** What is left behind from below, since contributions follow the alignment, and what is also supported on its line. */
async function offTheLine(context: WriteContext, id: ObjectiveId): Promise<Broken[]> {
  const supported = await alsoSupportsOnTheLine(context.tx, id)
  return [
    ...(await leftBehind(context, [id])),
    ...supported.map((link): Broken => ({ kind: 'also-supports', link, rule: 'no-cycles' })),
  ]
}

/** The alignments of an Objective, from below and to what is above, that level or time does not allow. */
async function misplaced(context: WriteContext, id: ObjectiveId): Promise<Broken[]> {
  const unfit: Alignment[] = []
  for (const link of await alignmentsOf(context.tx, id))
    if (link.state === 'accepted' && (await isUnfit(context, link))) unfit.push(link)
  return withWhatFollows(context, unfit)
}

async function isUnfit({ tx }: WriteContext, { fromId, toId }: Alignment): Promise<boolean> {
  const placed = async (id: ObjectiveId) => {
    const objective = await find(tx, 'objectives', id)
    const cycle = objective && (await find(tx, 'cycles', objective.cycleId))
    return objective && cycle && { ...objective, cycle }
  }
  const [below, above] = [await placed(fromId), await placed(toId)]
  if (!below || !above) return false
  return above.state === 'discarded' || whyNotFit(below, above) !== null
}

/** Without these alignments, what contributes over them is left behind as well. */
async function withWhatFollows(context: WriteContext, alignments: readonly Alignment[]): Promise<Broken[]> {
  if (alignments.length === 0) return []
  const below = [...new Set(alignments.map((link) => link.fromId))]
  return [
    ...alignments.map((link): Broken => ({ kind: 'alignment', link, rule: 'objective-aligns-to-objective' })),
    ...(await leftBehind(context, below, alignments)),
  ]
}

async function leftBehind(
  { tx, settings }: WriteContext,
  ids: readonly ObjectiveId[],
  without: readonly Alignment[] = [],
): Promise<Broken[]> {
  if (weightOf(settings, 'contribution-follows-alignment') !== 'wall') return []
  const ended = without.map((link) => link.id)
  const links = await contributionsOffTheLine(tx, ids, ended)
  return links.map((link): Broken => ({ kind: 'contribution', link, rule: 'contribution-follows-alignment' }))
}

/** The contributions of Key Results, from below and into what is above, that do not add up as their measures are. */
async function unlike({ tx, settings }: WriteContext, ids: readonly KeyResultId[]): Promise<Broken[]> {
  const links = [...(await contributionsFrom(tx, ids)), ...(await contributionsTo(tx, ids))]
  const rows = await loadKeyResults(
    tx,
    links.flatMap((link) => [link.fromId, link.toId]),
  )
  const end = (id: KeyResultId) => {
    const row = rows.get(id)
    return { measure: row ? holdingMeasureOf(row) : null, rollsUpBy: null }
  }
  return links.flatMap((link): Broken[] => {
    const terms = { rollUp: link.rollUp, share: link.share as Decimal | null }
    const why = whyNotRollUp(end(link.fromId), end(link.toId), terms, settings.units)
    // A baseline may be taken back under an average, which then stands at nothing until there is another.
    const awaitsBaseline = why?.why === 'average-start' && rows.get(link.toId)?.baseline === true
    if (link.state !== 'accepted' || why === null || awaitsBaseline) return []
    return [{ kind: 'contribution', link, rule: why.rule }]
  })
}

/** What is published is due within the cycle: of one Objective, or of all that lie in it. */
export async function assertDeadlinesStand(
  context: WriteContext,
  cycle: Cycle,
  objectiveId?: ObjectiveId,
): Promise<void> {
  const outside = await keyResultsOutside(context.tx, cycle, objectiveId)
  if (outside.length === 0) return
  const seen = await keyResultsSeen(
    context,
    outside.map(({ id }) => id),
  )
  const named = outside.filter(({ id }) => seen.has(id))
  breaks(
    'time-bound',
    'would-lie-outside',
    { keyResult: named[0]?.title ?? '…', count: outside.length },
    { details: { keyResultIds: named.map(({ id }) => id) } },
  )
}

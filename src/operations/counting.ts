import { type Answers, correctionBy, type Parts, standsAt } from '#domain/already.ts'
import type { KeyResultId } from '#domain/id.ts'
import { isFrozen } from '#domain/life.ts'
import { isMetric, type Metric } from '#domain/measure.ts'
import { adds } from '#domain/roll-up.ts'
import { contributorOf, holdingMeasureOf, type KeyResultWithFigures, loadKeyResults } from '#store/key-results.ts'
import { type Contribution, contributionsTo } from '#store/links.ts'
import { lastValueOf } from './correcting.ts'
import type { Context } from './operation.ts'

/** Of one child: a link that ceases to count and one that begins to, into the same parent or from one to another. */
export type Turn = { ended: Contribution | null; begun: Contribution | null }

/** A parent that such a turn moves, and that has reports which may contain the child's part. Values in millionths. */
export type Place = Turn & { parent: KeyResultWithFigures; measure: Metric; parts: Parts; reported: bigint }

/** Where a turn has to be asked about. */
export async function placesOf(context: Context, turn: Turn): Promise<Place[]> {
  const parents = new Set([turn.ended, turn.begun].flatMap((link) => (link ? [link.toId] : [])))
  const places: Place[] = []
  for (const id of parents) {
    const place = await placeOf(context, id, turn)
    if (place) places.push(place)
  }
  return places
}

async function placeOf(context: Context, id: KeyResultId, turn: Turn): Promise<Place | null> {
  const ended = turn.ended?.toId === id ? turn.ended : null
  const begun = turn.begun?.toId === id ? turn.begun : null
  const reported = await lastValueOf(context, id)
  if (reported === null) return null
  const rows = await loadKeyResults(context.tx, [id, ...[ended, begun].flatMap((link) => (link ? [link.fromId] : []))])
  const parent = rows.get(id)
  const measure = parent ? holdingMeasureOf(parent) : null
  if (!parent || !isMetric(measure)) return null
  const part = (link: Contribution | null) => (link ? partOf(link, measure, rows.get(link.fromId)) : null)
  const parts = { ending: part(ended), beginning: part(begun) }
  if (parts.ending === null && parts.beginning === null) return null
  return { ended, begun, parent, measure, parts, reported }
}

/** What a summing child adds right now; null where nothing is summed or the child does not count. */
function partOf(link: Contribution, into: Metric, child: KeyResultWithFigures | undefined): bigint | null {
  if (link.rollUp !== 'sum' || !link.counts || !child || child.state === 'draft' || !child.conforms) return null
  return adds(into, contributorOf(child, link))
}

/** By how much the parent moves with these answers, in its unit; what is frozen does not. */
export async function movesBy(context: Context, place: Place, answers: Answers): Promise<bigint> {
  const { ended, begun, parent, measure, parts, reported } = place
  if (isFrozen(parent.state)) return 0n
  const before = (await contributionsTo(context.tx, [parent.id])).filter(
    (link) => link.state === 'accepted' && link.counts && link.id !== begun?.id,
  )
  const after = [...before.filter((link) => link.id !== ended?.id), ...(begun ? [begun] : [])]
  const rows = await loadKeyResults(
    context.tx,
    [...before, ...after].map((link) => link.fromId),
  )
  const children = (links: Contribution[]) =>
    links.flatMap((link) => {
      const child = rows.get(link.fromId)
      return child ? [contributorOf(child, link)] : []
    })
  const then = standsAt(measure, reported + correctionBy(parts, answers), children(after))
  return then - standsAt(measure, reported, children(before))
}

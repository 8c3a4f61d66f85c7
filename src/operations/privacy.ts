import type { Already } from '#domain/already.ts'
import type { ObjectiveId } from '#domain/id.ts'
import type { Visibility } from '#domain/objective.ts'
import { invalid, type Repair } from '#domain/problem.ts'
import { type Contribution, contributionsLeaving } from '#store/links.ts'
import { update } from '#store/rows.ts'
import { turnOver } from './contributing.ts'
import { keyResultsSeen } from './key-result-view.ts'
import type { WriteContext } from './operation.ts'

type Privacy = { visibility: Visibility; counts: boolean }

/**
 * Whether it counts towards what others see, after a write. Only what is private may be kept from counting; what is
 * opened to everyone counts again.
 */
export function countsAfter(
  before: Privacy,
  patch: { visibility?: Visibility | undefined; counts?: boolean | undefined },
): boolean {
  const visibility = patch.visibility ?? before.visibility
  if (visibility === 'named') return patch.counts ?? before.counts
  if (patch.counts === false) invalid('/counts', 'objective.counts.not-private')
  return true
}

/** Its contributions to Key Results elsewhere begin or end to count with it: what reports contain of them is asked. */
export async function recount(
  context: WriteContext,
  id: ObjectiveId,
  counts: boolean,
  already: Already | undefined,
): Promise<void> {
  const links = await contributionsLeaving(context.tx, id)
  const turns = links
    .filter((link) => link.state === 'accepted')
    .map((link) => (counts ? { ended: null, begun: { ...link, counts } } : { ended: link, begun: null }))
  await turnOver(context, turns, already, async () => {
    for (const link of links) await update(context.tx, 'contributions', link, { counts })
  })
}

/**
 * One combined figure can reveal a single private number: where a private Objective's Key Results count towards others',
 * whoever has made it so is told, and how to keep it from counting.
 */
export async function privacyNotices(context: WriteContext, objective: Privacy & { id: ObjectiveId }) {
  if (objective.visibility === 'everyone' || !objective.counts) return []
  const links = (await contributionsLeaving(context.tx, objective.id)).filter(isCounting)
  const seen = await keyResultsSeen(context, [...new Set(links.map((link) => link.toId))])
  if (seen.size === 0) return []
  const repair: Repair = {
    method: 'PATCH',
    path: `/v1/objectives/${objective.id}`,
    headers: { 'if-match': '*' },
    // What it has added leaves with it: what stayed in the reports above would be as private.
    body: { counts: false, already: 'additional', reason: 'objective.private.does-not-count' },
    reason: { key: 'repair.does-not-count' },
  }
  return [{ reason: { key: 'objective.private.figure-shows', values: { count: seen.size } }, repairs: [repair] }]
}

function isCounting(link: Contribution): boolean {
  return link.state === 'accepted' && link.rollUp !== 'shown'
}

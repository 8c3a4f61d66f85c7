import type { ObjectiveId } from '#domain/id.ts'
import { alignmentsFrom } from '#store/links.ts'
import { makeRoom, settle } from '#store/settle.ts'
import { executeIn } from '#store/statement.ts'
import type { WriteContext } from './operation.ts'

/** Recomputes what moved so far, where the answer itself tells of it. What else moves is settled before the commit. */
export async function settleNow(context: WriteContext): Promise<void> {
  const { tx, dirty } = context
  await markAbove(context)
  const execute = executeIn(tx.db)
  await makeRoom(execute, tx.organizationId, dirty)
  await settle(execute, tx.organizationId, dirty)
  dirty.keyResults.clear()
  dirty.objectives.clear()
}

/** Where an organization counts aligned Objectives, what is written about one of them moves what it is aligned to. */
async function markAbove({ tx, organization, dirty }: WriteContext): Promise<void> {
  if (organization.settings.includeAligned !== true) return
  const { entries } = tx.recorder
  const links = entries.filter(({ noun }) => noun === 'alignments')
  for (const { before, after } of links) dirty.objectives.add((after ?? before)?.toId as ObjectiveId)
  const written = entries.filter(({ noun }) => noun === 'objectives').map(({ id }) => id as ObjectiveId)
  for (const { toId } of await alignmentsFrom(tx, [...new Set(written)])) dirty.objectives.add(toId)
}

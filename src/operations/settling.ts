import { makeRoom, settle } from '#store/settle.ts'
import { executeIn } from '#store/statement.ts'
import type { WriteContext } from './operation.ts'

/** Recomputes what moved so far, where the answer itself tells of it. What else moves is settled before the commit. */
export async function settleNow(context: WriteContext): Promise<void> {
  const { tx, dirty } = context
  const execute = executeIn(tx.db)
  await makeRoom(execute, tx.organizationId, dirty)
  await settle(execute, tx.organizationId, dirty)
  dirty.keyResults.clear()
  dirty.objectives.clear()
}

import type { Cycle } from '#domain/cycle.ts'
import { breaks } from '#domain/problem.ts'
import type { State } from '#domain/roll-up.ts'
import type { WriteContext } from './operation.ts'

/** Rule `history-is-kept`: nothing published is silently rewritten once its cycle has begun. */
export function assertReasonGiven(
  context: WriteContext,
  thing: { state: State },
  cycle: Pick<Cycle, 'startsOn'>,
  patch: object,
): void {
  if (thing.state !== 'published' || context.today < cycle.startsOn || context.reason !== null) return
  if (Object.keys(patch).length === 0) return
  breaks(
    'history-is-kept',
    'no-reason',
    {},
    { errors: [{ pointer: '/reason', reason: { key: 'rule.history-is-kept.no-reason' } }] },
  )
}

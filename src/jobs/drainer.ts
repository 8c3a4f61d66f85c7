import type { OrganizationId } from '#domain/id.ts'
import type { Drainer } from '#operations/services.ts'
import { allOrganizations, drain, needsDrain } from '#store/drain.ts'
import type { Store } from '#store/store.ts'

/** Milliseconds between two drains of an organization under load. */
const PACE = 150

/**
 * Rolls up what was reported, organization by organization, soon after it was committed. `sweep` finds what another
 * server, or this one before it fell, has left; `drain` is for tests, which have no timers.
 */
export function startDrainer(
  store: Store,
  log: { error(details: unknown, message: string): void },
): Drainer & {
  drain(organizationId: OrganizationId): Promise<void>
  sweep(): Promise<void>
  stop(): Promise<void>
} {
  const runs = new Map<OrganizationId, Promise<void>>()
  const timers = new Map<OrganizationId, NodeJS.Timeout>()
  let stopped = false

  async function drainAll(organizationId: OrganizationId): Promise<void> {
    while ((await drain(store, organizationId)) >= 8192);
  }

  /** One run at a time; whoever comes during a run waits for the next, which sees what they committed. */
  function run(organizationId: OrganizationId): Promise<void> {
    const running = runs.get(organizationId)
    const next = (running ?? Promise.resolve()).catch(() => {}).then(() => drainAll(organizationId))
    runs.set(organizationId, next)
    const clear = () => runs.get(organizationId) === next && runs.delete(organizationId)
    next.then(clear, clear)
    return next
  }

  const waiting = new Map<OrganizationId, Promise<void>>()
  function settledSoon(organizationId: OrganizationId): Promise<void> {
    const shared = waiting.get(organizationId)
    if (shared) return shared
    const running = runs.get(organizationId)
    const started = (running ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        waiting.delete(organizationId)
        return run(organizationId)
      })
    waiting.set(organizationId, started)
    return started
  }

  function wake(organizationId: OrganizationId, delay = PACE): void {
    if (stopped || timers.has(organizationId)) return
    timers.set(
      organizationId,
      setTimeout(() => {
        timers.delete(organizationId)
        settledSoon(organizationId).catch((error: unknown) => {
          log.error({ error, organizationId }, 'A drain failed; it will be tried again')
          wake(organizationId, 2000)
        })
      }, delay),
    )
  }

  return {
    wake: (organizationId) => wake(organizationId),
    settled: async (organizationId, atMost) => {
      const done = settledSoon(organizationId).catch(() => {})
      if (atMost === undefined) return done
      let timer: NodeJS.Timeout | undefined
      await Promise.race([done, new Promise<void>((resolve) => (timer = setTimeout(resolve, atMost)))])
      clearTimeout(timer)
    },
    drain: settledSoon,
    sweep: async () => {
      for (const organizationId of await allOrganizations(store))
        if (await needsDrain(store, organizationId)) wake(organizationId, 0)
    },
    stop: async () => {
      stopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.allSettled(runs.values())
    },
  }
}

import type { OrganizationId } from '#domain/id.ts'
import type { Services } from '#operations/services.ts'
import { pastMidnight } from '#store/organizations.ts'
import { letGo } from './leaving.ts'

/** Milliseconds between two looks at the clocks of all organizations. */
const PACE = 20_000

/**
 * Reckons each organization's day soon after it has ended there, and lets go who left with it. A read or a write that
 * comes earlier reckons it too, and a write lets go; this is for the organizations in which nobody is awake.
 */
export function startMidnight(
  services: Services,
  drain: (organizationId: OrganizationId) => Promise<void>,
  log: { error(details: unknown, message: string): void },
): { stop(): void } {
  const timer = setInterval(() => void turn(), PACE)
  timer.unref()

  async function turn(): Promise<void> {
    try {
      for (const organizationId of await pastMidnight(services.store)) await drain(organizationId)
      await letGo(services, log)
    } catch (error) {
      log.error({ error }, 'A day could not be reckoned; it will be tried again')
    }
  }

  return { stop: () => clearInterval(timer) }
}

import { dayAt } from '#domain/day.ts'
import { leaveDue } from '#operations/leaving.ts'
import type { Services } from '#operations/services.ts'
import { everyOrganization } from '#store/organizations.ts'
import { dueToLeave } from '#store/reporting-line.ts'

type Log = { error(details: unknown, message: string): void }

/** In every organization: whoever's last day is over has left, and what they held has passed on. */
export async function leaveEverywhere(services: Services, log: Log): Promise<void> {
  const { store, drainer, clock } = services
  for (const { id, timeZone } of await everyOrganization(store)) {
    const today = dayAt(clock().toISOString(), timeZone)
    try {
      // Looking takes nothing from anybody; a write waits its turn among the organization's others.
      if ((await store.read(id, (tx) => dueToLeave(tx, today))).length === 0) continue
      await store.write(id, (tx) => leaveDue(services, tx, today))
      drainer.wake(id)
    } catch (error) {
      log.error({ error, organizationId: id }, 'Somebody has left, and what they held could not be passed on yet')
    }
  }
}

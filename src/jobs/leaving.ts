import { dayAt } from '#domain/day.ts'
import type { OrganizationId } from '#domain/id.ts'
import { leaveDue } from '#operations/leaving.ts'
import type { Services } from '#operations/services.ts'
import { allOrganizations } from '#store/drain.ts'
import { findOrganization } from '#store/organizations.ts'
import { dueToLeave } from '#store/reporting-line.ts'
import type { Tx } from '#store/store.ts'

type Log = { error(details: unknown, message: string): void }

/** Whoever's last day is over has left, in one organization: what they held has passed on. */
export async function letGo(services: Services, organizationId: OrganizationId): Promise<void> {
  const { store, drainer } = services
  // Looking takes nothing from anybody; a write waits its turn among the organization's others.
  const isDue = await store.read(organizationId, async (tx) => (await dueToLeave(tx, await todayIn(tx))).length > 0)
  if (!isDue) return
  await store.write(organizationId, async (tx) => leaveDue(services, tx, await todayIn(tx)))
  drainer.wake(organizationId)
}

export async function letGoEverywhere(services: Services, log: Log): Promise<void> {
  for (const organizationId of await allOrganizations(services.store)) {
    try {
      await letGo(services, organizationId)
    } catch (error) {
      log.error({ error, organizationId }, 'Somebody has left, and what they held could not be passed on yet')
    }
  }
}

async function todayIn(tx: Tx): Promise<string> {
  return dayAt(tx.now, (await findOrganization(tx))?.timeZone ?? 'UTC')
}

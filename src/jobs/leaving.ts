import { dayAt } from '#domain/day.ts'
import type { OrganizationId } from '#domain/id.ts'
import { leaveDue } from '#operations/leaving.ts'
import type { Services } from '#operations/services.ts'
import { findOrganization, withWhoLeft } from '#store/organizations.ts'

type Log = { error(details: unknown, message: string): void }

/** In every organization, whoever's last day is over has left: what they held passes on. */
export async function letGo(services: Services, log: Log): Promise<void> {
  for (const organizationId of await withWhoLeft(services.store)) {
    try {
      await letGoIn(services, organizationId)
    } catch (error) {
      log.error({ error, organizationId }, 'Somebody has left, and what they held could not be passed on yet')
    }
  }
}

async function letGoIn(services: Services, organizationId: OrganizationId): Promise<void> {
  await services.store.write(organizationId, async (tx) => {
    const organization = await findOrganization(tx)
    if (organization) await leaveDue(services, tx, dayAt(tx.now, organization.timeZone))
  })
  services.drainer.wake(organizationId)
}

import { findLink } from '#store/one-time-links.ts'
import { isEmpty } from '#store/organizations.ts'
import { guarded } from './guessing.ts'
import type { Services } from './services.ts'

const PURPOSES = ['sign-in', 'set-up'] as const

/** What a one-time link would do if it were used now; null: nothing any more. Looking uses nothing up. */
export async function lookAtLink(
  services: Services,
  token: string,
  address: string,
): Promise<{ opens: (typeof PURPOSES)[number] | null }> {
  const { store, clock } = services
  const now = clock().toISOString()
  const opens = await guarded(services, { email: null, address }, async () => {
    const links = await Promise.all(PURPOSES.map((purpose) => findLink(store.db, token, purpose, now)))
    return PURPOSES[links.findIndex((link) => link !== undefined)]
  })
  return { opens }
}

/** Whether there is an organization that one could sign in to. */
export async function lookAtInstallation({ store }: Services): Promise<{ empty: boolean }> {
  return { empty: await isEmpty(store) }
}

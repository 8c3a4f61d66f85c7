import { refuse } from '#domain/problem.ts'
import type { Origin } from '#platform/identity.ts'
import type { Callers } from './callers.ts'
import { guarded } from './guessing.ts'
import type { Services } from './services.ts'

export type SignedIn = { cookies: string[]; organizationId: string; personId: string }

/** By e-mail address and password. What is wrong is not said, nor whether there is such an account. */
export async function signIn(
  services: Services,
  callers: Callers,
  credentials: { email: string; password: string },
  origin: Origin,
): Promise<SignedIn> {
  const who = { email: credentials.email, address: origin.address }
  const signedIn = await guarded(services, who, async () => {
    const started = await services.identity.signIn(credentials, origin)
    return started && (await admit(services, callers, started.cookies))
  })
  return signedIn ?? refuse({ kind: 'unauthenticated', rule: 'wrong-credentials' })
}

/** A session is worth something where its account is still somebody; else it ends at once. */
export async function admit(services: Services, callers: Callers, cookies: string[]): Promise<SignedIn | null> {
  const cookie = cookies.map((line) => line.split(';', 1)[0]).join('; ')
  const found = await services.identity.sessionOf(cookie)
  const actor = found && (await callers.bySession(found.session, null))
  if (actor?.personId) return { cookies, organizationId: actor.organizationId, personId: actor.personId }
  await services.identity.endSession(cookie)
  return null
}

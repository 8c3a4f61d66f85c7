import { invalid, refuse } from '#domain/problem.ts'
import type { Origin, Session } from '#platform/identity.ts'
import { membershipsOf } from '#store/memberships.ts'
import type { Callers } from './callers.ts'
import { guarded } from './guessing.ts'
import type { Services } from './services.ts'
import { admit, type SignedIn } from './sign-in.ts'

const HOUR = 60 * 60 * 1000

/** Sets a password, ends every session of the account, and begins a new one. */
export async function setPassword(
  services: Services,
  callers: Callers,
  { current, password }: { current?: string | undefined; password: string },
  origin: Origin,
): Promise<SignedIn> {
  const { identity } = services
  const found = origin.cookie === undefined ? null : await identity.sessionOf(origin.cookie)
  if (!found) unauthenticated()
  const { session } = found
  if (current === undefined) await assertByLink(services, session)
  else await assertKnown(services, session, current, origin)
  await identity.setPassword(session.accountId, password)
  await identity.endAllSessions(session.accountId)
  const reach = current === undefined ? session.organizationId : null
  const cookies = await identity.startSession(session.accountId, reach, { ...origin, cookie: undefined })
  return (await admit(services, callers, cookies)) ?? unauthenticated()
}

/**
 * Whoever has just come by a link needs to know no password: the link is how a forgotten one is replaced. Not where the
 * account belongs to other organizations too, whose administrators have not made that link.
 */
async function assertByLink({ store, identity }: Services, session: Session): Promise<void> {
  const memberships = await membershipsOf(store, session.accountId)
  const alone = memberships.every((one) => one.organizationId === session.organizationId)
  // By the real clock: sessions have no other.
  if (alone && Date.now() - session.createdAt.getTime() < HOUR) return
  if (await identity.hasPassword(session.accountId)) invalid('/current', 'field.missing')
  refuse({ kind: 'refused', rule: 'fresh-link-needed' })
}

async function assertKnown(services: Services, session: Session, current: string, origin: Origin): Promise<void> {
  const who = { email: session.email, address: origin.address }
  const known = await guarded(services, who, async () =>
    (await services.identity.knowsPassword(session.accountId, current)) ? true : null,
  )
  if (!known) refuse({ kind: 'refused', rule: 'wrong-password', errors: [WRONG] })
}

const WRONG = { pointer: '/current', reason: { key: 'field.wrong-password' } }

function unauthenticated(): never {
  refuse({ kind: 'unauthenticated', rule: 'unauthenticated' })
}

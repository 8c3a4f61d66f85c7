import type { OrganizationId, PersonId } from '#domain/id.ts'
import { refuse } from '#domain/problem.ts'
import { addLink } from '#store/one-time-links.ts'
import { note } from '#store/rows.ts'
import type { Tx } from '#store/store.ts'
import * as declared from './declared/people.ts'
import { writing } from './operation.ts'
import { isActive, thePerson } from './resolve.ts'
import type { Services } from './services.ts'

const HOUR = 60 * 60 * 1000

/** Long enough for a message that is read on the next working day after a weekend. */
const SIGN_IN_HOURS = 72
const SET_UP_HOURS = 24

export const makeSignInLink = writing(declared.makeSignInLink, {
  subject: async (context, { params }) => ({ relations: [], person: await thePerson(context, params.id) }),
  run: async ({ tx, services, today }, _, { person }) => {
    if (!isActive(person, today)) refuse({ kind: 'refused', rule: 'person-left' })
    if (person.email === null) refuse({ kind: 'refused', rule: 'person-without-email' })
    // Nothing about the person changes, but that somebody can now sign in as them has to be on record.
    note(tx, { noun: 'people', id: person.id, before: person, after: person })
    return await signInLink(services, tx, tx.organizationId, person.id)
  },
})

/** A link by which one person signs in, once. Whoever makes it says so in the audit. */
export async function signInLink(
  { randomBytes, publicUrl }: Services,
  { db, now }: Pick<Tx, 'db' | 'now'>,
  organizationId: OrganizationId,
  personId: PersonId,
): Promise<{ url: string; expiresAt: string }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = later(now, SIGN_IN_HOURS)
  await addLink(db, token, { purpose: 'sign-in', organizationId, personId, createdAt: now, expiresAt })
  return { url: `${publicUrl}/link#${token}`, expiresAt }
}

/** The link on the console of a server that has no organization yet. */
export async function setUpLink({
  store,
  clock,
  randomBytes,
  publicUrl,
}: Services): Promise<{ url: string; expiresAt: string }> {
  const token = randomBytes(32).toString('base64url')
  const now = clock().toISOString()
  const expiresAt = later(now, SET_UP_HOURS)
  await addLink(store.db, token, { purpose: 'set-up', organizationId: null, personId: null, createdAt: now, expiresAt })
  return { url: `${publicUrl}/set-up#${token}`, expiresAt }
}

function later(now: string, hours: number): string {
  return new Date(Date.parse(now) + hours * HOUR).toISOString()
}

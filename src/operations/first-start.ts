import { theMachine } from '#domain/actor.ts'
import type { OrganizationId } from '#domain/id.ts'
import { hasLinkFor } from '#store/one-time-links.ts'
import { isEmpty, onlySample } from '#store/organizations.ts'
import { personByEmail } from '#store/people.ts'
import { makeSignInLink } from './declared/people.ts'
import { perform } from './perform.ts'
import { emailOf, PEOPLE, type PersonKey } from './sample/people.ts'
import { createSample } from './sample.ts'
import type { Services } from './services.ts'
import { setUpLink } from './sign-in-links.ts'

/** What a server has to say to whoever starts it, until there is an organization of theirs. */
export type Welcome = {
  /** Makes an organization of one's own. */
  setUpUrl: string
  /** Ways into the sample, each for one person and one use; none where there is no sample. */
  ways: { name: string; grade: string; url: string }[]
}

/**
 * On the very first start makes the sample company, unless it was asked to stay empty. From then on every start hands
 * out fresh ways in, as long as there is no organization of one's own: null.
 */
export async function welcome(services: Services, { empty }: { empty: boolean }): Promise<Welcome | null> {
  const { store } = services
  if ((await isEmpty(store)) && !empty && !(await hasLinkFor(store.db, 'set-up'))) await createSample(services)
  const sample = await onlySample(store)
  if (sample) return { setUpUrl: (await setUpLink(services)).url, ways: await waysInto(services, sample) }
  return (await isEmpty(store)) ? { setUpUrl: (await setUpLink(services)).url, ways: [] } : null
}

/** The sales representative, whose week shows most, and the administrator. Whoever has left or is renamed is left out. */
const SHOWN: readonly PersonKey[] = ['maya', 'ingrid']

async function waysInto(services: Services, organizationId: OrganizationId): Promise<Welcome['ways']> {
  const ways: Welcome['ways'] = []
  for (const key of SHOWN) {
    const person = await services.store.read(organizationId, (tx) => personByEmail(tx, emailOf(key)))
    if (!person || person.leftOn !== null) continue
    const request = { actor: theMachine(organizationId), params: { id: person.id }, query: {}, body: {}, headers: {} }
    const { body } = await perform(services, makeSignInLink, request)
    ways.push({ name: person.name, grade: person.grade ?? PEOPLE[key].grade, url: (body as { url: string }).url })
  }
  return ways
}

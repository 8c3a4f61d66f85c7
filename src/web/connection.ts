import { type Client, connect } from '#client/client.ts'
import { chosenOrganization } from './organization/chosen.ts'

/** The one connection of this window: as whoever is signed in, in the organization that they chose. */
export const server: Client = connect({
  fetch: (address, init) => fetch(address, { ...init, headers: { ...init?.headers, ...organizationHeader() } }),
})

function organizationHeader(): Record<string, string> {
  const id = chosenOrganization()
  return id === null ? {} : { 'throughline-organization': id }
}

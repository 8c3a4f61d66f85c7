import { PEOPLE, type PersonKey } from '#operations/sample/people.ts'
import { createSample, type Sample } from '#operations/sample.ts'
import { type Caller, type Organization, openInstallation, organizationOn } from './harness.ts'

/** Marram, the sample company, on an installation of its own: the cast of our stories, each ready to act. */
export type Company = Organization & Omit<Sample, 'organizationId'> & Record<PersonKey, Caller>

/** In the middle of the fourth quarter of 2026, unless a story needs another day. */
export async function openCompany(now = '2026-11-23T08:00:00.000Z'): Promise<Company> {
  const installation = await openInstallation(now)
  const { organizationId, ...sample } = await createSample(installation.services)
  const organization = organizationOn(installation, organizationId)
  await organization.drain()
  const cast = Object.entries(PEOPLE).map(([key, person]): [string, Caller] => [
    key,
    organization.as({ id: sample.people[key as PersonKey] }, 'role' in person ? person.role : 'member'),
  ])
  return { ...organization, ...sample, ...(Object.fromEntries(cast) as Record<PersonKey, Caller>) }
}

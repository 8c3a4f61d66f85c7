import type { OrganizationId } from '#domain/id.ts'
import { createSample } from '#operations/sample.ts'
import type { Chance } from '#test/chance.ts'
import type { House } from '../caller/house.ts'

const WHO = [
  'administrator',
  'ingrid',
  'hanna',
  'daniel',
  'maya',
  'member',
  'gro',
  'guest',
  'another',
  'nobody',
] as const
type Who = (typeof WHO)[number]

/** Callers of every kind, each with a key that is made anew when somebody has revoked it. */
export type Callers = {
  /** Mostly one who may do much: most verbs are to be carried out, not refused. */
  some(draw: Chance): Who
  /** Null for nobody. */
  key(who: Who): string | null
  renew(who: Who): Promise<void>
}

export async function openCallers(house: House): Promise<Callers> {
  const another = (await createSample(house.server.services)).organizationId
  const keys = new Map<Who, string | null>()
  async function renew(who: Who): Promise<void> {
    // Who has left, or has no address any more, keeps the key that opens nothing.
    const made = await keyOf(house, who, another).catch(() => keys.get(who) ?? null)
    keys.set(who, made)
  }
  for (const who of WHO) await renew(who)
  return {
    some: (draw) => (draw.oneIn(3) ? draw.pick(WHO) : draw.pick(['administrator', 'ingrid'] as const)),
    key: (who) => keys.get(who) ?? null,
    renew,
  }
}

async function keyOf(house: House, who: Who, another: OrganizationId): Promise<string | null> {
  if (who === 'nobody') return null
  return who === 'another' ? house.keyOf('administrator', { organization: another }) : house.keyOf(who)
}

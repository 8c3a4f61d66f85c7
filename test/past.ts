import assert from 'node:assert/strict'
import { type Day, dayAt } from '#domain/day.ts'
import { chance } from './chance.ts'
import { type Installation, openOrganization } from './harness.ts'
import { openRandomCompany } from './random-company.ts'

const DAY = 86_400_000

/**
 * A company in which everything happens by lot, day after day; what every read says at the end of each day is written
 * down, and has to be said again when that day is asked for later. Returns how many answers were compared.
 */
export async function replayed(installation: Installation, seed: number, days: number): Promise<number> {
  const organization = await openOrganization({ on: installation })
  const { administrator, clock } = organization
  const company = await openRandomCompany(organization, seed)
  const draw = chance(seed)
  const written = new Map<Day, Picture>()
  try {
    for (let count = 0; count < days; count++) {
      for (let step = draw.below(12); step > 0; step--) await company.step()
      await organization.drain()
      const today = dayAt(clock.now().toISOString(), 'Europe/Oslo')
      written.set(today, await picture(today))
      clock.pass(DAY)
    }
    const there = new Set((await picture(null)).keys())
    let compared = 0
    for (const [day, then] of written) {
      const again = await picture(day, day)
      // What was undone, or thrown away, is not there any more: nobody sees it, as of no day.
      const expected = new Map([...then].filter(([key]) => there.has(key)))
      assert.deepEqual(again, expected, `Seed ${seed}: ${day} is told otherwise`)
      compared += again.size
    }
    return compared
  } finally {
    await company.close()
  }

  /** What there is to read on a day, each thing under its address; what belongs to a thing for some of them, or for all. */
  async function picture(day: Day | null, asOf?: Day): Promise<Picture> {
    const all: Picture = new Map()
    const past = asOf === undefined ? {} : { asOf }
    const keep = (items: readonly { id: string }[], kind: string) => {
      for (const item of items) all.set(`${kind} ${item.id}`, item)
    }
    keep((await administrator.call('people.list', { limit: 200, ...past })).items, 'person')
    keep((await administrator.call('groups.list', { limit: 200, ...past })).items, 'group')
    const objectives = (await administrator.call('objectives.list', { limit: 200, ...past })).items
    keep(objectives, 'objective')
    for (const { id } of objectives.filter(({ id }) => isLookedInto(id, day)))
      keep((await administrator.call('objectives.alignments', { id, limit: 200, ...past })).items, 'alignment')
    const keyResults = (await administrator.call('key-results.list', { limit: 200, ...past })).items
    keep(keyResults, 'key result')
    for (const { id } of keyResults.filter(({ id }) => isLookedInto(id, day))) {
      keep((await administrator.call('key-results.contributions', { id, limit: 200, ...past })).items, 'contribution')
      keep((await administrator.call('check-ins.list', { id, limit: 200, ...past })).items, 'check-in')
      all.set(`line ${id}`, await administrator.call('key-results.line-of-sight', { id, ...past }))
    }
    return all
  }
}

type Picture = Map<string, unknown>

/** Another sixth of them each day. */
function isLookedInto(id: string, day: Day | null): boolean {
  return day === null || (Number.parseInt(id.slice(-6), 16) + Number(day.slice(-2))) % 6 === 0
}

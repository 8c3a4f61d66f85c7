import { type Found, joined, type Part, type Suite } from '../suite.ts'
import { acceptances } from './acceptances.ts'
import { rings } from './rings.ts'

/** 10,000 opposing pairs, 2,500 rings of three to five, and then 2,000 double acceptances. */
const RINGS = 12_500
const ACCEPTANCES = 2000

/** What two do at once, from two servers on one database. */
async function races({ from, count, ...part }: Part): Promise<Found> {
  const some = Math.min(count, Math.max(0, RINGS - from))
  const first = some > 0 ? await rings({ ...part, from, count: some }) : NOTHING
  const rest = count - some
  return joined(first, rest > 0 ? await acceptances({ ...part, from: from + some, count: rest }) : NOTHING)
}

const NOTHING: Found = { counts: {}, broken: [] }

export const suite: Suite = { count: RINGS + ACCEPTANCES, atOnce: 500, run: races }

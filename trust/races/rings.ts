import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Chance, chance } from '#test/chance.ts'
import type { Found, Part } from '../suite.ts'
import { aKeyResult, anObjective, atOnce, type Field, openField } from './field.ts'

/** So few that they come to lie above and below each other in every way, and are moved from where they lie. */
const MEMBERS = 10

/**
 * Two at once set A below B and B below A; every fifth time three to five would close a ring, each by one link. In turn
 * alignments and contributions, from two servers, while reports come in and are rolled up.
 */
export async function rings({ cluster, seed, from, count }: Part): Promise<Found> {
  const field = await openField(cluster)
  const counts = { pairs: 0, rings: 0, 'links made': 0, 'links refused': 0 }
  const broken: string[] = []
  try {
    const objectives = await members(() => anObjective(field, 'hanna'))
    const home = await anObjective(field, 'hanna')
    const keyResults = await members(() => aKeyResult(field, 'hanna', home))
    for (let round = from; round < from + count && broken.length === 0; round++) {
      const draw = chance(seed * 1_000_003 + round)
      const size = round % 5 === 4 ? 3 + draw.below(3) : 2
      const links =
        round % 2 === 0 ? alignments(field, draw, objectives, size) : contributions(field, draw, keyResults, size)
      const [answers] = await Promise.all([atOnce(field, links), ...meanwhile(field, draw, keyResults)])
      const refused = answers.flatMap(({ rule }) => rule ?? [])
      counts[size === 2 ? 'pairs' : 'rings']++
      counts['links made'] += size - refused.length
      counts['links refused'] += refused.length
      // Whatever the links before, the first of them can be made, and the last would close the ring.
      if (refused.length === 0 || refused.length === size || refused.some((rule) => rule !== 'no-cycles'))
        broken.push(`round ${round}: of ${size} links these were refused: ${refused}`)
      const cycles = await cyclesIn(field)
      if (cycles > 0) broken.push(`round ${round}: ${cycles} lie above themselves`)
    }
    const wrong = await field.wrongFigures()
    if (wrong > 0) broken.push(`${wrong} figures are wrong after round ${from + count - 1}`)
    return { counts, broken }
  } finally {
    await field.close()
  }
}

async function members<Id>(make: () => Promise<Id>): Promise<Id[]> {
  const made: Id[] = []
  while (made.length < MEMBERS) made.push(await make())
  return made
}

type Attempt = () => Promise<unknown>

function alignments(field: Field, draw: Chance, objectives: ObjectiveId[], size: number): Attempt[] {
  return ringOf(draw, objectives, size).map(
    ([id, toObjectiveId], server) =>
      () =>
        field.at(server, 'hanna').call('objectives.align', { id, toObjectiveId }),
  )
}

function contributions(field: Field, draw: Chance, keyResults: KeyResultId[], size: number): Attempt[] {
  const already = draw.pick(['included', 'additional'] as const)
  return ringOf(draw, keyResults, size).map(
    ([id, toKeyResultId], server) =>
      () =>
        field.at(server, 'hanna').call('key-results.contribute', { id, toKeyResultId, rollUp: 'sum', already }),
  )
}

/** Some of them by lot, each with the next, and the last with the first. */
function ringOf<Id>(draw: Chance, all: readonly Id[], size: number): [Id, Id][] {
  const rest = [...all]
  const some = Array.from({ length: size }, () => rest.splice(draw.below(rest.length), 1)[0] as Id)
  return some.map((one, index) => [one, some[(index + 1) % size] as Id])
}

function meanwhile(field: Field, draw: Chance, keyResults: KeyResultId[]): Promise<unknown>[] {
  const id = draw.pick(keyResults)
  return [
    ...(draw.oneIn(3)
      ? [field.at(draw.below(2), 'hanna').call('check-ins.make', { id, value: draw.below(1000) })]
      : []),
    ...(draw.oneIn(3) ? [field.drain(draw.below(2))] : []),
  ]
}

/** How many lie above themselves, over whatever counts. */
async function cyclesIn(field: Field): Promise<number> {
  const rows = await field.query<{ some: number }>(`
    with recursive step(kind, below, above) as (
      select 'alignment', from_id, to_id from alignments where state = 'accepted'
      union all select 'contribution', from_id, to_id from contributions where state = 'accepted' and roll_up <> 'shown'
    ), line(kind, below, above) as (
      select * from step
      union select line.kind, line.below, step.above from line join step on step.kind = line.kind and step.below = line.above
    )
    select count(*)::int as some from line where below = above`)
  return rows[0]?.some ?? 0
}

import { sql } from 'kysely'
import type { AlignmentId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { Alignment, Contribution } from './links.ts'
import type { Cycle } from './people.ts'
import type { Tx } from './store.ts'

/**
 * Accepted contributions from Key Results under some Objectives, or under anything below them, that do not follow the
 * alignment: the Objective they add to is neither the same nor above, leaving aside the alignments in `without`. By id.
 */
export async function contributionsOffTheLine(
  tx: Tx,
  objectiveIds: readonly ObjectiveId[],
  without: readonly AlignmentId[] = [],
): Promise<Contribution[]> {
  const { rows } = await sql<Contribution>`
    with recursive below(id) as (
      select id from unnest(${[...objectiveIds]}::uuid[]) id
      union
      select l.from_id from below join alignments l on l.organization_id = ${tx.organizationId} and l.to_id = below.id and l.state = 'accepted'
    ), links as (
      select distinct l.id, k.objective_id as here, t.objective_id as there
      from below
      join key_results k on k.organization_id = ${tx.organizationId} and k.objective_id = below.id
      join contributions l on l.organization_id = ${tx.organizationId} and l.from_id = k.id and l.state = 'accepted'
      join key_results t on t.organization_id = ${tx.organizationId} and t.id = l.to_id
      where k.objective_id <> t.objective_id
    ), above(start, id) as (
      select distinct here, here from links
      union
      select above.start, l.to_id from above join alignments l on l.organization_id = ${tx.organizationId} and l.from_id = above.id and l.state = 'accepted'
        and l.id <> all(${[...without]}::uuid[])
    )
    select l.* from links join contributions l on l.organization_id = ${tx.organizationId} and l.id = links.id
    where not exists (select from above where above.start = links.here and above.id = links.there)
    order by l.id`.execute(tx.db)
  return rows
}

/** Published Key Results whose deadline lies outside their cycle, by id: of one Objective, or of all that lie in it. */
export async function keyResultsOutside(
  tx: Tx,
  cycle: Cycle,
  objectiveId?: ObjectiveId,
): Promise<{ id: KeyResultId; title: string }[]> {
  return await tx.db
    .selectFrom('keyResults as k')
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'k.organizationId').onRef('o.id', '=', 'k.objectiveId'),
    )
    .select(['k.id', 'k.title'])
    .where('k.organizationId', '=', tx.organizationId)
    .where('o.cycleId', '=', cycle.id)
    .where('k.state', 'in', ['published', 'postponed'])
    .where('k.conforms', '=', true)
    .where((eb) => eb.or([eb('k.deadline', '<', cycle.startsOn), eb('k.deadline', '>', cycle.endsOn)]))
    .$if(objectiveId !== undefined, (query) => query.where('o.id', '=', objectiveId as ObjectiveId))
    .orderBy('k.id')
    .execute()
}

/** Accepted alignments from or to a cycle's Objectives whose two cycles share no day, by id. */
export async function alignmentsApart(tx: Tx, cycle: Cycle): Promise<Alignment[]> {
  const { rows } = await sql<Alignment>`
    select l.*
    from alignments l
    join objectives b on b.organization_id = l.organization_id and b.id = l.from_id
    join objectives a on a.organization_id = l.organization_id and a.id = l.to_id
    join cycles c on c.organization_id = l.organization_id and c.id = b.cycle_id
    join cycles d on d.organization_id = l.organization_id and d.id = a.cycle_id
    where l.organization_id = ${tx.organizationId} and l.state = 'accepted' and ${cycle.id} in (b.cycle_id, a.cycle_id)
      and (c.ends_on < d.starts_on or d.ends_on < c.starts_on)
    order by l.id`.execute(tx.db)
  return rows
}

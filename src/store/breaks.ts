import { sql } from 'kysely'
import type { ContributionId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { Tx } from './store.ts'

export type BrokenContribution = { id: ContributionId; fromId: KeyResultId; toId: KeyResultId }

/**
 * Accepted contributions from Key Results under an Objective, or under anything below it, that no longer follow the
 * alignment: the Objective they add to is neither the same nor above.
 */
export async function contributionsOffTheLine(tx: Tx, objectiveId: ObjectiveId): Promise<BrokenContribution[]> {
  const { rows } = await sql<BrokenContribution>`
    with recursive below(id) as (
      select ${objectiveId}::uuid
      union
      select l.from_id from below join alignments l on l.organization_id = ${tx.organizationId} and l.to_id = below.id and l.state = 'accepted'
    ), links as (
      select l.id, l.from_id, l.to_id, k.objective_id as here, t.objective_id as there
      from below
      join key_results k on k.organization_id = ${tx.organizationId} and k.objective_id = below.id
      join contributions l on l.organization_id = ${tx.organizationId} and l.from_id = k.id and l.state = 'accepted'
      join key_results t on t.organization_id = ${tx.organizationId} and t.id = l.to_id
      where k.objective_id <> t.objective_id
    ), above(start, id) as (
      select distinct here, here from links
      union
      select above.start, l.to_id from above join alignments l on l.organization_id = ${tx.organizationId} and l.from_id = above.id and l.state = 'accepted'
    )
    select id, from_id, to_id from links
    where not exists (select from above where above.start = links.here and above.id = links.there)`.execute(tx.db)
  return rows
}

import { sql } from 'kysely'
import type { ObjectiveId, PersonId } from '#domain/id.ts'
import type { Visibility } from '#domain/objective.ts'
import type { Tx } from './store.ts'

/** An open Objective at or below another (`aboveId`), over accepted alignments. */
export type Fitting = {
  aboveId: ObjectiveId
  id: ObjectiveId
  title: string
  visibility: Visibility
  startsOn: string
  endsOn: string
}

/** The open Objectives that a person leads, at or below each of these: where a Key Result of theirs may contribute. */
export async function ledAtOrBelow(tx: Tx, personId: PersonId, aboveIds: readonly ObjectiveId[]): Promise<Fitting[]> {
  if (aboveIds.length === 0) return []
  const { rows } = await sql<Fitting>`
    with recursive below(top, id) as (
      select id, id from unnest(${[...new Set(aboveIds)]}::uuid[]) id
      union
      select below.top, l.from_id from below
      join alignments l on l.organization_id = ${tx.organizationId} and l.to_id = below.id and l.state = 'accepted'
    )
    select b.top as above_id, o.id, o.title, o.visibility, c.starts_on, c.ends_on
    from below b
    join objectives o on o.organization_id = ${tx.organizationId} and o.id = b.id
    join cycles c on c.organization_id = o.organization_id and c.id = o.cycle_id
    where o.lead_id = ${personId} and o.state in ('draft', 'published')
    order by o.id`.execute(tx.db)
  return rows
}

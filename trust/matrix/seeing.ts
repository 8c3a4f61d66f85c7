import type { Role } from '#domain/actor.ts'
import type { Model, Row, Touched } from './model.ts'

/** Somebody in the organization: a person or a service, by their id. */
export type Somebody = { id: string; role: Role }

/**
 * Whether somebody sees a row, written from DOMAIN.md's "Who sees, who may" alone, over plain rows: no line is shared
 * with the product.
 */
export function sees(model: Model, me: Somebody, table: string, row: Row): boolean {
  switch (table) {
    case 'objectives':
      return seesObjective(model, me, row)
    case 'key_results':
      return seesKeyResult(model, me, row)
    case 'alignments':
    case 'also_supports':
      return reaches(model, me, 'objectives', row.from_id)
    case 'contributions':
      return reaches(model, me, 'key_results', row.from_id)
    case 'api_keys':
      return me.role === 'administrator' || row.person_id === me.id
    case 'changes':
      return seesChange(model, me, row)
    default:
      // What hangs on something is seen by whoever sees that.
      if (row.key_result_id != null) return reaches(model, me, 'key_results', row.key_result_id)
      if (row.objective_id != null) return reaches(model, me, 'objectives', row.objective_id)
      if (row.exploration_id != null) return reaches(model, me, 'explorations', row.exploration_id)
      return true
  }
}

function reaches(model: Model, me: Somebody, table: string, id: unknown): boolean {
  const row = model.find(table, id)
  return row !== undefined && sees(model, me, table, row)
}

function seesObjective(model: Model, me: Somebody, row: Row): boolean {
  if (row.state === 'discarded') return false
  const named = row.lead_id === me.id || (row.viewer_ids as string[]).includes(me.id)
  if (row.state === 'draft') {
    const writers = [row.lead_id, row.author_id, ...ownersIn(model, row)]
    return named || writers.some((one) => isOrManages(model, me, one)) || decidesOn(model, me, row)
  }
  if (row.visibility === 'named') return named || me.role === 'administrator' || manages(model, me, row.lead_id)
  return true
}

function seesKeyResult(model: Model, me: Somebody, row: Row): boolean {
  const home = model.find('objectives', row.objective_id)
  if (row.state === 'discarded' || !home || !seesObjective(model, me, home)) return false
  if (row.state !== 'draft') return true
  const writers = [row.owner_id, row.author_id, home.lead_id]
  return (
    writers.some((one) => isOrManages(model, me, one)) ||
    home.author_id === me.id ||
    (home.viewer_ids as string[]).includes(me.id) ||
    offeredFrom(model, 'contributions', row.id).some(
      (link) => model.find('key_results', link.to_id)?.owner_id === me.id,
    )
  )
}

/** What somebody did oneself, and what others did to something that one sees. */
function seesChange(model: Model, me: Somebody, row: Row): boolean {
  return row.actor_id === me.id || model.touched(row.id).some((touched) => seesTouched(model, me, touched))
}

/**
 * An Objective or a Key Result that was undone is not there any more, nor what hung on it. What hangs on none is
 * everybody's to know, also when it is gone; keys and services are the administrators'.
 */
function seesTouched(model: Model, me: Somebody, { table, row }: Touched): boolean {
  switch (table) {
    case 'objectives':
    case 'objective_values':
      return reaches(model, me, 'objectives', row.id)
    case 'key_results':
    case 'key_result_values':
      return reaches(model, me, 'key_results', row.id)
    case 'services':
    case 'api_keys':
      return me.role === 'administrator'
    default:
      return sees(model, me, table, model.find(table, row.id) ?? row)
  }
}

function ownersIn(model: Model, objective: Row): unknown[] {
  return model
    .rows('key_results')
    .filter((row) => row.objective_id === objective.id && row.state !== 'discarded')
    .map((row) => row.owner_id)
}

/** Whoever must decide on a link that a draft offers: the lead above, a group's for its own; the owner of what is added to. */
function decidesOn(model: Model, me: Somebody, draft: Row): boolean {
  const above = offeredFrom(model, 'alignments', draft.id).map((link) => model.find('objectives', link.to_id))
  const keyResults = model.rows('key_results').filter((row) => row.objective_id === draft.id)
  const parents = keyResults.flatMap(({ id }) =>
    offeredFrom(model, 'contributions', id).map((link) => model.find('key_results', link.to_id)),
  )
  return (
    above.some((row) => row && (row.lead_id === me.id || leadsGroupOf(model, me, row))) ||
    parents.some((row) => row?.owner_id === me.id)
  )
}

export function leadsGroupOf(model: Model, me: Somebody, objective: Row): boolean {
  return objective.level === 'group' && model.find('groups', objective.group_id)?.lead_id === me.id
}

export function offeredFrom(model: Model, table: 'alignments' | 'contributions', id: string): Row[] {
  return model.rows(table).filter((link) => link.from_id === id && link.state === 'offered')
}

function isOrManages(model: Model, me: Somebody, id: unknown): boolean {
  return id === me.id || manages(model, me, id)
}

export function manages(model: Model, me: Somebody, id: unknown): boolean {
  for (
    let person = model.find('people', id);
    person?.manager_id != null;
    person = model.find('people', person.manager_id)
  )
    if (person.manager_id === me.id) return true
  return false
}

import { type RawBuilder, sql } from 'kysely'
import { type Actor, actorId } from '#domain/actor.ts'

/**
 * Which Objectives an actor sees: the one place that says so (DOMAIN.md, Who sees). `o` is the alias of the table.
 * Published ones cost nothing; only drafts and private ones are looked at closer. No actor: whoever asks, for arithmetic
 * and for the answer to whoever has just written it.
 */
export function sees(actor: Actor | null, alias = 'o'): RawBuilder<boolean> {
  if (actor === null) return sql<boolean>`true`
  const o = sql.ref(alias)
  const me = sql`${actorId(actor)}::uuid`
  const named = sql`${o}.lead_id = ${me} or ${me} = any(${o}.viewer_ids)`
  const above = sql`manages(${o}.organization_id, ${me}, ${o}.lead_id)`
  return sql<boolean>`(case
    when ${o}.state = 'discarded' then false
    when ${o}.state = 'draft' then ${named} or ${above} or ${o}.author_id = ${me} or manages(${o}.organization_id, ${me}, ${o}.author_id)
      or ${ownsWithin(o, me)} or ${decidesOn(o, me)}
    when ${o}.visibility = 'named' then ${isLetIn(actor, alias)}
    else true end)`
}

/** Whom a private Objective is for. As long as it is a draft others see it too, but not once it is published. */
export function isLetIn(actor: Actor, alias = 'o'): RawBuilder<boolean> {
  const o = sql.ref(alias)
  const me = sql`${actorId(actor)}::uuid`
  return sql<boolean>`(${sql.lit(actor.role === 'administrator')} or ${o}.lead_id = ${me} or ${me} = any(${o}.viewer_ids)
    or manages(${o}.organization_id, ${me}, ${o}.lead_id))`
}

/** Which Key Results an actor sees, of an Objective (`o`) that they see: all but others' drafts. */
export function seesKeyResult(actor: Actor | null, keyResult = 'k', objective = 'o'): RawBuilder<boolean> {
  if (actor === null) return sql<boolean>`true`
  const k = sql.ref(keyResult)
  const o = sql.ref(objective)
  const me = sql`${actorId(actor)}::uuid`
  return sql<boolean>`(case
    when ${k}.state = 'discarded' then false
    when ${k}.state <> 'draft' then true
    else ${k}.owner_id = ${me} or ${k}.author_id = ${me} or ${o}.lead_id = ${me} or ${o}.author_id = ${me} or ${me} = any(${o}.viewer_ids)
      or manages(${k}.organization_id, ${me}, ${k}.owner_id) or manages(${k}.organization_id, ${me}, ${o}.lead_id)
      or manages(${k}.organization_id, ${me}, ${k}.author_id)
      or exists (select from contributions l join key_results t on t.organization_id = l.organization_id and t.id = l.to_id
        where l.organization_id = ${k}.organization_id and l.from_id = ${k}.id and l.state = 'offered' and t.owner_id = ${me}) end)`
}

/** Whether an actor sees what hangs on an Objective (`o`), or on a Key Result of it (`k`, null where it does not). */
export function seesPlace(actor: Actor | null): RawBuilder<boolean> {
  return sql<boolean>`(o.id is not null and ${sees(actor)} and (k.id is null or ${seesKeyResult(actor)}))`
}

/** Whoever owns a Key Result of it, and the managers above them. */
function ownsWithin(o: RawBuilder<unknown>, me: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from key_results k where k.organization_id = ${o}.organization_id and k.objective_id = ${o}.id
    and k.state <> 'discarded' and (k.owner_id = ${me} or manages(k.organization_id, ${me}, k.owner_id)))`
}

/** Whoever must decide on a link that a draft offers sees the draft: the lead above, or a group's lead for its own. */
function decidesOn(o: RawBuilder<unknown>, me: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(exists (select from alignments l join objectives t on t.organization_id = l.organization_id and t.id = l.to_id
      where l.organization_id = ${o}.organization_id and l.from_id = ${o}.id and l.state = 'offered'
        and (t.lead_id = ${me} or t.level = 'group' and exists (select from groups g
          where g.organization_id = t.organization_id and g.id = t.group_id and g.lead_id = ${me})))
    or exists (select from key_results k
      join contributions l on l.organization_id = k.organization_id and l.from_id = k.id and l.state = 'offered'
      join key_results t on t.organization_id = l.organization_id and t.id = l.to_id
      where k.organization_id = ${o}.organization_id and k.objective_id = ${o}.id and t.owner_id = ${me}))`
}

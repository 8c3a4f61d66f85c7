import { type Actor, actorId } from '#domain/actor.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { type Event, eventsAfter, lastPosition, seenOf } from '#store/changes.ts'
import type { Tx } from '#store/store.ts'

/** Up to where a listener has heard, and as whom they listen. */
export type Hearer = { actor: Actor; position: number }

export type News = {
  position: number
  changes: { operation: string; noun: string; id: string; objectiveId: ObjectiveId | null }[]
}

/** What each of them has not heard yet, as far as they see where it happened now, in one snapshot for all. */
export async function newsFor<One extends Hearer>(
  tx: Tx,
  hearers: readonly One[],
  atMost: number,
): Promise<{ news: Map<One, News>; more: boolean }> {
  const from = Math.min(...hearers.map((one) => one.position))
  const events = await eventsAfter(tx, from, atMost)
  const more = events.length === atMost
  const position = (more ? events.at(-1)?.position : undefined) ?? (await lastPosition(tx))
  const seen = await seenBy(tx, hearers, events)
  const news = new Map(
    hearers.map((one) => {
      const theirs = seen.get(keyOf(one.actor)) ?? new Set()
      const fresh = events.filter(
        (event) => event.position > one.position && (event.open || theirs.has(event.position)),
      )
      return [one, { position: Math.max(position, one.position), changes: fresh.map(told) }]
    }),
  )
  return { news, more }
}

/** For each of them once, however many windows they have open. */
async function seenBy(
  tx: Tx,
  hearers: readonly Hearer[],
  events: readonly { position: number; open: boolean }[],
): Promise<Map<string, Set<number>>> {
  const closed = events.filter((event) => !event.open).map((event) => event.position)
  const seen = new Map<string, Set<number>>()
  if (closed.length === 0) return seen
  for (const { actor } of hearers) {
    if (!seen.has(keyOf(actor))) seen.set(keyOf(actor), await seenOf(tx, actor, closed))
  }
  return seen
}

function keyOf(actor: Actor): string {
  return `${actorId(actor)} ${actor.role}`
}

function told({ operation, noun, nounId, objectiveId }: Event): News['changes'][number] {
  return { operation, noun, id: nounId, objectiveId }
}

import { type Actor, actorId } from '#domain/actor.ts'
import type { OrganizationId } from '#domain/id.ts'
import { refuse } from '#domain/problem.ts'
import { lastPosition } from '#store/changes.ts'
import type { Callers } from './callers.ts'
import { type EventLinkLog, openEventLink } from './event-link.ts'
import { type News, newsFor } from './event-news.ts'
import type { Services } from './services.ts'

export type Asker = { actor: Actor; sessionId: string | null }

/** Somebody who listens. `hear` says false when they cannot keep up. */
export type Listener = {
  begin(position: number, missed: boolean): void
  hear(news: News): boolean
  beat(): void
  end(): void
}

export type Events = {
  /** Tells what happens from `after` on, if that is not too long ago; else from now on. Returns how to stop. */
  subscribe(asker: Asker, after: number | null, listener: Listener): Promise<() => void>
  close(): Promise<void>
}

type Subscriber = Asker & { position: number; listener: Listener }

/** The listeners of one organization, who hear together. */
type Channel = { subscribers: Set<Subscriber>; timer: NodeJS.Timeout | undefined; running: boolean; due: boolean }

/** Milliseconds. Messages come at most four times a second; whoever may no longer listen is gone within two. */
const PACE = 250
const AGAIN = 1000
const RECHECK = 1500
const HEARTBEAT = 15_000

const AT_ONCE = 1000
const TOO_LONG_AGO = 10_000
const MOST = { person: 20, organization: 5000 }

export function openEvents(services: Services, callers: Callers, log: EventLinkLog): Events {
  const { store, identity } = services
  const channels = new Map<OrganizationId, Channel>()
  const everybody = () => [...channels.values()].flatMap((channel) => [...channel.subscribers])
  let link: ReturnType<typeof openEventLink> | undefined
  let closed = false
  const timers = [
    setInterval(() => void recheck(everybody()).catch(() => {}), RECHECK),
    setInterval(() => everybody().forEach((one) => void one.listener.beat()), HEARTBEAT),
  ]

  // They keep no process alive.
  for (const timer of timers) timer.unref()

  function leave(one: Subscriber): void {
    const { organizationId } = one.actor
    const channel = channels.get(organizationId)
    channel?.subscribers.delete(one)
    if (channel?.subscribers.size === 0) {
      clearTimeout(channel.timer)
      channels.delete(organizationId)
    }
  }

  function dismiss(one: Subscriber): void {
    leave(one)
    one.listener.end()
  }

  /** As they stand now: whoever was revoked or has left hears nothing more, whoever's role changed hears as that. */
  async function recheck(subscribers: readonly Subscriber[]): Promise<void> {
    const alive = await identity.alive(subscribers.flatMap(({ sessionId }) => sessionId ?? []))
    await Promise.all(
      subscribers.map(async (one) => {
        const ended = one.sessionId !== null && !alive.has(one.sessionId)
        const actor = ended ? null : await callers.again(one.actor)
        if (actor) one.actor = actor
        else dismiss(one)
      }),
    )
  }

  function wake(organizationId: OrganizationId, delay = PACE): void {
    const channel = channels.get(organizationId)
    if (!channel) return
    channel.due = true
    if (channel.running || channel.timer) return
    channel.timer = setTimeout(() => {
      channel.timer = undefined
      void tell(organizationId, channel)
    }, delay)
  }

  async function tell(organizationId: OrganizationId, channel: Channel): Promise<void> {
    channel.running = true
    channel.due = false
    let delay = PACE
    try {
      await recheck([...channel.subscribers])
      if (await deliver(organizationId, [...channel.subscribers])) channel.due = true
    } catch (error) {
      log.warn({ err: error, organizationId }, 'Changes could not be told; they will be')
      channel.due = true
      delay = AGAIN
    }
    channel.running = false
    if (channel.due) wake(organizationId, delay)
  }

  /** Whether there is more to tell. */
  async function deliver(organizationId: OrganizationId, subscribers: readonly Subscriber[]): Promise<boolean> {
    if (subscribers.length === 0) return false
    const { news, more } = await store.read(organizationId, (tx) => newsFor(tx, subscribers, AT_ONCE))
    for (const [one, fresh] of news) {
      one.position = fresh.position
      if (fresh.changes.length > 0 && !one.listener.hear(fresh)) dismiss(one)
    }
    return more
  }

  return {
    subscribe: async (asker, after, listener) => {
      const { organizationId } = asker.actor
      const channel = channels.get(organizationId) ?? {
        subscribers: new Set(),
        timer: undefined,
        running: false,
        due: false,
      }
      assertRoom(channel, asker.actor)
      link ??= openEventLink(store, log, {
        heard: (id) => wake(id),
        linked: () => [...channels.keys()].forEach((id) => void wake(id)),
      })
      const last = await store.read(organizationId, lastPosition)
      if (closed) refuse({ kind: 'unavailable', rule: 'closing' })
      const resumes = after !== null && after <= last && last - after <= TOO_LONG_AGO
      const subscriber = { ...asker, position: resumes ? after : last, listener }
      const present = channels.get(organizationId) ?? channel
      channels.set(organizationId, present)
      present.subscribers.add(subscriber)
      listener.begin(subscriber.position, after !== null && !resumes)
      wake(organizationId, 0)
      return () => leave(subscriber)
    },
    close: async () => {
      closed = true
      for (const timer of timers) clearInterval(timer)
      for (const one of everybody()) dismiss(one)
      await link?.close()
    },
  }
}

function assertRoom({ subscribers }: Channel, actor: Actor): void {
  const theirs = [...subscribers].filter((one) => actorId(one.actor) === actorId(actor))
  if (subscribers.size < MOST.organization && theirs.length < MOST.person) return
  refuse({ kind: 'too-many', rule: 'too-many-streams', details: { retryAfter: 60 } })
}

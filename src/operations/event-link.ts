import type { OrganizationId } from '#domain/id.ts'
import { listen } from '#store/drain.ts'
import type { Store } from '#store/store.ts'

export type EventLinkLog = { warn(details: unknown, message: string): void }
type Client = Parameters<typeof listen>[0]

const AGAIN = 1000

/**
 * Hears of every drain, whichever server ran it, over one connection. A link that breaks is made again; what was told
 * meanwhile nobody heard, so `linked` is called each time.
 */
export function openEventLink(
  store: Store,
  log: EventLinkLog,
  { heard, linked }: { heard: (organizationId: OrganizationId) => void; linked: () => void },
): { close(): Promise<void> } {
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let client: Client | undefined
  let connecting: Promise<void> = connect()

  async function connect(): Promise<void> {
    try {
      const fresh = await store.pool.connect()
      if (closed) return fresh.release(true)
      client = fresh
      fresh.once('error', (error: Error) => lose(fresh, error))
      fresh.once('end', () => lose(fresh, undefined))
      await listen(fresh, heard)
      linked()
    } catch (error) {
      if (client) lose(client, error)
      else later(error)
    }
  }

  function lose(lost: Client, error: unknown): void {
    if (client !== lost) return
    client = undefined
    // What follows the first failure on a dead connection is of no interest, but must not go unheard.
    lost.on('error', () => {})
    lost.release(true)
    later(error)
  }

  function later(error: unknown): void {
    if (closed) return
    log.warn({ err: error }, 'The link by which changes are heard of broke; it is made again')
    timer = setTimeout(() => {
      connecting = connect()
    }, AGAIN)
  }

  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await connecting
      const last = client
      client = undefined
      last?.release(true)
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from './server.ts'

type Means = {
  log: (line: string) => void
  start(): Promise<Server>
  /** Resolves when nothing of the last life runs any more. */
  clear(): Promise<unknown>
}

export type Supervised = { pid(): number; onRestart(listener: () => void): void; stop(): Promise<void> }

const PAUSES_MS = [0, 500, 1000, 2000, 5000, 10_000, 30_000]
/** A server that answered and fell is back soon; only one that cannot start is tried ever more rarely. */
const PAUSES_AFTER_ANSWER = 2

/** Brings the server back whenever it ends without our asking, less and less eagerly while it keeps ending. */
export function supervise(first: Server, { log, start, clear }: Means): Supervised {
  const listeners: (() => void)[] = []
  const farewell = new AbortController()
  let server = first
  const watching = watch()

  async function watch(): Promise<void> {
    for (let failures = 0; ; ) {
      const ending = await server.ended
      if (farewell.signal.aborted) return
      failures = Math.min(failures, PAUSES_AFTER_ANSWER - 1)
      log(`The database server ended (${ending}); starting it again.`)
      failures = await bringBack(failures)
      if (farewell.signal.aborted) return server.stop()
      log('The database answers again.')
      for (const tell of listeners) tell()
    }
  }

  async function bringBack(failures: number): Promise<number> {
    for (let tries = failures; !farewell.signal.aborted; tries++) {
      await pause(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0, farewell.signal)
      if (farewell.signal.aborted) break
      try {
        await clear()
        server = await start()
        return tries + 1
      } catch (error) {
        log((error as Error).message)
      }
    }
    return failures
  }

  return {
    pid: () => server.pid,
    onRestart: (listener) => void listeners.push(listener),
    async stop() {
      farewell.abort()
      await server.stop()
      await watching
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined)
}

/** What a process has started, to be ended in the opposite order, once, whoever asks for it. */
export type Lifetime = {
  /** Starts a part and keeps how it ends. A slow start is announced; what takes any time is timed. */
  start<T>(what: string, begin: () => Promise<T>, end: (made: T) => Promise<unknown>): Promise<T>
  end(): Promise<void>
}

const NOTABLE_MS = 100
const SLOW_MS = 700
/** Longer than this nobody waits for a part that is just starting, or that will not end. */
const PATIENCE_MS = 10_000

export function beginLifetime(say: (line: string) => void): Lifetime {
  const ends: { what: string; end(): Promise<unknown> }[] = []
  let starting: Promise<unknown> = Promise.resolve()
  let ending: Promise<void> | undefined

  async function endAll(): Promise<void> {
    await within(PATIENCE_MS, starting).catch(() => undefined)
    for (const { what, end } of ends.reverse()) {
      await end().catch((error: Error) => say(`${what} did not end well: ${error.message}`))
    }
  }

  return {
    async start(what, begin, end) {
      if (ending) return new Promise(() => undefined)
      const begun = Date.now()
      const slow = setTimeout(() => say(`${what} is starting…`), SLOW_MS)
      const made = begin().finally(() => clearTimeout(slow))
      starting = made.then((part) => ends.push({ what, end: () => end(part) }))
      await starting
      const ms = Date.now() - begun
      if (ms >= NOTABLE_MS) say(`${what} is up (${(ms / 1000).toFixed(1)} s).`)
      return made
    },
    end() {
      ending ??= endAll()
      return ending
    },
  }
}

/** For what may hang, such as a connection that a browser keeps open. */
export async function within(ms: number, act: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([act, late]).finally(() => clearTimeout(timer))
}

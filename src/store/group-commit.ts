/** What waits to be committed, with the promise that its caller holds. */
type Waiting<Entry, Answer> = { entry: Entry; resolve: (answer: Answer) => void; reject: (error: unknown) => void }

/**
 * Commits many callers' entries in one transaction. Each call of `flush` gets up to `most` entries of one organization
 * and answers each: with what came of it, or with the error that only its caller shall hear. At most `flushers` run
 * per organization; what arrives meanwhile is the next group, so groups grow with the load and nobody waits for a timer.
 */
export function groupCommit<Entry, Answer>(
  flush: (key: string, entries: Entry[]) => Promise<(Answer | Error)[]>,
  { most = 512, flushers = 2 } = {},
): (key: string, entry: Entry) => Promise<Answer> {
  const queues = new Map<string, { waiting: Waiting<Entry, Answer>[]; running: number }>()

  async function pump(key: string): Promise<void> {
    const queue = queues.get(key)
    if (!queue || queue.running >= flushers) return
    if (queue.waiting.length === 0) {
      if (queue.running === 0) queues.delete(key)
      return
    }
    const group = queue.waiting.splice(0, most)
    queue.running++
    try {
      const answers = await flush(
        key,
        group.map((one) => one.entry),
      )
      group.forEach((one, index) => {
        const answer = answers[index] as Answer | Error
        if (answer instanceof Error) one.reject(answer)
        else one.resolve(answer)
      })
    } catch (error) {
      for (const one of group) one.reject(error)
    } finally {
      queue.running--
      void pump(key)
    }
  }

  return (key, entry) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(key) ?? { waiting: [], running: 0 }
      queues.set(key, queue)
      queue.waiting.push({ entry, resolve, reject })
      // Callers of the same turn of the event loop go into the same group.
      setImmediate(() => void pump(key))
    })
}

import type { QueryClient } from '@tanstack/react-query'
import { isOfDirectory } from '#web/directory/directory.ts'

const PAUSE = 400

/** Many changes in a row are one: the next reading starts when the last is over, and twice as long has passed. */
export function refresher(queryClient: QueryClient): () => void {
  let waiting = false
  let again = false
  async function read() {
    const started = performance.now()
    await queryClient.invalidateQueries({ predicate: ({ queryKey }) => !isOfDirectory(queryKey) })
    const took = performance.now() - started
    setTimeout(done, Math.max(PAUSE, 2 * took))
  }
  function done() {
    waiting = false
    if (!again) return
    again = false
    begin()
  }
  function begin() {
    if (waiting) {
      again = true
      return
    }
    waiting = true
    void read()
  }
  return begin
}

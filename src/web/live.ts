import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isOfDirectory } from './directory/directory.ts'
import { chosenOrganization } from './organization/chosen.ts'

const PAUSE = 400

/** Listens for what others change, and asks again for what is on the page. One connection, however many pages. */
export function useLive(): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const refresh = refresher(queryClient)
    const organizationId = chosenOrganization()
    const events = new EventSource(organizationId === null ? '/v1/events' : `/v1/events?organization=${organizationId}`)
    let lost = false
    events.addEventListener('changed', refresh)
    events.addEventListener('error', () => {
      lost = true
    })
    // What happened while the connection was down was not told.
    events.addEventListener('open', () => {
      if (lost) refresh()
      lost = false
    })
    return () => events.close()
  }, [queryClient])
}

/** Many changes in a row are one: the next reading starts when the last is over, and twice as long has passed. */
function refresher(queryClient: QueryClient): () => void {
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

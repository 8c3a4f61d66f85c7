import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isOfDirectory } from './directory/directory.ts'
import { chosenOrganization } from './organization/chosen.ts'

const PAUSE = 400
const AGAIN = 10_000

/** Listens for what others change, and asks again for what is on the page. One connection, however many pages. */
export function useLive(): void {
  const queryClient = useQueryClient()
  useEffect(() => listen(refresher(queryClient)), [queryClient])
}

/** The browser comes back by itself after a broken connection, but not after a refusal: then we try, and so learn why. */
function listen(refresh: () => void): () => void {
  const organizationId = chosenOrganization()
  const address = organizationId === null ? '/v1/events' : `/v1/events?organization=${organizationId}`
  let events: EventSource
  let later: ReturnType<typeof setTimeout> | undefined
  function open() {
    events = new EventSource(address)
    events.addEventListener('changed', refresh)
    // Too much was missed to be told one by one.
    events.addEventListener('reset', refresh)
    events.addEventListener('error', () => {
      if (events.readyState !== EventSource.CLOSED) return
      refresh()
      later = setTimeout(open, AGAIN)
    })
  }
  open()
  return () => {
    clearTimeout(later)
    events.close()
  }
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

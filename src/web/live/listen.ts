const AGAIN = 10_000

/** The browser comes back by itself after a broken connection, but not after a refusal: then we try, and so learn why. */
export function listen(organizationId: string | null, tell: () => void): () => void {
  const address = organizationId === null ? '/v1/events' : `/v1/events?organization=${organizationId}`
  let events: EventSource
  let later: ReturnType<typeof setTimeout> | undefined
  function open() {
    events = new EventSource(address)
    events.addEventListener('changed', tell)
    // Too much was missed to be told one by one.
    events.addEventListener('reset', tell)
    events.addEventListener('error', () => {
      if (events.readyState !== EventSource.CLOSED) return
      tell()
      later = setTimeout(open, AGAIN)
    })
  }
  open()
  return () => {
    clearTimeout(later)
    events.close()
  }
}

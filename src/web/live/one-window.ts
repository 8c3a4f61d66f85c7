/**
 * A browser opens few connections to one server, and a listening one is never done: of all windows one listens, and
 * tells the others. Where the browser has no locks (a page without TLS) each listens for itself.
 */
export function inOneWindow(name: string, hear: () => void, begin: (tell: () => void) => () => void): () => void {
  const channel = new BroadcastChannel(name)
  channel.onmessage = hear
  const tell = () => {
    hear()
    channel.postMessage(null)
  }
  const leaving = new AbortController()
  const listening = (end: () => void) => leaving.signal.addEventListener('abort', end)
  if (navigator.locks === undefined) listening(begin(tell))
  else {
    const turn = () =>
      new Promise<void>((resolve) => {
        const end = begin(tell)
        listening(() => {
          end()
          resolve()
        })
      })
    // Whoever leaves while waiting for their turn is told so by an error.
    navigator.locks.request(name, { signal: leaving.signal }, turn).catch(() => {})
  }
  return () => {
    leaving.abort()
    channel.close()
  }
}

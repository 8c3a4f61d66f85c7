/** A page that listens, as the standard has it. */
export type Listening = {
  status: number
  events: {
    id: string
    event: string
    data: { position: number; changes?: { operation: string; noun: string; id: string }[] }
  }[]
  /** The comments that keep the line open. */
  beats: number
  closed: Promise<void>
  isClosed(): boolean
  close(): void
}

export async function listenAt(url: string, headers: Record<string, string>): Promise<Listening> {
  const abort = new AbortController()
  const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: abort.signal })
  let ended = false
  const listening: Listening = {
    status: response.status,
    events: [],
    beats: 0,
    closed: Promise.resolve(),
    isClosed: () => ended,
    close: () => abort.abort(),
  }
  listening.closed = read(response, listening).then(() => {
    ended = true
  })
  return listening
}

async function read(response: Response, listening: Listening): Promise<void> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) take(block, listening)
    }
  } catch {
    // The page was closed, or the server was.
  }
}

function take(block: string, listening: Listening): void {
  if (block.startsWith(':')) listening.beats++
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  const { id = '', event, data } = fields
  if (event && data) listening.events.push({ id, event, data: JSON.parse(data) })
}

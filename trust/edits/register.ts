import type { Answer } from '../caller/exchange.ts'

/** One attempt: the version that was seen, `*` for whichever there is, null for none. */
type Attempt = { saw: number | '*' | null; text: string; answer: Answer }
type Shown = { version: number } & Record<string, unknown>

/** What everybody was told of one thing, and whether one history explains it. */
export type Register = {
  note(attempt: Attempt): void
  /** The version that somebody was told of last. */
  lastHeard(): number
  /** In what the answers contradict each other, or what is there now. */
  faults(now: Shown): string[]
}

export function openRegister(name: string, field: string, start: Shown): Register {
  const attempts: Attempt[] = []
  let heard = start.version

  function faults(now: Shown): string[] {
    const done = attempts
      .filter(({ answer }) => answer.status === 200)
      .map((attempt) => ({ ...attempt, version: (attempt.answer.body as Shown).version }))
      .sort((a, b) => a.version - b.version)
    // What each version said.
    const texts = new Map<number, unknown>([[start.version, start[field]]])
    for (const { version, text } of done) texts.set(version, text)
    const last = start.version + done.length
    return [
      ...(texts.size === done.length + 1 && now.version === last
        ? []
        : [`${done.length} were heard, and it went from version ${start.version} to ${now.version}`]),
      ...(now[field] === texts.get(last) ? [] : [`the last words were ${texts.get(last)}, and ${now[field]} is there`]),
      ...done.flatMap(({ saw, version, text, answer }) => [
        ...(saw === '*' || saw === version - 1 ? [] : [`“${text}” saw version ${saw}, and became version ${version}`]),
        ...(answer.headers.etag === `"${version}"` ? [] : [`version ${version} bears the tag ${answer.headers.etag}`]),
        ...((answer.body as Shown)[field] === text ? [] : [`“${text}” was answered by other words`]),
      ]),
      ...attempts.flatMap((attempt) => faultsOfRefusal(attempt, texts, field)),
    ].map((fault) => `${name}: ${fault}`)
  }

  return {
    note: (attempt) => {
      attempts.push(attempt)
      const { version, current } = attempt.answer.body as { version?: number; current?: Shown }
      heard = version ?? current?.version ?? heard
    },
    lastHeard: () => heard,
    faults,
  }
}

function faultsOfRefusal({ saw, text, answer }: Attempt, texts: ReadonlyMap<number, unknown>, field: string): string[] {
  const { status, body } = answer
  if (status === 200) return saw === null ? [`“${text}” was taken over without a version`] : []
  if (saw === null) return status === 428 ? [] : [`“${text}” without a version was answered ${status}`]
  if (status !== 412) return [`“${text}” was answered ${status} ${answer.text}`]
  const { etag, current } = body as { etag: string; current: Shown }
  const told =
    texts.get(current.version) === current[field] && etag === `"${current.version}"` && current.version !== saw
  return told
    ? []
    : [`“${text}” was told that version ${etag} is “${current[field]}”, which is “${texts.get(current.version)}”`]
}

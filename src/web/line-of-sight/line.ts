import type { OutputOf } from '#client/client.ts'

export type Line = OutputOf<'key-results.line-of-sight'>
export type Stop = Line['path'][number]

/** One way up, with everything of mine from which it starts: several Key Results of one Objective share a line. */
export type Way = { line: Line; keyResults: NonNullable<Line['keyResult']>[] }

export function waysOf(lines: readonly Line[]): Way[] {
  const ways = new Map<string, Way>()
  for (const line of lines) {
    const from = line.path[0]?.objectiveId ?? `private ${ways.size}`
    const way = ways.get(from)
    if (!way) ways.set(from, { line, keyResults: line.keyResult ? [line.keyResult] : [] })
    else if (line.keyResult) way.keyResults.push(line.keyResult)
  }
  return [...ways.values()].toSorted((a, b) => Number(b.line.unbroken) - Number(a.line.unbroken))
}

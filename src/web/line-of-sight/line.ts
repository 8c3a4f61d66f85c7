import type { OutputOf } from '#client/client.ts'

export type Line = OutputOf<'key-results.line-of-sight'>
export type Stop = Line['path'][number]
type Why = NonNullable<Line['broken']>['why']

/** A Key Result at the foot of a way, and why its own line does not begin, if it doesn't. */
export type Begin = { keyResult: NonNullable<Line['keyResult']>; broken: Why | null }

/**
 * One way up from an Objective. Several Key Results of it share that way and nothing else: each has a line of its own, and
 * what breaks the one leaves the others whole.
 */
export type Way = { path: Stop[]; broken: Line['broken']; begins: Begin[] }

/** The ways that lead on first; on each, the Key Results whose line begins first. */
export function waysOf(lines: readonly Line[]): Way[] {
  const ways = new Map<string, Way>()
  for (const line of lines) {
    const from = line.path[0]?.objectiveId ?? `private ${ways.size}`
    const way = ways.get(from) ?? { path: line.path, broken: brokenAbove(line), begins: [] }
    ways.set(from, way)
    if (line.keyResult) way.begins.push({ keyResult: line.keyResult, broken: ownBreak(line.keyResult) })
  }
  for (const { begins } of ways.values()) begins.sort((a, b) => Number(a.broken !== null) - Number(b.broken !== null))
  return [...ways.values()].toSorted((a, b) => Number(isWhole(b)) - Number(isWhole(a)))
}

function isWhole({ broken, begins }: Way): boolean {
  return broken === null && (begins.length === 0 || begins.some((begin) => begin.broken === null))
}

function ownBreak({ state }: Begin['keyResult']): Why | null {
  if (state === 'published' || state === 'closed') return null
  return state === 'draft' ? 'key-result-not-published' : 'frozen'
}

/** What breaks the way of the Objective, whatever stands with this Key Result. */
function brokenAbove({ broken, keyResult }: Line): Line['broken'] {
  const own = keyResult && ownBreak(keyResult)
  return broken !== null && broken.objectiveId === null && broken.why === own ? null : broken
}

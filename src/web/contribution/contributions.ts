import { useQueries, useQuery } from '@tanstack/react-query'
import type { OutputOf } from '#client/client.ts'
import { ask, askAll } from '#web/ask.ts'
import type { KeyResult } from '#web/key-result/key-result.ts'

export type Contribution = OutputOf<'key-results.contributions'>['items'][number]

/** A link into a Key Result that stands or waits, with the Key Result it comes from; null where that is private. */
export type Taken = { link: Contribution; from: KeyResult | null }

export function useContributionsTo(keyResult: KeyResult): Taken[] {
  const links = useQuery(askAll('key-results.contributions', { id: keyResult.id })).data ?? []
  const standing = links.filter(
    (link) => link.toKeyResultId === keyResult.id && (link.state === 'accepted' || link.state === 'offered'),
  )
  const known = standing.filter((link) => link.fromKeyResultId !== null)
  const answers = useQueries({
    queries: known.map((link) => ask('key-results.show', { id: link.fromKeyResultId as never })),
  })
  const froms = new Map(answers.map(({ data }) => [data?.id as string | undefined, data]))
  return standing.map((link) => ({ link, from: froms.get(link.fromKeyResultId ?? '') ?? null }))
}

import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { ask } from '#web/ask.ts'
import type { Objective } from './objective.ts'

/** A step up: the link, and the Objective it leads to; null where that is private to others. */
export type Step = { link: NonNullable<Objective['alignment']>; to: Objective | null }

const AT_MOST = 20

/** The Objectives above, nearest first, over accepted links; the last one may only be offered. */
export function useAncestors(objective: Objective): Step[] {
  const queryClient = useQueryClient()
  const options = queryOptions({
    queryKey: ['ancestors', objective.id, objective.version, objective.alignment?.id, objective.alignmentOffer?.id],
    queryFn: async () => {
      const steps: Step[] = []
      let link = objective.alignment ?? objective.alignmentOffer
      while (link !== null && steps.length < AT_MOST) {
        const id: Objective['id'] | null = link.toObjectiveId
        const to: Objective | null = id === null ? null : await queryClient.fetchQuery(ask('objectives.show', { id }))
        steps.push({ link, to })
        link = to?.alignment ?? null
      }
      return steps
    },
  })
  return useSuspenseQuery(options).data
}

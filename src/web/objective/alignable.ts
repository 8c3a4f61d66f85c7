import { useQueries } from '@tanstack/react-query'
import { askAll } from '#web/ask.ts'
import type { Objective } from './objective.ts'

/** The Objectives that one may align to: the company's, and those of groups. */
export function useAlignable(): { company: Objective[]; groups: Objective[] } {
  const [company, groups] = useQueries({
    queries: (['company', 'group'] as const).map((level) => askAll('objectives.list', { level, state: 'published' })),
  })
  return { company: company?.data ?? [], groups: groups?.data ?? [] }
}

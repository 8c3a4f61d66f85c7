import { useSuspenseQueries } from '@tanstack/react-query'
import { askAll } from '#web/ask.ts'
import { currentCycle, overlapping } from '#web/cycle/current.ts'
import { type Cycle, useDirectory } from '#web/directory/directory.ts'
import type { KeyResult } from '#web/key-result/key-result.ts'
import { useMe } from '#web/me/me.ts'
import type { Objective } from '#web/objective/objective.ts'

export type Material = { objectives: Objective[]; keyResults: KeyResult[] }

/** The cycle that the outline shows: the one in the address, else the current. */
export function useShownCycle(id: string | undefined): Cycle | undefined {
  const { cycles, cycle } = useDirectory()
  const { today } = useMe()
  return cycle(id ?? null) ?? currentCycle(cycles, today)
}

/** Everything written for a cycle, and for those that share days with it: its year, its months. All lists at once. */
export function useMaterial(shown: Cycle | undefined): Material {
  const { cycles } = useDirectory()
  const ids = shown ? overlapping(cycles, shown).map((cycle) => cycle.id) : []
  const lists = [
    ...ids.map((cycleId) => askAll('objectives.list', { cycleId })),
    ...ids.map((cycleId) => askAll('key-results.list', { cycleId })),
  ]
  return useSuspenseQueries({
    queries: lists as ReturnType<typeof askAll<'objectives.list' | 'key-results.list'>>[],
    combine,
  })
}

function combine(answers: readonly { data: readonly (Objective | KeyResult)[] }[]): Material {
  const everything = answers.flatMap(({ data }) => data).filter(({ state }) => state !== 'discarded')
  return { objectives: everything.filter(isObjective), keyResults: everything.filter(isKeyResult) }
}

function isObjective(thing: Objective | KeyResult): thing is Objective {
  return 'level' in thing
}

function isKeyResult(thing: Objective | KeyResult): thing is KeyResult {
  return 'objectiveId' in thing
}

import { type QueryClient, useSuspenseQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { OutputOf } from '#client/client.ts'
import { askAll } from '#web/ask.ts'

export type Person = OutputOf<'people.list'>['items'][number]
export type Group = OutputOf<'groups.show'>
export type Cycle = OutputOf<'cycles.show'>

const MINUTES = 60_000
// Who works here changes less often than what they report: not read again at every change.
const rarely = { staleTime: 10 * MINUTES }
const people = { ...askAll('people.list', {}), ...rarely }
const groups = { ...askAll('groups.list', {}), ...rarely }
const cycles = { ...askAll('cycles.list', {}), ...rarely }

/** Who and what ids stand for: everybody, every group, every cycle. */
export type Directory = {
  people: Person[]
  groups: Group[]
  cycles: Cycle[]
  person(id: string | null): Person | undefined
  group(id: string | null): Group | undefined
  cycle(id: string | null): Cycle | undefined
}

export function loadDirectory(queryClient: QueryClient): Promise<unknown> {
  return Promise.all([
    queryClient.ensureQueryData(people),
    queryClient.ensureQueryData(groups),
    queryClient.ensureQueryData(cycles),
  ])
}

/** Everything may have changed by an act on this noun; who works here only by an act on themselves. */
export function refreshAfter(queryClient: QueryClient, verb: string): Promise<void> {
  return queryClient.invalidateQueries({ predicate: changedBy(verb) })
}

/** The same of what no page shows just now: it is asked anew by whichever page comes next. */
export function forgetBefore(queryClient: QueryClient, verb: string): void {
  queryClient.removeQueries({ type: 'inactive', predicate: changedBy(verb) })
}

function changedBy(verb: string) {
  const noun = verb.slice(0, verb.indexOf('.') + 1)
  return ({ queryKey }: { queryKey: readonly unknown[] }) =>
    !isOfDirectory(queryKey) || String(queryKey[0]).startsWith(noun)
}

export function isOfDirectory(queryKey: readonly unknown[]): boolean {
  return [people, groups, cycles].some((list) => list.queryKey[0] === queryKey[0])
}

export function useDirectory(): Directory {
  const [{ data: everybody }, { data: everyGroup }, { data: everyCycle }] = useSuspenseQueries({
    queries: [people, groups, cycles],
  })
  return useMemo(() => {
    const [person, group, cycle] = [byId(everybody), byId(everyGroup), byId(everyCycle)]
    return { people: everybody, groups: everyGroup, cycles: everyCycle, person, group, cycle }
  }, [everybody, everyGroup, everyCycle])
}

function byId<Item extends { id: string }>(items: Item[]): (id: string | null) => Item | undefined {
  const known = new Map<string, Item>(items.map((item) => [item.id, item]))
  return (id) => (id === null ? undefined : known.get(id))
}

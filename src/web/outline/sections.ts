import type { Group } from '#web/directory/directory.ts'
import type { Words } from '#web/words.tsx'
import type { Section } from './tree.ts'

/** The company, then each group under the one above it, then single people. */
export function sectionsOf(groups: readonly Group[], { say }: Pick<Words, 'say'>): Section[] {
  return [
    { id: 'company', title: say('web.level.company'), holds: ({ level }) => level === 'company' },
    ...inTreeOrder(groups, null).map((group) => ({
      id: `group ${group.id}`,
      title: group.name,
      holds: ({ level, groupId }: { level: string; groupId: string | null }) =>
        level === 'group' && groupId === group.id,
    })),
    { id: 'individual', title: say('web.level.individual'), holds: ({ level }) => level === 'individual' },
    {
      id: 'elsewhere',
      title: say('web.level.group-unknown'),
      holds: ({ level, groupId }) => level === 'group' && groupId === null,
    },
  ]
}

export function inTreeOrder(groups: readonly Group[], parentId: string | null): Group[] {
  const here = groups.filter((group) => group.parentId === parentId).toSorted((a, b) => a.name.localeCompare(b.name))
  return here.flatMap((group) => [group, ...inTreeOrder(groups, group.id)])
}

/** A group and all below it: a filter on Sales shows what its regions do. */
export function withSubgroups(groups: readonly Group[], id: string): Set<string> {
  return new Set([id, ...inTreeOrder(groups, id).map((group) => group.id)])
}

import type { Difference } from '#web/conflict/both-versions.tsx'
import { useDirectory } from '#web/directory/directory.ts'
import { useWords } from '#web/words.tsx'
import { useAlignable } from './alignable.ts'
import type { ObjectiveValues } from './objective-values.ts'

/** Where two versions of an Objective differ, in words. */
export function useDifferences(): (mine: ObjectiveValues, theirs: ObjectiveValues) => Difference[] {
  const { say } = useWords()
  const { person, group, cycle } = useDirectory()
  const { company, groups } = useAlignable()
  const alignable = [...company, ...groups]
  const fields: [name: string, text: (values: ObjectiveValues) => string][] = [
    [say('web.objective.title'), ({ title }) => title],
    [say('web.why'), ({ why }) => why],
    [say('web.level'), ({ level }) => say(`web.level.${level}`)],
    [say('web.group'), ({ groupId }) => group(groupId)?.name ?? ''],
    [say('web.lead'), ({ leadId }) => person(leadId)?.name ?? ''],
    [say('web.cycle'), ({ cycleId }) => cycle(cycleId)?.name ?? ''],
    [say('web.aligned-to'), ({ alignedToId }) => alignable.find(({ id }) => id === alignedToId)?.title ?? ''],
    [say('web.alignment.statement'), ({ statement }) => statement],
    [say('web.ambition'), ({ ambition }) => say(`web.ambition.${ambition}`)],
  ]
  return (mine, theirs) =>
    fields
      .map(([name, text]) => ({ name, mine: text(mine), theirs: text(theirs) }))
      .filter((one) => one.mine !== one.theirs)
}

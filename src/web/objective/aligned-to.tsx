import type { SelectProps } from '@mantine/core'
import { useDirectory } from '#web/directory/directory.ts'
import { Picker } from '#web/ui/picker.tsx'
import { useWords } from '#web/words.tsx'
import { useAlignable } from './alignable.ts'
import classes from './aligned-to.module.css'

/** The Objectives that one may align to: the company's first, then those of groups. Never a Key Result. */
export function AlignedTo({ without, ...props }: SelectProps & { without?: string }) {
  const { say } = useWords()
  const { group } = useDirectory()
  const { company, groups } = useAlignable()
  const items = (list: typeof company) =>
    list
      .filter(({ id }) => id !== without)
      .map(({ id, title, groupId }) => ({
        value: id,
        label: [title, group(groupId)?.name].filter(Boolean).join(' · '),
      }))
  return (
    <Picker
      data={[
        { group: say('web.level.company'), items: items(company) },
        { group: say('web.groups'), items: items(groups) },
      ]}
      nothingFoundMessage={say('web.aligned-to.none')}
      classNames={{ option: classes.option, input: classes.input }}
      {...props}
    />
  )
}

import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useDirectory } from '#web/directory/directory.ts'
import { Choice } from '#web/ui/choice.tsx'
import { useWords } from '#web/words.tsx'
import classes from './filters.module.css'
import { inTreeOrder } from './sections.ts'

const LEVELS = ['company', 'group', 'individual'] as const

/** How the outline is laid out, and what of it is shown. All of it stands in the address. */
export function Filters({ cycleId }: { cycleId: string }) {
  const { say } = useWords()
  const { groups, cycles } = useDirectory()
  const search = useSearch({ from: '/in/' })
  const navigate = useNavigate()
  const set = (name: 'level' | 'group' | 'cycle') => (value: string) => {
    const { [name]: _, ...rest } = search
    void navigate({ to: '/', search: value === '' ? rest : { ...rest, [name]: value }, replace: true })
  }
  const { by = 'alignment', ...unlaid } = search
  return (
    <search className={classes.filters} aria-label={say('web.outline.filters')}>
      {(['alignment', 'group'] as const).map((layout) => (
        <Link
          key={layout}
          to="/"
          search={layout === 'alignment' ? unlaid : { ...unlaid, by: layout }}
          className={classes.layout}
          data-chosen={by === layout || undefined}
        >
          {say(`web.outline.by.${layout}`)}
        </Link>
      ))}
      <Choice
        label={say('web.cycle')}
        value={cycleId}
        options={cycles
          .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))
          .map(({ id, name }) => ({ value: id, label: name }))}
        onChange={set('cycle')}
      />
      <Choice
        label={say('web.level')}
        value={search.level ?? ''}
        options={[
          { value: '', label: say('web.any') },
          ...LEVELS.map((level) => ({ value: level, label: say(`web.level.${level}`) })),
        ]}
        onChange={set('level')}
      />
      <Choice
        label={say('web.group')}
        value={search.group ?? ''}
        options={[
          { value: '', label: say('web.any') },
          ...inTreeOrder(groups, null).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={set('group')}
      />
    </search>
  )
}

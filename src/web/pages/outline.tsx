import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useDirectory } from '#web/directory/directory.ts'
import { Title } from '#web/frame/title.tsx'
import { useMe } from '#web/me/me.ts'
import { Filters } from '#web/outline/filters.tsx'
import { useFolding } from '#web/outline/folding.ts'
import { useMaterial, useShownCycle } from '#web/outline/material.ts'
import { OutlineGrid } from '#web/outline/outline-grid.tsx'
import { rowsOf } from '#web/outline/rows.ts'
import { sectionsOf, withSubgroups } from '#web/outline/sections.ts'
import { byAlignment, bySection } from '#web/outline/tree.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Key } from '#web/ui/key.tsx'
import { useShortcut } from '#web/ui/shortcut.ts'
import { useWords } from '#web/words.tsx'
import classes from './outline.module.css'

// So much is shown unfolded at first; of more, only the upper levels.
const AT_ONCE = 400

export function OutlinePage() {
  const words = useWords()
  const { say } = words
  const me = useMe()
  const { people, groups } = useDirectory()
  const search = useSearch({ from: '/in/' })
  const navigate = useNavigate()
  const cycle = useShownCycle(search.cycle)
  const { objectives, keyResults } = useMaterial(cycle)
  useShortcut('c', me.role === 'guest' ? null : () => void navigate({ to: '/objectives/new' }))

  const tree = useMemo(() => {
    const within = search.group === undefined ? null : withSubgroups(groups, search.group)
    const shown = objectives.filter(
      ({ level, groupId }) =>
        (search.level === undefined || level === search.level) &&
        (within === null || (groupId !== null && within.has(groupId))),
    )
    const material = { objectives: shown, keyResults, meId: me.id }
    return search.by === 'group' ? bySection(material, sectionsOf(groups, words)) : byAlignment(material)
  }, [objectives, keyResults, groups, search.group, search.level, search.by, me.id, words])

  const few = objectives.length + keyResults.length <= AT_ONCE
  const folding = useFolding(useMemo(() => (branch, level) => few || level === 1 || branch.kind === 'section', [few]))
  const rows = useMemo(() => rowsOf(tree, folding.unfolded), [tree, folding.unfolded])

  return (
    <>
      <header className={classes.head}>
        <div>
          <p className="dim sm">
            {say('web.outline.where', { organization: me.organization.name, count: people.length })}
          </p>
          <Title name={say('web.nav.outline')} className={classes.title}>
            {objectives.length === 0 ? say('web.outline.empty.title') : say('web.outline.title')}
          </Title>
        </div>
        {me.role !== 'guest' && objectives.length > 0 && (
          <Button
            variant="filled"
            renderRoot={(props) => <Link to="/objectives/new" {...props} />}
            rightSection={<Key of="C" />}
          >
            {say('web.objective.new')}
          </Button>
        )}
      </header>
      <Filters cycleId={cycle?.id ?? ''} />
      {rows.length > 0 && <OutlineGrid rows={rows} onFold={folding.set} />}
      {rows.length === 0 && objectives.length > 0 && (
        <Empty title={say('web.outline.none-match')} action={<Link to="/">{say('web.outline.show-all')}</Link>} />
      )}
      {objectives.length === 0 && (
        <Empty
          title={say('web.outline.empty.text')}
          action={
            me.role !== 'guest' && (
              <Button variant="filled" renderRoot={(props) => <Link to="/objectives/new" {...props} />}>
                {say('web.outline.empty.action')}
              </Button>
            )
          }
        >
          {say('web.outline.empty.more')}
        </Empty>
      )}
    </>
  )
}

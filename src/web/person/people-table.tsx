import { Link } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { type Person, useDirectory } from '#web/directory/directory.ts'
import { useMe } from '#web/me/me.ts'
import { Face } from '#web/ui/face.tsx'
import { useWords } from '#web/words.tsx'
import classes from './people-table.module.css'

const HEIGHT = 56

/** Everybody, in a window: only the rows near the eye exist. */
export function PeopleTable({ people }: { people: Person[] }) {
  const { say } = useWords()
  const me = useMe()
  const directory = useDirectory()
  const list = useRef<HTMLUListElement>(null)
  const [margin, setMargin] = useState(0)
  useEffect(() => setMargin(list.current?.offsetTop ?? 0), [])
  const virtualizer = useWindowVirtualizer({
    count: people.length,
    estimateSize: () => HEIGHT,
    overscan: 12,
    scrollMargin: margin,
    getItemKey: (index) => people[index]?.id ?? index,
  })
  return (
    <ul
      ref={list}
      className={classes.list}
      style={{ height: virtualizer.getTotalSize() }}
      aria-label={say('web.people.title')}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const person = people[index]
        if (!person) return null
        return (
          <li
            key={person.id}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={people.length}
            style={{ translate: `0 ${start - margin}px` }}
          >
            <Link to="/people/$id" params={{ id: person.id }} className={classes.name}>
              <Face name={person.name} mine={person.id === me.id} size="lg" />
              <span>{person.name}</span>
            </Link>
            <span>{person.groupIds.map((id) => directory.group(id)?.name).join(', ')}</span>
            <span className="dim">{[person.grade, person.site].filter(Boolean).join(', ')}</span>
          </li>
        )
      })}
    </ul>
  )
}

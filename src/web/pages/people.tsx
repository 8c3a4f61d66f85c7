import { TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDirectory } from '#web/directory/directory.ts'
import { Title } from '#web/frame/title.tsx'
import { useMe } from '#web/me/me.ts'
import { PeopleTable } from '#web/person/people-table.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useWords } from '#web/words.tsx'
import classes from './people.module.css'

export function PeoplePage() {
  const { say } = useWords()
  const { organization } = useMe()
  const { people } = useDirectory()
  const { name = '' } = useSearch({ from: '/in/people' })
  const navigate = useNavigate({ from: '/people' })
  const found = people
    .filter((person) => person.leftOn === null && person.name.toLocaleLowerCase().includes(name.toLocaleLowerCase()))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  return (
    <>
      <p className="dim sm">{organization.name}</p>
      <Title>{say('web.people.title')}</Title>
      <TextInput
        type="search"
        label={say('web.people.find')}
        value={name}
        onChange={(event) => {
          const typed = event.currentTarget.value
          void navigate({ search: typed === '' ? {} : { name: typed }, replace: true })
        }}
        className={classes.find}
      />
      <p role="status" className="dim sm">
        {say('web.people.count', { count: found.length })}
      </p>
      {found.length > 0 ? <PeopleTable people={found} /> : <Empty title={say('web.people.none', { name })} />}
    </>
  )
}

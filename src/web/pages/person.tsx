import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ask } from '#web/ask.ts'
import { PersonSheet } from '#web/person/person-sheet.tsx'

export function PersonPage() {
  const { id } = useParams({ from: '/in/people/$id' })
  const { data: person } = useSuspenseQuery(ask('people.show', { id: id as never }))
  return <PersonSheet key={person.id} person={person} />
}

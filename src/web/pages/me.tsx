import { useMe } from '#web/me/me.ts'
import { PersonSheet } from '#web/person/person-sheet.tsx'
import { NothingHere } from '#web/problem/problem-page.tsx'

export function MePage() {
  const { person } = useMe()
  return person === null ? <NothingHere /> : <PersonSheet person={person} />
}

import { Link } from '@tanstack/react-router'
import { useDirectory } from '#web/directory/directory.ts'
import { Face } from '#web/ui/face.tsx'
import { useWords } from '#web/words.tsx'
import classes from './person-name.module.css'

/** Who: their face and name; the reader is "You". */
export function PersonName({ id, meId, link = false }: { id: string | null; meId: string; link?: boolean }) {
  const { say } = useWords()
  const { person } = useDirectory()
  const name = person(id)?.name ?? say('web.person.unknown')
  const shown = id === meId ? say('web.person.you') : name
  return (
    <span className={classes.who}>
      <Face name={name} mine={id === meId} />
      {link && id !== null ? (
        <Link to="/people/$id" params={{ id }}>
          {shown}
        </Link>
      ) : (
        <span>{shown}</span>
      )}
    </span>
  )
}

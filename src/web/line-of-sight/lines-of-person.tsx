import { useSuspenseQuery } from '@tanstack/react-query'
import { ask } from '#web/ask.ts'
import { useWords } from '#web/words.tsx'
import { waysOf } from './line.ts'
import { LineOfSight } from './line-of-sight.tsx'
import classes from './lines-of-person.module.css'

/** Every way that leads from what somebody owns and leads up to the company, unbroken ones first. */
export function LinesOfPerson({ personId, label }: { personId: string; label: string }) {
  const { say } = useWords()
  const { data } = useSuspenseQuery(ask('people.line-of-sight', { id: personId as never }))
  const ways = waysOf([...data.owns, ...data.leads.map(({ line }) => line)])
  if (ways.length === 0) return <p className="dim sm">{say('web.line.nothing')}</p>
  return (
    <div className={classes.ways}>
      {ways.map((way, index) => (
        <LineOfSight key={way.path[0]?.objectiveId ?? String(index)} way={way} label={label} />
      ))}
    </div>
  )
}

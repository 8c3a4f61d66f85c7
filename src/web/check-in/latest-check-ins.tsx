import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ask } from '#web/ask.ts'
import { useDirectory } from '#web/directory/directory.ts'
import { type KeyResult, unitOf } from '#web/key-result/key-result.ts'
import { useWords } from '#web/words.tsx'
import { told } from './check-in.ts'
import classes from './latest-check-ins.module.css'

/** Of each Key Result so many are asked for: the latest may be corrected ones. */
export const OF_EACH = 3
const SHOWN = 6

/** What was reported last, over several Key Results. */
export function LatestCheckIns({ keyResults }: { keyResults: readonly KeyResult[] }) {
  const { say, day, figure } = useWords()
  const { person } = useDirectory()
  const answers = useQueries({ queries: keyResults.map(({ id }) => ask('check-ins.list', { id, limit: OF_EACH })) })
  const latest = answers
    .flatMap(({ data }) => told(data?.items ?? []))
    .filter(({ checkIn, correctedBy }) => correctedBy === null && !checkIn.takesBack)
    .map(({ checkIn }) => checkIn)
    .toSorted((a, b) => b.measuredOn.localeCompare(a.measuredOn) || b.recordedAt.localeCompare(a.recordedAt))
    .slice(0, SHOWN)
  if (latest.length === 0) return null
  return (
    <section className={classes.latest} aria-labelledby="latest">
      <h2 id="latest">{say('web.check-in.latest')}</h2>
      <ol>
        {latest.map((checkIn) => {
          const keyResult = keyResults.find(({ id }) => id === checkIn.keyResultId)
          return (
            <li key={checkIn.id}>
              <time dateTime={checkIn.measuredOn}>{day(checkIn.measuredOn)}</time>
              <b>{person(checkIn.ownerId)?.name}</b>,{' '}
              {keyResult && (
                <Link to="/key-results/$id" params={{ id: keyResult.id }}>
                  {keyResult.title}
                </Link>
              )}
              {checkIn.value !== null && keyResult && (
                <>
                  : <span className="num">{figure(checkIn.value, unitOf(keyResult))}</span>
                </>
              )}
              {checkIn.note !== null && (
                <span className={`said ${classes.said}`}>{say('web.quoted', { text: checkIn.note })}</span>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

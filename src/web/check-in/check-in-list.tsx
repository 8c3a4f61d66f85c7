import { Link } from '@tanstack/react-router'
import { useDirectory } from '#web/directory/directory.ts'
import { type KeyResult, milestoneOf, unitOf } from '#web/key-result/key-result.ts'
import { useMe } from '#web/me/me.ts'
import { useWords } from '#web/words.tsx'
import { type CheckIn, told } from './check-in.ts'
import classes from './check-in-list.module.css'

type Props = { checkIns: readonly CheckIn[]; keyResult: KeyResult; correctable?: boolean }

/** What was reported, latest first. What was corrected stays, struck through, with what took its place. */
export function CheckInList({ checkIns, keyResult, correctable = false }: Props) {
  const { say, day } = useWords()
  const me = useMe()
  const { person } = useDirectory()
  return (
    <ol className={classes.list}>
      {told(checkIns).map(({ checkIn, correctedBy }) => (
        <li key={checkIn.id} data-corrected={correctedBy !== null || undefined}>
          <p className={classes.head}>
            <time dateTime={checkIn.measuredOn}>{day(checkIn.measuredOn)}</time>
            <span className={classes.value}>
              <Reported checkIn={checkIn} keyResult={keyResult} />
            </span>
            {checkIn.confidence !== null && (
              <span className="dim">{say('web.confidence.is', { confidence: checkIn.confidence })}</span>
            )}
          </p>
          {checkIn.note !== null && <p className="said lines">{say('web.quoted', { text: checkIn.note })}</p>}
          {checkIn.evidence !== null && (
            <p className="lines sm">{say('web.check-in.evidence.is', { evidence: checkIn.evidence })}</p>
          )}
          {checkIn.blockers !== null && (
            <p className="lines sm">{say('web.check-in.blocks', { blockers: checkIn.blockers })}</p>
          )}
          <p className={classes.by}>
            {reporter(checkIn, (id) => person(id)?.name)}
            {checkIn.corrects !== null && (
              <span>{say(checkIn.takesBack ? 'web.check-in.takes-back' : 'web.check-in.is-correction')}</span>
            )}
            {correctedBy !== null && <span>{say('web.check-in.corrected')}</span>}
            {correctable && correctedBy === null && checkIn.corrects === null && checkIn.ownerId === me.id && (
              <Link to="." search={(before) => ({ ...before, checkIn: keyResult.id, corrects: checkIn.id })}>
                {say('web.check-in.correct-this')}
                <span className="unseen"> {day(checkIn.measuredOn)}</span>
              </Link>
            )}
          </p>
        </li>
      ))}
    </ol>
  )

  function reporter(checkIn: CheckIn, nameOf: (id: string) => string | undefined): string {
    const by = nameOf(checkIn.reportedById) ?? say('web.service')
    return checkIn.reportedById === checkIn.ownerId
      ? by
      : say('web.check-in.reported-for', { by, owner: nameOf(checkIn.ownerId) ?? say('web.person.unknown') })
  }
}

function Reported({ checkIn, keyResult }: { checkIn: CheckIn; keyResult: KeyResult }) {
  const { say, figure } = useWords()
  if (checkIn.value !== null) return <span className="num">{figure(checkIn.value, unitOf(keyResult))}</span>
  if (checkIn.done === true) return <span>{say('web.key-result.done')}</span>
  if (checkIn.steps !== null)
    return (
      <span>
        {say('web.key-result.steps', {
          done: checkIn.steps.length,
          count: milestoneOf(keyResult)?.steps.length ?? checkIn.steps.length,
        })}
      </span>
    )
  return null
}

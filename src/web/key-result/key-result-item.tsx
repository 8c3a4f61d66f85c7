import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CheckInButton } from '#web/check-in/check-in-button.tsx'
import { LatestWords } from '#web/check-in/latest-words.tsx'
import { StateMark } from '#web/life/state-mark.tsx'
import { useMe } from '#web/me/me.ts'
import { PersonName } from '#web/person/person-name.tsx'
import { StatusMark } from '#web/status/status-mark.tsx'
import { useWords } from '#web/words.tsx'
import { Aim, Now } from './figures.tsx'
import { isMine, type KeyResult } from './key-result.ts'
import classes from './key-result-item.module.css'
import { KeyResultLine } from './key-result-line.tsx'

type Props = { keyResult: KeyResult; main?: boolean; withOwner?: boolean; children?: ReactNode }

/** A Key Result among others: what it measures, where it stands, whose it is. */
export function KeyResultItem({ keyResult, main = false, withOwner = true, children }: Props) {
  const { say, day, titled } = useWords()
  const me = useMe()
  return (
    <li className={classes.item} data-mine={isMine(keyResult, me) || undefined}>
      <div className={classes.top}>
        <h3 className={classes.title} data-draft={keyResult.state === 'draft' || undefined}>
          <Link to="/key-results/$id" params={{ id: keyResult.id }}>
            {titled(keyResult.title)}
          </Link>
        </h3>
        <p className={classes.now}>
          <Now keyResult={keyResult} />
        </p>
      </div>
      <KeyResultLine keyResult={keyResult} mine={isMine(keyResult, me)} />
      <p className={classes.aim}>
        <Aim keyResult={keyResult} />
      </p>
      <LatestWords keyResult={keyResult} />
      <div className={classes.foot}>
        <div className={classes.meta}>
          <StateMark of={keyResult} />
          <StatusMark status={keyResult.status} />
          {withOwner && <PersonName id={keyResult.ownerId} meId={me.id} link />}
          {keyResult.confidence !== null && (
            <span className="dim">{say('web.confidence.is', { confidence: keyResult.confidence })}</span>
          )}
          {keyResult.measuredOn !== null && (
            <span className="dim">{say('web.key-result.measured', { day: day(keyResult.measuredOn) })}</span>
          )}
        </div>
        <CheckInButton keyResult={keyResult} main={main} />
      </div>
      {children}
    </li>
  )
}

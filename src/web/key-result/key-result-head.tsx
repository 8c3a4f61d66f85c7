import { CheckInButton } from '#web/check-in/check-in-button.tsx'
import { childrenOf } from '#web/check-in/predicted.ts'
import { StateMark } from '#web/life/state-mark.tsx'
import { useMe } from '#web/me/me.ts'
import { StatusMark, StatusReason } from '#web/status/status-mark.tsx'
import { Exactly } from '#web/ui/exactly.tsx'
import { useWords } from '#web/words.tsx'
import { Aim, Now } from './figures.tsx'
import { isMine, type KeyResult, unitOf } from './key-result.ts'
import classes from './key-result-head.module.css'
import { KeyResultLineWithEnds } from './key-result-line.tsx'

/** Where it stands, large. */
export function KeyResultHead({ keyResult }: { keyResult: KeyResult }) {
  const { say, figure, rounded, percent, day } = useWords()
  const me = useMe()
  const unit = unitOf(keyResult)
  const parts = (own: string, written: typeof figure) =>
    say('web.key-result.own-and-children', {
      own: written(own, unit),
      children: written(childrenOf(keyResult), unit),
    })
  return (
    <div className={classes.head}>
      <p className={classes.aim}>
        <Aim keyResult={keyResult} long />
      </p>
      <p className={classes.now}>
        <b>
          <Now keyResult={keyResult} />
        </b>
        {keyResult.current !== null && keyResult.progress !== null && (
          <span className="dim sm">{say('web.key-result.of-the-way', { percent: percent(keyResult.progress) })}</span>
        )}
      </p>
      {keyResult.rollsUpBy === 'sum' && keyResult.own !== null && (
        <p className="dim sm num">
          <Exactly shown={parts(keyResult.own, rounded)} exact={parts(keyResult.own, figure)} />
        </p>
      )}
      {keyResult.rollsUpBy === 'average' && <p className="dim sm">{say('web.key-result.averages')}</p>}
      <KeyResultLineWithEnds keyResult={keyResult} mine={isMine(keyResult, me)} large />
      <div className={classes.foot}>
        <p className={classes.meta}>
          <StateMark of={keyResult} />
          <StatusMark status={keyResult.status} />
          {keyResult.confidence !== null && (
            <span>{say('web.confidence.is', { confidence: keyResult.confidence })}</span>
          )}
          {keyResult.measuredOn !== null && (
            <span className="dim">{say('web.key-result.measured', { day: day(keyResult.measuredOn) })}</span>
          )}
        </p>
        <CheckInButton keyResult={keyResult} main />
      </div>
      <StatusReason status={keyResult.status} />
    </div>
  )
}

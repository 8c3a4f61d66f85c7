import { ProgressLine } from '#web/ui/progress-line.tsx'
import { useWords } from '#web/words.tsx'
import { aimText, lineSentence } from './figures.tsx'
import { drawn, type KeyResult, metricOf, unitOf } from './key-result.ts'
import classes from './key-result-line.module.css'

type Props = { keyResult: KeyResult; mine: boolean; typed?: number | null; large?: boolean }

export function KeyResultLine({ keyResult, mine, typed = null, large = false }: Props) {
  const words = useWords()
  return (
    <ProgressLine
      progress={drawn(keyResult.progress)}
      typed={typed}
      mine={mine}
      large={large}
      label={lineSentence(keyResult, words)}
    />
  )
}

/** The line with its two ends written under it. */
export function KeyResultLineWithEnds(props: Props) {
  const words = useWords()
  const { say, number, figure, day } = words
  const { keyResult } = props
  const metric = metricOf(keyResult)
  const unit = unitOf(keyResult)
  const start = keyResult.start === null ? say('web.unknown') : number(keyResult.start, unit)
  const end =
    keyResult.target === null ? (aimText(keyResult, words) ?? say('web.unknown')) : figure(keyResult.target, unit)
  return (
    <div>
      <KeyResultLine {...props} />
      <div className={classes.ends} aria-hidden="true">
        <span>
          {metric &&
            (keyResult.startsOn === null
              ? start
              : say('web.key-result.start', { value: start, day: day(keyResult.startsOn) }))}
        </span>
        <span>
          {keyResult.deadline === null ? end : say('web.key-result.end', { value: end, day: day(keyResult.deadline) })}
        </span>
      </div>
    </div>
  )
}

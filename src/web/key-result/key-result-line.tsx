import { ProgressLine } from '#web/ui/progress-line.tsx'
import { useWords } from '#web/words.tsx'
import { lineSentence } from './figures.tsx'
import { drawn, type KeyResult, metricOf, milestoneOf } from './key-result.ts'
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
  const { say, number, figure, day } = useWords()
  const { keyResult } = props
  const metric = metricOf(keyResult)
  const start = metric?.start == null ? say('web.unknown') : number(metric.start, metric.unit)
  const end = metric
    ? metric.target === null
      ? say('web.unknown')
      : figure(metric.target, metric.unit)
    : (milestoneOf(keyResult)?.evidence ?? say('web.unknown'))
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

import { Arrow } from '#web/ui/arrow.tsx'
import { Flash } from '#web/ui/flash.tsx'
import { useWords, type Words } from '#web/words.tsx'
import { type KeyResult, metricOf, milestoneOf } from './key-result.ts'

/** From where to where, and by when: `0 → 9 customers, by 18 Dec`. A milestone says what will count as done. */
export function Aim({ keyResult, long = false }: { keyResult: KeyResult; long?: boolean }) {
  const words = useWords()
  const { say, day, figure, number } = words
  const known = metricOf(keyResult)
  const metric = known?.start == null && known?.target == null ? null : known
  const by =
    keyResult.deadline === null
      ? say('web.key-result.no-deadline')
      : say('web.key-result.by', { day: day(keyResult.deadline, long ? 'year' : 'short') })
  if (!metric)
    return (
      <span>
        {say('web.key-result.aim', { what: milestoneOf(keyResult)?.evidence ?? say('web.key-result.no-measure'), by })}
      </span>
    )
  return (
    <span className="num">
      {metric.start === null ? say('web.unknown') : number(metric.start, metric.unit)}
      <Arrow word={say('web.to')} />
      {metric.target === null ? say('web.unknown') : figure(metric.target, metric.unit)} {by}
    </span>
  )
}

/** Where it stands now, in its unit. */
export function Now({ keyResult }: { keyResult: KeyResult }) {
  const words = useWords()
  return (
    <Flash of={keyResult.current ?? keyResult.progress}>
      <span className="num">{nowText(keyResult, words)}</span>
    </Flash>
  )
}

export function nowText(keyResult: KeyResult, { say, figure, percent }: Words): string {
  if (keyResult.current !== null) return figure(keyResult.current, metricOf(keyResult)?.unit ?? null)
  if (keyResult.progress === null) return say('web.key-result.not-yet')
  return milestoneOf(keyResult) && keyResult.progress === '1'
    ? say('web.key-result.done')
    : say('web.key-result.of-the-way', { percent: percent(keyResult.progress) })
}

/** All of it in a sentence, for whoever does not see the line. */
export function lineSentence(keyResult: KeyResult, words: Words): string {
  const { say, figure, day, percent } = words
  const metric = metricOf(keyResult)
  const target = metric?.target == null ? (milestoneOf(keyResult)?.evidence ?? '') : figure(metric.target, metric.unit)
  return say('web.key-result.line', {
    now: nowText(keyResult, words),
    start: metric?.start == null ? '' : figure(metric.start, metric.unit),
    target,
    day: keyResult.deadline === null ? say('web.key-result.no-deadline') : day(keyResult.deadline),
    percent: keyResult.progress === null ? say('web.key-result.not-yet') : percent(keyResult.progress),
    context: metric ? 'metric' : 'milestone',
  })
}

import { Arrow } from '#web/ui/arrow.tsx'
import { Exactly } from '#web/ui/exactly.tsx'
import { Flash } from '#web/ui/flash.tsx'
import { useWords, type Words } from '#web/words.tsx'
import { type KeyResult, maintainOf, metricOf, milestoneOf, unitOf } from './key-result.ts'

/** From where to where, and by when: `0 → 9 customers, by 18 Dec`. Where nothing moves, what is to hold or to be done. */
export function Aim({ keyResult, long = false }: { keyResult: KeyResult; long?: boolean }) {
  const words = useWords()
  const { say, day, figure, number } = words
  const { start, target } = keyResult
  const unit = unitOf(keyResult)
  const by =
    keyResult.deadline === null
      ? say('web.key-result.no-deadline')
      : say('web.key-result.by', { day: day(keyResult.deadline, long ? 'year' : 'short') })
  if (start === null && target === null) {
    const what = aimText(keyResult, words) ?? say('web.key-result.no-measure')
    return <span>{say('web.key-result.aim', { what, by })}</span>
  }
  return (
    <span className="num">
      {start === null ? startUnknown(keyResult, words) : number(start, unit)}
      <Arrow word={say('web.to')} />
      {target === null ? say('web.unknown') : figure(target, unit)} {by}
    </span>
  )
}

function startUnknown(keyResult: KeyResult, { say }: Words): string {
  return say(metricOf(keyResult)?.baseline ? 'web.measure.baseline.open' : 'web.unknown')
}

/** What is aimed at, where it is no value to be reached. */
export function aimText(keyResult: KeyResult, { say, figure, number }: Words): string | null {
  const metric = metricOf(keyResult)
  if (metric?.by) {
    const by = 'percent' in metric.by ? `${number(metric.by.percent)} %` : figure(metric.by.amount, metric.unit)
    return say('web.measure.by', { by, context: metric.kind })
  }
  const maintain = maintainOf(keyResult)
  if (!maintain) return milestoneOf(keyResult)?.evidence ?? null
  const { atLeast, atMost, unit } = maintain
  if (atLeast !== null && atMost !== null)
    return say('web.measure.between', { atLeast: number(atLeast, unit), atMost: figure(atMost, unit) })
  if (atLeast !== null) return say('web.measure.at-least.is', { value: figure(atLeast, unit) })
  return atMost === null ? null : say('web.measure.at-most.is', { value: figure(atMost, unit) })
}

/** Where it stands now, in its unit. */
export function Now({ keyResult }: { keyResult: KeyResult }) {
  const words = useWords()
  return (
    <Flash of={keyResult.current ?? keyResult.progress}>
      <span className="num">
        <Exactly shown={nowText(keyResult, { ...words, figure: words.rounded })} exact={nowText(keyResult, words)} />
      </span>
    </Flash>
  )
}

export function nowText(keyResult: KeyResult, { say, figure, percent }: Words): string {
  if (keyResult.current !== null) return figure(keyResult.current, unitOf(keyResult))
  if (keyResult.progress === null) return say('web.key-result.not-yet')
  return milestoneOf(keyResult) && keyResult.progress === '1'
    ? say('web.key-result.done')
    : say('web.key-result.of-the-way', { percent: percent(keyResult.progress) })
}

/** All of it in a sentence, for whoever does not see the line. */
export function lineSentence(keyResult: KeyResult, words: Words): string {
  const { say, figure, day, percent } = words
  const metric = metricOf(keyResult)
  const unit = unitOf(keyResult)
  const target = keyResult.target === null ? (aimText(keyResult, words) ?? '') : figure(keyResult.target, unit)
  return say('web.key-result.line', {
    now: nowText(keyResult, words),
    start: keyResult.start === null ? '' : figure(keyResult.start, unit),
    target,
    day: keyResult.deadline === null ? say('web.key-result.no-deadline') : day(keyResult.deadline),
    percent: keyResult.progress === null ? say('web.key-result.not-yet') : percent(keyResult.progress),
    context: metric ? 'metric' : 'milestone',
  })
}

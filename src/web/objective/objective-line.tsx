import { drawn } from '#web/key-result/key-result.ts'
import { ProgressLine } from '#web/ui/progress-line.tsx'
import { useWords } from '#web/words.tsx'
import type { Objective } from './objective.ts'

export function ObjectiveLine({
  objective,
  large = false,
}: {
  objective: Pick<Objective, 'progress'>
  large?: boolean
}) {
  const { say, percent } = useWords()
  const label =
    objective.progress === null
      ? say('web.objective.line.none')
      : say('web.objective.line', { percent: percent(objective.progress) })
  return <ProgressLine progress={drawn(objective.progress)} label={label} large={large} />
}

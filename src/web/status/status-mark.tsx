import type { KeyResult } from '#web/key-result/key-result.ts'
import type { Objective } from '#web/objective/objective.ts'
import { Mark, type Shape } from '#web/ui/mark.tsx'
import { useWords } from '#web/words.tsx'

type Status = NonNullable<(Objective | KeyResult)['status']>

/** How it stands, by word and shape. What is postponed or cancelled says so by its state already. */
export function StatusMark({ status }: { status: Status | null }) {
  const { say } = useWords()
  if (status === null || status.is === 'postponed' || status.is === 'cancelled') return null
  const shape = status.is.replace(' ', '-') as Shape
  return (
    <Mark shape={shape} tone={TONE[status.is]}>
      {say(`web.status.${shape}`)}
    </Mark>
  )
}

/** Why it stands so, in a sentence; where somebody said it, what the numbers would say. */
export function StatusReason({ status }: { status: Status | null }) {
  const { say, reason } = useWords()
  if (status === null) return null
  const instead = status.overridden?.instead
  const shape = instead?.is.replace(' ', '-')
  return (
    <span className="dim sm">
      {reason(status.reason)}
      {instead !== undefined && (
        <> {say('web.status.instead', { status: say(`web.status.${shape}`), reason: reason(instead.reason) })}</>
      )}
    </span>
  )
}

const TONE = {
  'not started': 'dim',
  'on track': 'good',
  behind: 'warn',
  'at risk': 'bad',
  silent: 'warn',
  achieved: 'good',
  missed: 'bad',
} as const

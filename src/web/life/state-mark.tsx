import type { KeyResult } from '#web/key-result/key-result.ts'
import type { Objective } from '#web/objective/objective.ts'
import { Mark, type Shape } from '#web/ui/mark.tsx'
import { useWords } from '#web/words.tsx'

type Standing = Pick<Objective | KeyResult, 'state' | 'conforms'>

/** What is not plainly under way says so: a draft, one that was imported and lacks something, a frozen one. */
export function StateMark({ of }: { of: Standing }) {
  const { say } = useWords()
  const shape = shapeOf(of)
  if (shape === null) return null
  return (
    <Mark shape={shape} tone={shape === 'unfit' ? 'warn' : 'dim'}>
      {say(`web.state.${shape}`)}
    </Mark>
  )
}

function shapeOf({ state, conforms }: Standing): Shape | null {
  if (state === 'published') return conforms ? null : 'unfit'
  return state === 'discarded' ? 'cancelled' : state
}

import { useQuery } from '@tanstack/react-query'
import { ask } from '#web/ask.ts'
import type { KeyResult } from '#web/key-result/key-result.ts'
import { Mark } from '#web/ui/mark.tsx'
import { useWords } from '#web/words.tsx'
import { latest } from './check-in.ts'
import classes from './latest-check-ins.module.css'
import { OF_EACH } from './latest-check-ins.tsx'

/** What the owner said last, and what blocks. */
export function LatestWords({ keyResult }: { keyResult: KeyResult }) {
  const { say } = useWords()
  const { data } = useQuery({
    ...ask('check-ins.list', { id: keyResult.id, limit: OF_EACH }),
    enabled: keyResult.measuredOn !== null,
  })
  const last = latest(data?.items ?? [])
  if (last === null) return null
  return (
    <>
      {last.note !== null && <p className={`said ${classes.said}`}>{say('web.quoted', { text: last.note })}</p>}
      {last.blockers !== null && (
        <p className="sm">
          <Mark shape="stop" tone="warn">
            {say('web.check-in.blocks', { blockers: last.blockers })}
          </Mark>
        </p>
      )}
    </>
  )
}

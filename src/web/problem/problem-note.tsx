import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { v4 as newKey } from 'uuid'
import { type ProblemDocument, Refused } from '#client/client.ts'
import { attempts } from '#web/attempts.ts'
import { server } from '#web/connection.ts'
import { useNotice } from '#web/notice/notice.tsx'
import { useWords } from '#web/words.tsx'
import { plainPointer } from './field-errors.ts'
import classes from './problem-note.module.css'
import { useProblemText } from './problem-text.ts'

type Props = {
  error: unknown
  /** Fields that show their own errors: those are not said twice. */
  shown?: readonly string[]
  onRepaired?: () => void
}

/** What the server refused, why, and each way out that it offers as one button. */
export function ProblemNote({ error, shown = [], onRepaired }: Props) {
  const textOf = useProblemText()
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) note.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  if (!error) return null
  const problem = error instanceof Refused ? error.problem : null
  const rest = problem?.errors?.filter(({ pointer }) => !shown.includes(plainPointer(pointer))) ?? []
  // All of it stands beside its fields.
  if (problem?.errors?.length && rest.length === 0 && !problem.repairs) return null
  return (
    <div ref={note} className={classes.note} role="alert">
      <p className={classes.title}>{problem?.title ?? textOf(error)}</p>
      {problem?.detail && <p>{problem.detail}</p>}
      {rest
        .filter(({ detail }) => detail !== problem?.detail)
        .map(({ pointer, detail }) => (
          <p key={pointer + detail}>{detail}</p>
        ))}
      {problem?.repairs && <Repairs repairs={problem.repairs} onRepaired={onRepaired} />}
    </div>
  )
}

function Repairs({
  repairs,
  onRepaired,
}: {
  repairs: NonNullable<ProblemDocument['repairs']>
  onRepaired: (() => void) | undefined
}) {
  const queryClient = useQueryClient()
  const { tell } = useNotice()
  const { say } = useWords()
  const textOf = useProblemText()
  const [attempt] = useState(() => attempts(newKey))
  async function take(repair: (typeof repairs)[number]) {
    const key = attempt.begin(JSON.stringify(repair))
    if (key === null) return
    try {
      await server.repair({ ...repair, headers: { ...repair.headers, 'idempotency-key': key } })
      attempt.end(true)
      tell(say('web.saved'))
      onRepaired?.()
    } catch (error) {
      attempt.end(false)
      tell(textOf(error))
    }
    await queryClient.invalidateQueries()
  }
  return (
    <div className={classes.repairs}>
      {repairs.map((repair) => (
        <Button key={repair.method + repair.path + repair.detail} size="xs" onClick={() => void take(repair)}>
          {repair.detail}
        </Button>
      ))}
    </div>
  )
}

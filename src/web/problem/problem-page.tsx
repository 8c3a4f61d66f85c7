import { Button } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Refused } from '#client/client.ts'
import { Title } from '#web/frame/title.tsx'
import { useWords } from '#web/words.tsx'
import { isNothing } from './nothing.ts'
import classes from './problem-page.module.css'
import { useProblemText } from './problem-text.ts'

/** In place of a page that could not be shown. */
export function ProblemPage({ error, reset }: Pick<ErrorComponentProps, 'error' | 'reset'>) {
  const { say } = useWords()
  const textOf = useProblemText()
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  useEffect(() => queries.reset(), [queries])
  if (isNothing(error)) return <NothingHere />
  const title = error instanceof Refused ? error.problem.title : say('web.problem.title')
  return (
    <section className={classes.page}>
      <Title>{title}</Title>
      <p className="wide">{textOf(error)}</p>
      <Button
        onClick={() => {
          reset()
          void router.invalidate()
        }}
      >
        {say('web.problem.again')}
      </Button>
    </section>
  )
}

/** Absent and out of sight look the same. */
export function NothingHere() {
  const { say } = useWords()
  return (
    <section className={classes.page}>
      <Title>{say('web.nothing-here.title')}</Title>
      <p className="wide">{say('web.nothing-here.text')}</p>
      <Link to="/">{say('web.nothing-here.back')}</Link>
    </section>
  )
}

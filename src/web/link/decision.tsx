import { Button } from '@mantine/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { Refused } from '#client/client.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useWords } from '#web/words.tsx'
import classes from './decision.module.css'

type Already = 'included' | 'additional'

type Props = {
  /** What is offered, for whoever hears the buttons without the words around them. */
  about: string
  onAccept(already?: Already): void
  onDecline(): void
  of: Pick<UseMutationResult<unknown, Error, never>, 'error' | 'isPending'>
}

/** Yes or no to what somebody offered. Where reports stand above already, the server asks what they contain. */
export function Decision({ about, onAccept, onDecline, of }: Props) {
  const { say } = useWords()
  const asked = of.error instanceof Refused && of.error.problem.rule === 'already-asked'
  return (
    <div className={classes.decision}>
      {asked ? (
        <div className={classes.asked} role="alert">
          <p>{of.error instanceof Refused && (of.error.problem.detail ?? of.error.problem.title)}</p>
          <div className={classes.buttons}>
            {(['included', 'additional'] as const).map((already) => (
              <Button key={already} size="xs" loading={of.isPending} onClick={() => onAccept(already)}>
                {say(`web.link.already.${already}`)}
              </Button>
            ))}
          </div>
        </div>
      ) : (
        <div className={classes.buttons}>
          <Button size="xs" loading={of.isPending} onClick={() => onAccept()}>
            {say('web.link.accept')}
            <span className="unseen"> {about}</span>
          </Button>
          <Button size="xs" variant="subtle" disabled={of.isPending} onClick={onDecline}>
            {say('web.link.decline')}
            <span className="unseen"> {about}</span>
          </Button>
        </div>
      )}
      {!asked && <ProblemNote error={of.error} />}
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Title } from '#web/frame/title.tsx'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { Waiting } from '#web/ui/waiting.tsx'
import { useWords } from '#web/words.tsx'
import { Entrance } from './entrance.tsx'
import { lookAtLink } from './session.ts'

type Props = {
  token: string | null
  opens: 'sign-in' | 'set-up'
  empty: string
  children: ReactNode
  below?: ReactNode
}

/** A page that a one-time link leads to; where the link is not whole, or no longer good, it says so instead. */
export function OneTime({ token, opens, empty, children, below }: Props) {
  const { say } = useWords()
  const looking = useQuery({
    queryKey: ['link', token],
    queryFn: () => lookAtLink(token ?? ''),
    enabled: token !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (token !== null && looking.data === opens) return children
  const wrong = token === null ? 'empty' : 'used-up'
  return (
    <Entrance>
      <div>
        {token !== null && looking.isPending ? (
          <Waiting label={say('web.waiting')} />
        ) : (
          <>
            <Title>{say(`web.link.${wrong}`)}</Title>
            {looking.error ? (
              <ProblemNote error={looking.error} />
            ) : (
              <p className="wide">{token === null ? empty : say('web.link.used-up.text')}</p>
            )}
            {below}
          </>
        )}
      </div>
    </Entrance>
  )
}

import { notifications } from '@mantine/notifications'
import { type ReactNode, useEffect } from 'react'
import { Logo } from '#web/ui/logo.tsx'
import { useWords } from '#web/words.tsx'
import classes from './entrance.module.css'

/** The pages before one is signed in: a form, and beside it what it leads to. */
export function Entrance({ children }: { children: ReactNode }) {
  const { say } = useWords()
  // What was noticed inside is nobody's any more.
  useEffect(() => notifications.clean(), [])
  return (
    <main id="main" tabIndex={-1} className={classes.entrance}>
      <div className={classes.box}>
        <Logo name={say('product.name')} />
        {children}
        <p className={`dim sm ${classes.foot}`}>{say('web.entrance.foot')}</p>
      </div>
      <Drawing />
    </main>
  )
}

/** An example line, from one person's Key Result up to the company's Objective. */
function Drawing() {
  const { say } = useWords()
  return (
    <figure className={classes.drawing} role="img" aria-label={say('web.entrance.example')}>
      <svg viewBox="0 0 640 780" aria-hidden="true">
        <path
          d="M60 660H110C270 660 190 440 350 440C495 440 405 130 550 130"
          fill="none"
          stroke="var(--line)"
          strokeWidth="3"
          strokeLinecap="round"
        />
        <circle cx="60" cy="660" r="10" fill="var(--line)" />
        <circle cx="351" cy="440" r="8" fill="var(--page)" stroke="var(--line)" strokeWidth="3" />
        <circle cx="565" cy="130" r="15" fill="var(--page)" stroke="var(--line)" strokeWidth="4" />
        <Caption x={50} y={704} words={say('web.entrance.mine')} by={say('web.entrance.mine.by')} kind="mine" />
        <Caption x={342} y={486} words={say('web.entrance.team')} by={say('web.entrance.team.by')} kind="team" />
        <Caption
          x={628}
          y={76}
          words={say('web.entrance.company')}
          by={say('web.entrance.company.by')}
          kind="company"
        />
      </svg>
    </figure>
  )
}

function Caption({
  x,
  y,
  words,
  by,
  kind,
}: {
  x: number
  y: number
  words: string
  by: string
  kind: 'mine' | 'team' | 'company'
}) {
  return (
    <text x={x} y={y} className={classes[kind]}>
      <tspan>{words}</tspan>
      <tspan x={x} dy={kind === 'company' ? 26 : 22} className={classes.by}>
        {by}
      </tspan>
    </text>
  )
}

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useDirectory } from '#web/directory/directory.ts'
import { StateMark } from '#web/life/state-mark.tsx'
import { useMe } from '#web/me/me.ts'
import { PersonName } from '#web/person/person-name.tsx'
import { StatusMark } from '#web/status/status-mark.tsx'
import { Flash } from '#web/ui/flash.tsx'
import { useWords } from '#web/words.tsx'
import type { Objective } from './objective.ts'
import classes from './objective-item.module.css'
import { ObjectiveLine } from './objective-line.tsx'

type Props = { objective: Objective; withLead?: boolean; children?: ReactNode }

/** An Objective among others. */
export function ObjectiveItem({ objective, withLead = true, children }: Props) {
  const { say, percent, titled } = useWords()
  const me = useMe()
  const { group } = useDirectory()
  return (
    <li className={classes.item}>
      <div className={classes.words}>
        <Link
          to="/objectives/$id"
          params={{ id: objective.id }}
          className={classes.title}
          data-draft={objective.state === 'draft' || undefined}
        >
          {titled(objective.title)}
        </Link>
        <div className={classes.meta}>
          <StateMark of={objective} />
          <StatusMark status={objective.status} />
          {withLead && <PersonName id={objective.leadId} meId={me.id} />}
          <span className="dim">{group(objective.groupId)?.name ?? say(`web.level.${objective.level}`)}</span>
          <span className="dim">{say('web.objective.key-results', { count: objective.keyResultCount })}</span>
        </div>
        {children}
      </div>
      <div className={classes.line}>
        <ObjectiveLine objective={objective} />
        <Flash of={objective.progress}>
          <span className="num sm">
            {objective.progress === null ? say('web.objective.no-progress') : percent(objective.progress)}
          </span>
        </Flash>
      </div>
    </li>
  )
}

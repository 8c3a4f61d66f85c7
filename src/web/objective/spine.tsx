import { Link } from '@tanstack/react-router'
import { useDirectory } from '#web/directory/directory.ts'
import { Mark } from '#web/ui/mark.tsx'
import { useWords } from '#web/words.tsx'
import { useAncestors } from './ancestors.ts'
import { byline, type Objective } from './objective.ts'
import classes from './spine.module.css'

/** Why this is done: the Objectives above it, company first, each with the sentence that ties the next one to it. */
export function Spine({ objective, mine }: { objective: Objective; mine: boolean }) {
  const { say, titled } = useWords()
  const { person, group } = useDirectory()
  const steps = useAncestors(objective)
  if (steps.length === 0)
    return objective.level === 'company' ? null : <p className={classes.none}>{say('web.objective.not-aligned')}</p>
  return (
    <ol className={classes.spine} data-mine={mine || undefined} aria-label={say('web.objective.above')}>
      {steps.toReversed().map(({ link, to }) => (
        <li
          key={link.id}
          data-offered={link.state === 'offered' || undefined}
          data-company={to?.level === 'company' || undefined}
        >
          {to === null ? (
            <Mark shape="hidden">{say('web.private')}</Mark>
          ) : (
            <p>
              <Link to="/objectives/$id" params={{ id: to.id }} className={classes.title}>
                {titled(to.title)}
              </Link>
              <span className={classes.by}>
                {byline(group(to.groupId), person(to.leadId), to.level === 'company' ? say('web.level.company') : null)}
              </span>
            </p>
          )}
          {link.state === 'offered' && <Mark shape="offered">{say('web.link.offered')}</Mark>}
          {link.statement !== null && (
            <p className={`said ${classes.because}`}>{say('web.quoted', { text: link.statement })}</p>
          )}
        </li>
      ))}
    </ol>
  )
}

import { Link } from '@tanstack/react-router'
import { useDirectory } from '#web/directory/directory.ts'
import { useMe } from '#web/me/me.ts'
import { byline } from '#web/objective/objective.ts'
import { Mark } from '#web/ui/mark.tsx'
import { useWords } from '#web/words.tsx'
import type { Begin, Stop, Way } from './line.ts'
import classes from './line-of-sight.module.css'

/** From the company down to what one owns. Where it breaks, it ends in a short bar and a sentence says why. */
export function LineOfSight({ way, label }: { way: Way; label: string }) {
  const { say } = useWords()
  const me = useMe()
  const { path, broken, begins } = way
  const mine =
    begins.some(({ keyResult }) => keyResult.ownerId === me.id) || (begins.length === 0 && path[0]?.leadId === me.id)
  const breakAt = broken === null ? -1 : path.findIndex(({ objectiveId }) => objectiveId === broken.objectiveId)
  return (
    <div>
      <ol className={classes.line} data-mine={mine || undefined} aria-label={label}>
        {path
          .map((stop, index) => (
            <StopItem
              key={stop.objectiveId ?? `private ${index}`}
              stop={stop}
              altitude={stop.level === 'company' ? 3 : Math.min(index + 1, 2)}
              // What leads up from here is not agreed, or there is nothing to lead to.
              reach={broken === null || index < breakAt ? 'whole' : index === breakAt ? 'broken' : 'beyond'}
              top={index === path.length - 1}
              begun={index > 0 || begins[0]?.broken == null}
            />
          ))
          .reverse()}
        {begins.length > 0 && (
          <li className={classes.begins}>
            <ul>
              {begins.map((begin, index) => (
                <BeginItem key={begin.keyResult.id} {...begin} next={begins[index + 1]} />
              ))}
            </ul>
          </li>
        )}
      </ol>
      {broken !== null && (
        <p className={classes.broken}>
          <Mark shape="stop" tone="warn">
            {say(`web.line.broken.${broken.why}`, {
              title: titleOf(path, broken.objectiveId) ?? say('web.private'),
              next: titleAbove(path, breakAt) ?? say('web.private'),
            })}
          </Mark>
        </p>
      )}
    </div>
  )
}

type StopProps = { stop: Stop; altitude: number; reach: 'whole' | 'broken' | 'beyond'; top: boolean; begun: boolean }

function StopItem({ stop, altitude, reach, top, begun }: StopProps) {
  const { say, titled } = useWords()
  const { person, group } = useDirectory()
  if (stop.private || stop.objectiveId === null) {
    return (
      <li data-reach={reach} data-top={top || undefined} data-begun={begun}>
        <Mark shape="hidden">{say('web.private')}</Mark>
      </li>
    )
  }
  return (
    <li
      data-reach={reach}
      data-top={top || undefined}
      data-begun={begun}
      data-company={stop.level === 'company' || undefined}
    >
      <span className={classes.by}>
        {byline(group(stop.groupId), person(stop.leadId), stop.level === 'company' ? say('web.level.company') : null)}
      </span>
      <Link
        to="/objectives/$id"
        params={{ id: stop.objectiveId }}
        className={classes.objective}
        data-altitude={altitude}
      >
        {titled(stop.title)}
      </Link>
      {stop.next?.link === 'offered' && <Mark shape="offered">{say('web.link.offered')}</Mark>}
      {stop.next?.statement && (
        <span className={classes.because}>{say('web.quoted', { text: stop.next.statement })}</span>
      )}
    </li>
  )
}

/** A Key Result branches off the way of its Objective; beside it stand the others, never between it and the way. */
function BeginItem({ keyResult, broken, next }: Begin & { next: Begin | undefined }) {
  const { say, percent, titled } = useWords()
  const { person } = useDirectory()
  const me = useMe()
  return (
    <li data-begun={broken === null} data-next={next && (next.broken === null ? 'whole' : 'broken')}>
      <span className={classes.by}>
        {keyResult.ownerId === me.id ? say('web.person.you') : person(keyResult.ownerId)?.name}
      </span>
      <Link to="/key-results/$id" params={{ id: keyResult.id }} className={classes.keyResult}>
        {titled(keyResult.title)}
      </Link>
      <span className="dim sm">
        {keyResult.progress === null
          ? say('web.key-result.not-yet')
          : say('web.key-result.of-the-way', { percent: percent(keyResult.progress) })}
      </span>
      {broken !== null && (
        <Mark shape="stop" tone="warn">
          {say(`web.line.broken.${broken}`, { title: keyResult.title })}
        </Mark>
      )}
    </li>
  )
}

function titleOf(path: readonly Stop[], objectiveId: string | null): string | null {
  return path.find((stop) => stop.objectiveId === objectiveId)?.title ?? path[0]?.title ?? null
}

function titleAbove(path: readonly Stop[], index: number): string | null {
  return path[index + 1]?.title ?? null
}

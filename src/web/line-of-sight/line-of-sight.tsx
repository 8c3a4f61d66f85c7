import { Link } from '@tanstack/react-router'
import { useDirectory } from '#web/directory/directory.ts'
import { useMe } from '#web/me/me.ts'
import { byline } from '#web/objective/objective.ts'
import { Mark } from '#web/ui/mark.tsx'
import { useWords } from '#web/words.tsx'
import type { Stop, Way } from './line.ts'
import classes from './line-of-sight.module.css'

/** From the company down to what one owns. Where it breaks, it ends in a short bar and a sentence says why. */
export function LineOfSight({ way, label }: { way: Way; label: string }) {
  const { say } = useWords()
  const me = useMe()
  const { line, keyResults } = way
  const mine =
    keyResults.some(({ ownerId }) => ownerId === me.id) || (keyResults.length === 0 && line.path[0]?.leadId === me.id)
  const breakAt =
    line.broken === null ? -1 : line.path.findIndex(({ objectiveId }) => objectiveId === line.broken?.objectiveId)
  return (
    <div>
      <ol className={classes.line} data-mine={mine || undefined} aria-label={label}>
        {line.path
          .map((stop, index) => (
            <StopItem
              key={stop.objectiveId ?? `private ${index}`}
              stop={stop}
              altitude={stop.level === 'company' ? 3 : Math.min(index + 1, 2)}
              // What leads up from here is not agreed, or there is nothing to lead to.
              reach={line.broken === null || index < breakAt ? 'whole' : index === breakAt ? 'broken' : 'beyond'}
              top={index === line.path.length - 1}
            />
          ))
          .reverse()}
        {keyResults.map((keyResult) => (
          <MyStop key={keyResult.id} keyResult={keyResult} />
        ))}
      </ol>
      {line.broken !== null && (
        <p className={classes.broken}>
          <Mark shape="stop" tone="warn">
            {say(`web.line.broken.${line.broken.why}`, {
              title: titleOf(line.path, line.broken.objectiveId) ?? say('web.private'),
              next: titleAbove(line.path, breakAt) ?? say('web.private'),
            })}
          </Mark>
        </p>
      )}
    </div>
  )
}

type StopProps = { stop: Stop; altitude: number; reach: 'whole' | 'broken' | 'beyond'; top: boolean }

function StopItem({ stop, altitude, reach, top }: StopProps) {
  const { say } = useWords()
  const { person, group } = useDirectory()
  if (stop.private || stop.objectiveId === null) {
    return (
      <li data-reach={reach} data-top={top || undefined}>
        <Mark shape="hidden">{say('web.private')}</Mark>
      </li>
    )
  }
  return (
    <li data-reach={reach} data-top={top || undefined} data-company={stop.level === 'company' || undefined}>
      <span className={classes.by}>
        {byline(group(stop.groupId), person(stop.leadId), stop.level === 'company' ? say('web.level.company') : null)}
      </span>
      <Link
        to="/objectives/$id"
        params={{ id: stop.objectiveId }}
        className={classes.objective}
        data-altitude={altitude}
      >
        {stop.title}
      </Link>
      {stop.next?.link === 'offered' && <Mark shape="offered">{say('web.link.offered')}</Mark>}
      {stop.next?.statement && (
        <span className={classes.because}>{say('web.quoted', { text: stop.next.statement })}</span>
      )}
    </li>
  )
}

function MyStop({ keyResult }: { keyResult: Way['keyResults'][number] }) {
  const { say, percent } = useWords()
  const { person } = useDirectory()
  const me = useMe()
  return (
    <li data-dot="" data-reach="whole">
      <span className={classes.by}>
        {keyResult.ownerId === me.id ? say('web.person.you') : person(keyResult.ownerId)?.name}
      </span>
      <Link to="/key-results/$id" params={{ id: keyResult.id }} className={classes.keyResult}>
        {keyResult.title}
      </Link>
      <span className="dim sm">
        {keyResult.progress === null
          ? say('web.key-result.not-yet')
          : say('web.key-result.of-the-way', { percent: percent(keyResult.progress) })}
      </span>
    </li>
  )
}

function titleOf(path: readonly Stop[], objectiveId: string | null): string | null {
  return path.find((stop) => stop.objectiveId === objectiveId)?.title ?? path[0]?.title ?? null
}

function titleAbove(path: readonly Stop[], index: number): string | null {
  return path[index + 1]?.title ?? null
}

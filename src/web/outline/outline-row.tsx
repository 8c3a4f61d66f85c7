import { Link } from '@tanstack/react-router'
import type { Directory } from '#web/directory/directory.ts'
import { Aim, Now } from '#web/key-result/figures.tsx'
import type { KeyResult } from '#web/key-result/key-result.ts'
import { KeyResultLine } from '#web/key-result/key-result-line.tsx'
import { StateMark } from '#web/life/state-mark.tsx'
import type { Me } from '#web/me/me.ts'
import type { Objective } from '#web/objective/objective.ts'
import { ObjectiveLine } from '#web/objective/objective-line.tsx'
import { PersonName } from '#web/person/person-name.tsx'
import { StatusMark } from '#web/status/status-mark.tsx'
import { Flash } from '#web/ui/flash.tsx'
import { Mark } from '#web/ui/mark.tsx'
import { useWords } from '#web/words.tsx'
import { Cell } from './cell.tsx'
import classes from './outline.module.css'
import type { Row } from './rows.ts'

type Props = { row: Row; me: Me; directory: Directory }

/** The cells of a row, behind its title. */
export function Cells({ row, me, directory }: Props) {
  const { branch } = row
  if (branch.kind === 'section') return null
  if (branch.kind === 'objective')
    return <ObjectiveCells objective={branch.objective} offered={branch.offered} me={me} />
  return <KeyResultCells keyResult={branch.keyResult} me={me} directory={directory} />
}

/** What the row is, as a link to its page. */
export function RowTitle({ row, directory }: Pick<Props, 'row' | 'directory'>) {
  const { say, titled } = useWords()
  const { branch } = row
  if (branch.kind === 'section') return <span className={classes.section}>{branch.title}</span>
  if (branch.kind === 'key-result') {
    return (
      <Link
        to="/key-results/$id"
        params={{ id: branch.id }}
        tabIndex={-1}
        data-draft={branch.keyResult.state === 'draft' || undefined}
      >
        {titled(branch.keyResult.title)}
      </Link>
    )
  }
  const { objective } = branch
  // Under a heading of its own it need not be said again.
  const where = row.level < row.depth ? null : whereOf(objective, directory)
  const count =
    row.expanded === false && objective.keyResultCount > 0
      ? say('web.objective.key-results', { count: objective.keyResultCount })
      : null
  return (
    <>
      <Link
        to="/objectives/$id"
        params={{ id: objective.id }}
        tabIndex={-1}
        data-draft={objective.state === 'draft' || undefined}
      >
        {titled(objective.title)}
      </Link>
      <span className={classes.sub}>
        {[where === undefined ? say(`web.level.${objective.level}`) : where, count].filter(Boolean).join(', ')}
      </span>
    </>
  )
}

function whereOf(objective: Objective, directory: Directory): string | undefined {
  return objective.level === 'group' ? directory.group(objective.groupId)?.name : undefined
}

function ObjectiveCells({ objective, offered, me }: { objective: Objective; offered: boolean; me: Me }) {
  const { say, percent } = useWords()
  return (
    <>
      <Cell className={classes.who}>
        <PersonName id={objective.leadId} meId={me.id} />
      </Cell>
      <Cell className={classes.line}>
        <ObjectiveLine objective={objective} />
      </Cell>
      <Cell className={classes.now}>
        <b>
          <Flash of={objective.progress}>
            {objective.progress === null ? (
              <span className="dim">{say('web.objective.no-progress')}</span>
            ) : (
              percent(objective.progress)
            )}
          </Flash>
        </b>
      </Cell>
      <Cell className={classes.sure} />
      <Cell className={classes.state}>
        <StateMark of={objective} />
        <StatusMark status={objective.status} />
        {offered && <Mark shape="offered">{say('web.link.offered')}</Mark>}
      </Cell>
    </>
  )
}

function KeyResultCells({ keyResult, me }: { keyResult: KeyResult; me: Me; directory: Directory }) {
  const { say } = useWords()
  return (
    <>
      <Cell className={classes.who}>
        <PersonName id={keyResult.ownerId} meId={me.id} />
      </Cell>
      <Cell className={classes.line}>
        <KeyResultLine keyResult={keyResult} mine={keyResult.ownerId === me.id} />
      </Cell>
      <Cell className={classes.now}>
        <b>
          <Now keyResult={keyResult} />
        </b>
        <span className={classes.sub}>
          <Aim keyResult={keyResult} />
        </span>
      </Cell>
      <Cell className={classes.sure}>
        {keyResult.confidence !== null && (
          <>
            <span className="unseen">{say('web.confidence')} </span>
            {keyResult.confidence}
          </>
        )}
      </Cell>
      <Cell className={classes.state}>
        <StateMark of={keyResult} />
        <StatusMark status={keyResult.status} />
        {keyResult.contributionOffer !== null && <Mark shape="offered">{say('web.link.offered')}</Mark>}
      </Cell>
    </>
  )
}

import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDirectory } from '#web/directory/directory.ts'
import { LifeButtons } from '#web/life/life-buttons.tsx'
import { StateMark } from '#web/life/state-mark.tsx'
import { useMe } from '#web/me/me.ts'
import { PersonName } from '#web/person/person-name.tsx'
import { StatusMark, StatusReason } from '#web/status/status-mark.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Flash } from '#web/ui/flash.tsx'
import { Key } from '#web/ui/key.tsx'
import { useShortcut } from '#web/ui/shortcut.ts'
import { useWords } from '#web/words.tsx'
import { OfferFromAbove } from './alignment-offer.tsx'
import { type Objective, offersLife } from './objective.ts'
import classes from './objective-aside.module.css'
import { ObjectiveLine } from './objective-line.tsx'

/** What can be done with an Objective, and what there is to know about it. */
export function ObjectiveAside({ objective, editable }: { objective: Objective; editable: boolean }) {
  const { say, day, percent } = useWords()
  const me = useMe()
  const directory = useDirectory()
  const navigate = useNavigate()
  const group = directory.group(objective.groupId)
  const cycle = directory.cycle(objective.cycleId)
  const runs = offersLife(objective, me, group)
  const edit = { to: '/objectives/$id/edit', params: { id: objective.id } } as const
  useShortcut('e', editable ? () => void navigate(edit) : null)
  return (
    <>
      {(editable || runs) && (
        <div className={classes.acts}>
          {editable && (
            <Button size="xs" renderRoot={(props) => <Link {...edit} {...props} />} rightSection={<Key of="E" />}>
              {say('web.edit')}
            </Button>
          )}
          {runs && <LifeButtons noun="objectives" thing={objective} onDiscarded={() => navigate({ to: '/' })} />}
        </div>
      )}
      {objective.alignmentOffer !== null && <OfferFromAbove below={objective} offer={objective.alignmentOffer} />}
      <Facts
        of={
          [
            [say('web.state'), <StateMark key="state" of={objective} />],
            [
              say('web.status'),
              objective.status && (
                <span key="status">
                  <StatusMark status={objective.status} /> <StatusReason status={objective.status} />
                </span>
              ),
            ],
            [
              say('web.progress'),
              <span key="progress">
                <Flash of={objective.progress}>
                  {objective.progress === null ? say('web.objective.no-progress') : percent(objective.progress)}
                </Flash>
                <ObjectiveLine objective={objective} />
              </span>,
            ],
            [say('web.lead'), <PersonName key="lead" id={objective.leadId} meId={me.id} link />],
            [say('web.level'), say(`web.level.${objective.level}`)],
            [say('web.group'), group?.name ?? null],
            [say('web.cycle'), cycle ? say('web.cycle.until', { name: cycle.name, day: day(cycle.endsOn) }) : null],
            [say('web.ambition'), say(`web.ambition.${objective.ambition}`)],
            [say('web.visibility'), objective.visibility === 'named' ? say('web.visibility.named') : null],
          ].filter(([name]) => objective.state !== 'published' || !objective.conforms || name !== say('web.state')) as [
            string,
            React.ReactNode,
          ][]
        }
      />
    </>
  )
}

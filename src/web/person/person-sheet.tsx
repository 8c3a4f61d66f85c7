import { useSuspenseQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { askAll } from '#web/ask.ts'
import { type Person, useDirectory } from '#web/directory/directory.ts'
import { PageWaiting } from '#web/frame/page-waiting.tsx'
import { Title } from '#web/frame/title.tsx'
import { offersCheckIn } from '#web/key-result/key-result.ts'
import { KeyResultItem } from '#web/key-result/key-result-item.tsx'
import { LinesOfPerson } from '#web/line-of-sight/lines-of-person.tsx'
import { WaitsForMe } from '#web/link/waits-for-me.tsx'
import { useMe } from '#web/me/me.ts'
import { ObjectiveItem } from '#web/objective/objective-item.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useWords } from '#web/words.tsx'
import classes from './person-sheet.module.css'

/** What somebody owns and leads, and where it leads to. */
export function PersonSheet({ person }: { person: Person }) {
  const { say } = useWords()
  const me = useMe()
  const mine = person.id === me.id
  const [{ data: owned }, { data: led }] = useSuspenseQueries({
    queries: [askAll('key-results.list', { ownerId: person.id }), askAll('objectives.list', { leadId: person.id })],
  })
  const owns = owned.filter(isOpen)
  const leads = led.filter(isOpen)
  const main = owns.find((keyResult) => offersCheckIn(keyResult, me))
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <p className="dim sm">
          {mine ? (
            say('web.me.where', { name: person.name, organization: me.organization.name })
          ) : (
            <Place person={person} />
          )}
        </p>
        <Title name={person.name}>{mine ? say('web.me.title', { count: owns.length }) : person.name}</Title>
      </header>
      <div className={classes.main}>
        {mine && <WaitsForMe leads={leads} owns={owns} />}
        <section aria-labelledby="owns">
          <h2 id="owns">{mine ? say('web.me.owns') : say('web.person.owns')}</h2>
          <ul className={classes.list}>
            {owns.map((keyResult) => (
              <KeyResultItem
                key={keyResult.id}
                keyResult={keyResult}
                main={keyResult === main && mine}
                withOwner={false}
              />
            ))}
          </ul>
          {owns.length === 0 && (
            <Empty
              title={mine ? say('web.me.owns-nothing') : say('web.person.owns-nothing', { name: person.name })}
              action={<Link to="/">{say('web.me.to-outline')}</Link>}
            >
              {say('web.person.owns-nothing.more')}
            </Empty>
          )}
        </section>
        {leads.length > 0 && (
          <section aria-labelledby="leads">
            <h2 id="leads">{mine ? say('web.me.leads') : say('web.person.leads')}</h2>
            <ul className={classes.list}>
              {leads.map((objective) => (
                <ObjectiveItem key={objective.id} objective={objective} withLead={false} />
              ))}
            </ul>
          </section>
        )}
      </div>
      <aside className={classes.aside} aria-labelledby="line">
        <h2 id="line">{mine ? say('web.me.line') : say('web.person.line')}</h2>
        <Suspense fallback={<PageWaiting />}>
          <LinesOfPerson personId={person.id} label={mine ? say('web.me.line') : say('web.person.line')} />
        </Suspense>
      </aside>
    </div>
  )
}

function Place({ person }: { person: Person }) {
  const { say } = useWords()
  const directory = useDirectory()
  const manager = directory.person(person.managerId)
  const groups = person.groupIds.map((id) => directory.group(id)?.name).filter(Boolean)
  return (
    <>
      {[...groups, person.grade, person.site].filter(Boolean).join(', ')}
      {manager && (
        <>
          {groups.length > 0 && ' · '}
          {say('web.person.reports-to')}{' '}
          <Link to="/people/$id" params={{ id: manager.id }}>
            {manager.name}
          </Link>
        </>
      )}
    </>
  )
}

function isOpen({ state }: { state: string }): boolean {
  return state !== 'discarded' && state !== 'cancelled' && state !== 'closed'
}

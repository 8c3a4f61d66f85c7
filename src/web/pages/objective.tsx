import { Button } from '@mantine/core'
import { useSuspenseQueries } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ask, askAll } from '#web/ask.ts'
import { LatestCheckIns } from '#web/check-in/latest-check-ins.tsx'
import { ContributionsTo } from '#web/contribution/contributions-to.tsx'
import { useDirectory } from '#web/directory/directory.ts'
import { Title } from '#web/frame/title.tsx'
import { isMine, offersCheckIn } from '#web/key-result/key-result.ts'
import { KeyResultItem } from '#web/key-result/key-result-item.tsx'
import { useMe } from '#web/me/me.ts'
import { Below } from '#web/objective/below.tsx'
import { offersEdit } from '#web/objective/objective.ts'
import { ObjectiveAside } from '#web/objective/objective-aside.tsx'
import { Spine } from '#web/objective/spine.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useWords } from '#web/words.tsx'
import classes from './objective.module.css'

export function ObjectivePage() {
  const { id } = useParams({ from: '/in/objectives/$id' })
  const { say, titled } = useWords()
  const me = useMe()
  const { group } = useDirectory()
  const [{ data: objective }, { data: every }] = useSuspenseQueries({
    queries: [ask('objectives.show', { id: id as never }), askAll('key-results.list', { objectiveId: id as never })],
  })
  const keyResults = every.filter(({ state }) => state !== 'discarded')
  const main = keyResults.find((keyResult) => isMine(keyResult, me) && offersCheckIn(keyResult, me))
  const mine = objective.leadId === me.id || keyResults.some((keyResult) => isMine(keyResult, me))
  const editable =
    offersEdit(objective, me, group(objective.groupId)) && ['draft', 'published'].includes(objective.state)
  return (
    <article className={classes.page} key={objective.id}>
      <div className={classes.main}>
        <Spine objective={objective} mine={mine} />
        <div className={classes.here} data-mine={mine || undefined}>
          <Title name={titled(objective.title)} className={classes.title}>
            {titled(objective.title)}
          </Title>
          {objective.why !== null && (
            <div className={classes.why}>
              <h2>{say('web.why')}</h2>
              <p className="wide lines">{objective.why}</p>
            </div>
          )}
        </div>
        <section className={classes.part} aria-labelledby="key-results">
          <div className={classes.head}>
            <h2 id="key-results">{say('web.key-results')}</h2>
            {editable && (
              <Button
                size="xs"
                renderRoot={(props) => (
                  <Link to="/objectives/$id/key-results/new" params={{ id: objective.id }} {...props} />
                )}
              >
                {say('web.key-result.add')}
              </Button>
            )}
          </div>
          <ul className={classes.list}>
            {keyResults.map((keyResult) => (
              <KeyResultItem key={keyResult.id} keyResult={keyResult} main={keyResult === main}>
                {(keyResult.rollsUpBy !== null || (keyResult.shares !== null && keyResult.shares.offered !== '0')) && (
                  <ContributionsTo keyResult={keyResult} />
                )}
              </KeyResultItem>
            ))}
          </ul>
          {keyResults.length === 0 && (
            <Empty title={say('web.objective.no-key-results')}>{say('web.objective.no-key-results.more')}</Empty>
          )}
        </section>
        <div className={classes.part}>
          <Below objective={objective} />
        </div>
      </div>
      <aside className={classes.aside}>
        <ObjectiveAside objective={objective} editable={editable} />
        <LatestCheckIns keyResults={keyResults} />
      </aside>
    </article>
  )
}

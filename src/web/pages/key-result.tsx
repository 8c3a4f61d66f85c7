import { useSuspenseQueries } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ask, askAll } from '#web/ask.ts'
import { CheckInList } from '#web/check-in/check-in-list.tsx'
import { ContributionsTo } from '#web/contribution/contributions-to.tsx'
import { Title } from '#web/frame/title.tsx'
import { KeyResultAside } from '#web/key-result/key-result-aside.tsx'
import { KeyResultHead } from '#web/key-result/key-result-head.tsx'
import { waysOf } from '#web/line-of-sight/line.ts'
import { LineOfSight } from '#web/line-of-sight/line-of-sight.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useWords } from '#web/words.tsx'
import classes from './key-result.module.css'

export function KeyResultPage() {
  const { id } = useParams({ from: '/in/key-results/$id' })
  const { say, titled } = useWords()
  const [{ data: keyResult }, { data: checkIns }, { data: line }] = useSuspenseQueries({
    queries: [
      ask('key-results.show', { id: id as never }),
      askAll('check-ins.list', { id: id as never }),
      ask('key-results.line-of-sight', { id: id as never }),
    ],
  })
  const objective = line.path[0]
  return (
    <article className={classes.page} key={keyResult.id}>
      <div className={classes.main}>
        {objective?.objectiveId != null && (
          <p className={classes.objective}>
            <Link to="/objectives/$id" params={{ id: objective.objectiveId }}>
              {titled(objective.title)}
            </Link>
          </p>
        )}
        <Title name={titled(keyResult.title)} className={classes.title}>
          {titled(keyResult.title)}
        </Title>
        <KeyResultHead keyResult={keyResult} />
        <ContributionsTo keyResult={keyResult} />
        <section className={classes.part} aria-labelledby="check-ins">
          <h2 id="check-ins">{say('web.check-ins')}</h2>
          {checkIns.length === 0 ? (
            <Empty title={say('web.check-ins.none')}>{say('web.check-ins.none.more')}</Empty>
          ) : (
            <CheckInList checkIns={checkIns} keyResult={keyResult} correctable />
          )}
        </section>
      </div>
      <aside className={classes.aside}>
        <KeyResultAside keyResult={keyResult} leadId={objective?.leadId ?? null} />
        <section aria-labelledby="line">
          <h2 id="line" className={classes.label}>
            {say('web.line')}
          </h2>
          {waysOf([line]).map((way) => (
            <LineOfSight key={keyResult.id} way={way} label={say('web.line')} />
          ))}
        </section>
      </aside>
    </article>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useAct } from '#web/act.ts'
import { ask } from '#web/ask.ts'
import { useDirectory } from '#web/directory/directory.ts'
import { Title } from '#web/frame/title.tsx'
import { KeyResultForm } from '#web/key-result/key-result-form.tsx'
import { emptyValues, sent } from '#web/key-result/key-result-values.ts'
import { useMe } from '#web/me/me.ts'
import { offersEdit } from '#web/objective/objective.ts'
import { NotYours } from '#web/problem/not-yours.tsx'
import { useWords } from '#web/words.tsx'

export function NewKeyResultPage() {
  const { id } = useParams({ from: '/in/objectives/$id/key-results/new' })
  const words = useWords()
  const { say, titled } = words
  const me = useMe()
  const { cycle, person, group } = useDirectory()
  const { data: objective } = useSuspenseQuery(ask('objectives.show', { id: id as never }))
  const its = group(objective.groupId)
  const navigate = useNavigate()
  const create = useAct('key-results.create')
  if (!offersEdit(objective, me, its))
    return <NotYours who={[objective.leadId, its?.leadId ?? null].map((one) => person(one)?.name)} />
  return (
    <>
      <p className="serif">{titled(objective.title)}</p>
      <Title name={say('web.key-result.add')}>{say('web.key-result.add.title')}</Title>
      <KeyResultForm
        first={emptyValues(me.person?.id ?? null, cycle(objective.cycleId))}
        published={false}
        saving={create.isPending}
        error={create.error}
        saveWord={say('web.key-result.save-draft')}
        onSave={(values) =>
          create.mutate({
            input: { id: objective.id, ...sent(values, words), title: values.title },
            done: say('web.key-result.drafted'),
            after: (made) => navigate({ to: '/key-results/$id', params: { id: made.id } }),
          })
        }
        onCancel={() => void navigate({ to: '/objectives/$id', params: { id: objective.id } })}
      />
    </>
  )
}

import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct } from '#web/act.ts'
import { ask } from '#web/ask.ts'
import { BothVersions } from '#web/conflict/both-versions.tsx'
import { conflictOf } from '#web/conflict/conflict.ts'
import { useDirectory } from '#web/directory/directory.ts'
import { Title } from '#web/frame/title.tsx'
import { type KeyResult, offersEdit } from '#web/key-result/key-result.ts'
import { useKeyResultDifferences } from '#web/key-result/key-result-differences.ts'
import { KeyResultForm } from '#web/key-result/key-result-form.tsx'
import { changed, type KeyResultValues, valuesOf } from '#web/key-result/key-result-values.ts'
import { useMe } from '#web/me/me.ts'
import { NotYours } from '#web/problem/not-yours.tsx'
import { useWords } from '#web/words.tsx'

export function EditKeyResultPage() {
  const { id } = useParams({ from: '/in/key-results/$id/edit' })
  const me = useMe()
  const { person, group } = useDirectory()
  const { data } = useSuspenseQuery(ask('key-results.show', { id: id as never }))
  const { data: objective } = useSuspenseQuery(ask('objectives.show', { id: data.objectiveId }))
  const leads = [objective.leadId, group(objective.groupId)?.leadId ?? null]
  if (offersEdit(data, leads, me)) return <EditKeyResult data={data} />
  return <NotYours who={[data.ownerId, ...leads].map((one) => person(one)?.name)} />
}

function EditKeyResult({ data }: { data: KeyResult }) {
  const words = useWords()
  const { say } = words
  const navigate = useNavigate()
  const back = () => navigate({ to: '/key-results/$id', params: { id: data.id } })
  const edit = useAct('key-results.edit')
  // What one began to edit stays under the hand, also while others save.
  const [base, setBase] = useState(data)
  const [mine, setMine] = useState<KeyResultValues | null>(null)
  const differences = useKeyResultDifferences()
  const conflict = conflictOf<KeyResult>(edit.error)

  function save(values: KeyResultValues, over: KeyResult = base) {
    setMine(values)
    edit.mutate({
      input: { id: data.id, ...changed(values, valuesOf(over, words), words) },
      ifMatch: over.version,
      done: say('web.saved'),
      after: back,
    })
  }

  return (
    <>
      <Title name={say('web.key-result.edit', { title: data.title })}>{say('web.key-result.edit.title')}</Title>
      {conflict && mine && (
        <BothVersions
          differences={differences(mine, valuesOf(conflict.current, words))}
          saving={edit.isPending}
          onKeepMine={() => save(mine, conflict.current)}
          onTakeTheirs={() => {
            edit.reset()
            setBase(conflict.current)
          }}
        />
      )}
      <KeyResultForm
        key={base.version}
        first={valuesOf(base, words)}
        published={base.state === 'published'}
        saving={edit.isPending}
        error={conflict ? null : edit.error}
        saveWord={say('web.save')}
        onSave={(values) => save(values)}
        onCancel={() => void back()}
      />
    </>
  )
}

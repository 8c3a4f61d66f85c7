import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct } from '#web/act.ts'
import { ask } from '#web/ask.ts'
import { BothVersions } from '#web/conflict/both-versions.tsx'
import { conflictOf } from '#web/conflict/conflict.ts'
import { Title } from '#web/frame/title.tsx'
import { AlignForm } from '#web/objective/align-form.tsx'
import type { Objective } from '#web/objective/objective.ts'
import { useDifferences } from '#web/objective/objective-differences.ts'
import { ObjectiveForm } from '#web/objective/objective-form.tsx'
import { changed, type ObjectiveValues, valuesOf } from '#web/objective/objective-values.ts'
import { useWords } from '#web/words.tsx'

export function EditObjectivePage() {
  const { id } = useParams({ from: '/in/objectives/$id/edit' })
  const { say } = useWords()
  const { data } = useSuspenseQuery(ask('objectives.show', { id: id as never }))
  const navigate = useNavigate()
  const back = () => navigate({ to: '/objectives/$id', params: { id: data.id } })
  const edit = useAct('objectives.edit')
  // What one began to edit stays under the hand, also while others save.
  const [base, setBase] = useState(data)
  const [mine, setMine] = useState<ObjectiveValues | null>(null)
  const differences = useDifferences()
  const conflict = conflictOf<Objective>(edit.error)

  function save(values: ObjectiveValues, over: Objective = base) {
    setMine(values)
    edit.mutate({
      input: { id: data.id, ...changed(values, valuesOf(over)) },
      ifMatch: over.version,
      done: say('web.saved'),
      after: back,
    })
  }

  return (
    <>
      <Title name={say('web.objective.edit', { title: data.title })}>{say('web.objective.edit.title')}</Title>
      {conflict && mine && (
        <BothVersions
          differences={differences(mine, valuesOf(conflict.current))}
          saving={edit.isPending}
          onKeepMine={() => save(mine, conflict.current)}
          onTakeTheirs={() => {
            edit.reset()
            setBase(conflict.current)
          }}
        />
      )}
      <ObjectiveForm
        key={base.version}
        first={valuesOf(base)}
        aligns={false}
        published={base.state === 'published'}
        saving={edit.isPending}
        error={conflict ? null : edit.error}
        onSave={(values) => save(values)}
        onCancel={() => void back()}
      />
      {data.level !== 'company' && <AlignForm objective={data} />}
    </>
  )
}

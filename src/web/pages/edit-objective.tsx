import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct } from '#web/act.ts'
import { ask } from '#web/ask.ts'
import { BothVersions } from '#web/conflict/both-versions.tsx'
import { conflictOf } from '#web/conflict/conflict.ts'
import { useDirectory } from '#web/directory/directory.ts'
import { Title } from '#web/frame/title.tsx'
import { useMe } from '#web/me/me.ts'
import { type Objective, offersEdit } from '#web/objective/objective.ts'
import { useDifferences } from '#web/objective/objective-differences.ts'
import { ObjectiveForm } from '#web/objective/objective-form.tsx'
import { changed, linkCall, type ObjectiveValues, together, valuesOf } from '#web/objective/objective-values.ts'
import { NotYours } from '#web/problem/not-yours.tsx'
import { useWords } from '#web/words.tsx'

export function EditObjectivePage() {
  const { id } = useParams({ from: '/in/objectives/$id/edit' })
  const me = useMe()
  const { person, group } = useDirectory()
  const { data } = useSuspenseQuery(ask('objectives.show', { id: id as never }))
  const its = group(data.groupId)
  if (offersEdit(data, me, its)) return <EditObjective data={data} />
  return <NotYours who={[data.leadId, its?.leadId ?? null].map((one) => person(one)?.name)} />
}

function EditObjective({ data }: { data: Objective }) {
  const { say } = useWords()
  const navigate = useNavigate()
  const back = () => navigate({ to: '/objectives/$id', params: { id: data.id } })
  const queryClient = useQueryClient()
  const edit = useAct('objectives.edit')
  const both = useAct('changes.make')
  const [saving, error] = [edit.isPending || both.isPending, edit.error ?? both.error]
  // What one began to edit stays under the hand, also while others save.
  const [base, setBase] = useState(data)
  const [mine, setMine] = useState<ObjectiveValues | null>(null)
  const differences = useDifferences()
  const conflict = conflictOf<Objective>(error)

  function save(values: ObjectiveValues, over: Objective = base) {
    setMine(values)
    forget()
    const before = valuesOf(over)
    const [edited, link] = [changed(values, before), linkCall(over, values, before)]
    const done = say('web.saved')
    if (link === null) {
      edit.mutate({ input: { id: data.id, ...edited }, ifMatch: over.version, done, after: back })
      return
    }
    const { queryKey } = ask('objectives.show', { id: data.id })
    both.mutate({
      input: together(data.id, edited, link, over.version),
      done,
      after: () => queryClient.invalidateQueries({ queryKey }).then(back),
    })
  }

  function forget() {
    edit.reset()
    both.reset()
  }

  return (
    <>
      <Title name={say('web.objective.edit', { title: data.title })}>{say('web.objective.edit.title')}</Title>
      {conflict && mine && (
        <BothVersions
          differences={differences(mine, valuesOf(conflict.current))}
          saving={saving}
          onKeepMine={() => save(mine, conflict.current)}
          onTakeTheirs={() => {
            forget()
            setBase(conflict.current)
          }}
        />
      )}
      <ObjectiveForm
        key={base.version}
        first={valuesOf(base)}
        id={base.id}
        published={base.state === 'published'}
        saving={saving}
        error={conflict ? null : error}
        onSave={(values) => save(values)}
        onCancel={() => void back()}
      />
    </>
  )
}

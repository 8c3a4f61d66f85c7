import { useNavigate, useSearch } from '@tanstack/react-router'
import { useAct } from '#web/act.ts'
import { currentCycle } from '#web/cycle/current.ts'
import { NewCycle } from '#web/cycle/new-cycle.tsx'
import { useDirectory } from '#web/directory/directory.ts'
import { Title } from '#web/frame/title.tsx'
import { useMe } from '#web/me/me.ts'
import { ObjectiveForm } from '#web/objective/objective-form.tsx'
import { made } from '#web/objective/objective-values.ts'
import { NotYours } from '#web/problem/not-yours.tsx'
import { useWords } from '#web/words.tsx'

export function NewObjectivePage() {
  const { say } = useWords()
  const me = useMe()
  const { cycles, people } = useDirectory()
  const { under } = useSearch({ from: '/in/objectives/new' })
  const navigate = useNavigate()
  const create = useAct('objectives.create')
  const cycle = currentCycle(cycles, me.today)
  const known = people.find(({ id }) => id === me.id)
  if (me.role === 'guest') return <NotYours who={[]} />
  return (
    <>
      <Title name={say('web.objective.new')}>{say('web.objective.new.title')}</Title>
      <p className="wide">{say('web.objective.new.about')}</p>
      {cycle ? (
        <ObjectiveForm
          first={{
            title: '',
            why: '',
            level: me.role === 'administrator' && under === undefined ? 'company' : 'group',
            groupId: known?.groupIds[0] ?? null,
            leadId: known?.id ?? null,
            cycleId: cycle.id,
            ambition: 'committed',
            alignedToId: under ?? null,
            statement: '',
            reason: '',
          }}
          published={false}
          saving={create.isPending}
          error={create.error}
          onSave={(values) =>
            create.mutate({
              input: made(values),
              done: say('web.objective.drafted'),
              after: ({ id }) => navigate({ to: '/objectives/$id', params: { id } }),
            })
          }
          onCancel={() => void navigate({ to: '/' })}
        />
      ) : (
        <NewCycle />
      )}
    </>
  )
}

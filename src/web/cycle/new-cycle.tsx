import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useAct } from '#web/act.ts'
import { useMe } from '#web/me/me.ts'
import { pointersOf } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useRefusedFields } from '#web/problem/refused-fields.ts'
import { Empty } from '#web/ui/empty.tsx'
import classes from '#web/ui/form.module.css'
import { useWords } from '#web/words.tsx'
import { quarterOf } from './quarter.ts'

const FIELDS = ['name', 'startsOn', 'endsOn']

/** Before anything can be written there is a time box to write it for. */
export function NewCycle() {
  const { say } = useWords()
  const { role, today } = useMe()
  const queryClient = useQueryClient()
  const create = useAct('cycles.create')
  const form = useForm({ initialValues: quarterOf(today) })
  useRefusedFields(form, create.error)
  if (role !== 'administrator') return <Empty title={say('web.cycle.none')}>{say('web.cycle.none.more')}</Empty>
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit((input) =>
        create.mutate({
          input,
          done: say('web.cycle.made', { name: input.name }),
          after: () => void queryClient.invalidateQueries({ queryKey: ['cycles.list'] }),
        }),
      )}
    >
      <p>{say('web.cycle.first')}</p>
      <TextInput label={say('web.cycle.name')} {...form.getInputProps('name')} />
      <div className={classes.pair}>
        <TextInput type="date" label={say('web.cycle.starts')} {...form.getInputProps('startsOn')} />
        <TextInput type="date" label={say('web.cycle.last-day')} {...form.getInputProps('endsOn')} />
      </div>
      <ProblemNote error={create.error} shown={pointersOf(FIELDS)} />
      <div className={classes.foot}>
        <Button type="submit" variant="filled" loading={create.isPending}>
          {say('web.cycle.make')}
        </Button>
      </div>
    </form>
  )
}

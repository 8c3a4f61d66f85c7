import { Button, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDirectory } from '#web/directory/directory.ts'
import { inTreeOrder } from '#web/outline/sections.ts'
import { pointersOf } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useRefusedFields } from '#web/problem/refused-fields.ts'
import classes from '#web/ui/form.module.css'
import { LineInput } from '#web/ui/line-input.tsx'
import { Picker } from '#web/ui/picker.tsx'
import { useWords } from '#web/words.tsx'
import { AlignedTo } from './aligned-to.tsx'
import type { ObjectiveValues } from './objective-values.ts'

type Props = {
  first: ObjectiveValues
  /** The one that is edited; a new one is none yet. */
  id?: string
  published: boolean
  saving: boolean
  error: unknown
  onSave(values: ObjectiveValues): void
  onCancel(): void
}

const FIELDS = [
  'title',
  'why',
  'level',
  'groupId',
  'leadId',
  'cycleId',
  'ambition',
  'alignedToId',
  'toObjectiveId',
  'statement',
  'reason',
]

/** What is to be achieved, and why. What is missing or wrong, the server says beside the field. */
export function ObjectiveForm({ first, id, published, saving, error, onSave, onCancel }: Props) {
  const { say } = useWords()
  const { groups, people, cycles } = useDirectory()
  const form = useForm<ObjectiveValues>({ initialValues: first })
  useRefusedFields(form, error, { toObjectiveId: 'alignedToId' })
  const field = form.getInputProps
  return (
    <form className={classes.form} onSubmit={form.onSubmit(onSave)} noValidate>
      <LineInput
        label={say('web.objective.title')}
        description={say('web.objective.title.about')}
        size="lg"
        classNames={{ input: classes.words }}
        {...field('title')}
      />
      <Textarea
        label={say('web.why')}
        description={say('web.why.about')}
        autosize
        minRows={3}
        maxRows={12}
        classNames={{ input: classes.words }}
        {...field('why')}
      />
      <div className={classes.pair}>
        <Picker
          label={say('web.level')}
          searchable={false}
          allowDeselect={false}
          data={(['company', 'group', 'individual'] as const).map((value) => ({
            value,
            label: say(`web.level.${value}`),
          }))}
          {...field('level')}
        />
        {form.values.level === 'group' && (
          <Picker
            label={say('web.group')}
            data={inTreeOrder(groups, null).map(({ id, name }) => ({ value: id, label: name }))}
            {...field('groupId')}
          />
        )}
        <Picker
          label={say('web.lead')}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          {...field('leadId')}
        />
      </div>
      <div className={classes.pair}>
        <Picker
          label={say('web.cycle')}
          allowDeselect={false}
          data={cycles
            .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))
            .map(({ id, name }) => ({ value: id, label: name }))}
          {...field('cycleId')}
        />
        <Picker
          label={say('web.ambition')}
          searchable={false}
          allowDeselect={false}
          data={(['committed', 'aspirational'] as const).map((value) => ({
            value,
            label: say(`web.ambition.${value}`),
          }))}
          {...field('ambition')}
        />
      </div>
      {form.values.level !== 'company' && (
        <AlignedTo
          label={say('web.aligned-to')}
          description={say('web.aligned-to.about')}
          clearable
          {...(id === undefined ? {} : { without: id })}
          {...field('alignedToId')}
        />
      )}
      {id !== undefined && form.values.level !== 'company' && form.values.alignedToId !== null && (
        <Textarea
          label={say('web.alignment.statement')}
          description={say('web.alignment.statement.about')}
          autosize
          minRows={2}
          classNames={{ input: classes.words }}
          {...field('statement')}
        />
      )}
      {published && <TextInput label={say('web.reason')} description={say('web.reason.about')} {...field('reason')} />}
      <ProblemNote error={error} shown={pointersOf(FIELDS)} />
      <div className={classes.foot}>
        <Button type="submit" variant="filled" loading={saving}>
          {say(id === undefined ? 'web.objective.save-draft' : 'web.save')}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {say('web.cancel')}
        </Button>
      </div>
    </form>
  )
}

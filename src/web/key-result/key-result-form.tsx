import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { faultsOf } from '#web/amount/amount.ts'
import { AmountInput } from '#web/amount/amount-input.tsx'
import { useDirectory } from '#web/directory/directory.ts'
import { fieldErrors } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { focusOnFault, useRefusedFields } from '#web/problem/refused-fields.ts'
import classes from '#web/ui/form.module.css'
import { LineInput } from '#web/ui/line-input.tsx'
import { Picker } from '#web/ui/picker.tsx'
import { useWords } from '#web/words.tsx'
import { amountsOf, type KeyResultValues } from './key-result-values.ts'
import { MeasureFields } from './measure-fields.tsx'

type Props = {
  first: KeyResultValues
  published: boolean
  saving: boolean
  error: unknown
  saveWord: string
  onSave(values: KeyResultValues): void
  onCancel(): void
}

/** How we will know: a measure, one owner, a date. */
export function KeyResultForm({ first, published, saving, error, saveWord, onSave, onCancel }: Props) {
  const words = useWords()
  const { say } = words
  const { people } = useDirectory()
  const form = useForm<KeyResultValues>({
    initialValues: first,
    validate: (values) => faultsOf(amountsOf(values), words),
  })
  useRefusedFields(form, error)
  const field = form.getInputProps
  const shown = Object.keys(fieldErrors(error)).filter((name) => name !== 'measure' && name !== 'measure.kind')
  return (
    <form className={classes.form} onSubmit={form.onSubmit(onSave, focusOnFault)} noValidate>
      <LineInput
        label={say('web.key-result.title')}
        description={say('web.key-result.title.about')}
        size="lg"
        {...field('title')}
      />
      <MeasureFields form={form} />
      <div className={classes.pair}>
        <Picker
          label={say('web.owner')}
          description={say('web.owner.about')}
          allowDeselect={false}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          {...field('ownerId')}
        />
        <Picker
          label={say('web.ambition')}
          description={say('web.ambition.about')}
          searchable={false}
          allowDeselect={false}
          data={(['committed', 'aspirational'] as const).map((value) => ({
            value,
            label: say(`web.ambition.${value}`),
          }))}
          {...field('ambition')}
        />
      </div>
      <div className={classes.pair}>
        <TextInput type="date" label={say('web.starts-on')} {...field('startsOn')} />
        <TextInput type="date" label={say('web.deadline')} {...field('deadline')} />
        <AmountInput label={say('web.weight')} {...field('weight')} />
      </div>
      {published && <TextInput label={say('web.reason')} description={say('web.reason.about')} {...field('reason')} />}
      <ProblemNote error={error} shown={shown.map((name) => `/${name.replaceAll('.', '/')}`)} />
      <div className={classes.foot}>
        <Button type="submit" variant="filled" loading={saving}>
          {saveWord}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {say('web.cancel')}
        </Button>
      </div>
    </form>
  )
}

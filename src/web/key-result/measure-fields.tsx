import { Button, Radio, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import classes from '#web/ui/form.module.css'
import { useWords } from '#web/words.tsx'
import type { KeyResultValues } from './key-result-values.ts'
import own from './measure-fields.module.css'

const KINDS = ['increase', 'decrease', 'milestone'] as const
const UNITS = ['USD', 'EUR', '%', 'points', 'minutes', 'hours', 'days', 'weeks', 'months', 'quarters', 'years']

/** From where to where, in what; or what will count as evidence that it is done. */
export function MeasureFields({ form }: { form: UseFormReturnType<KeyResultValues> }) {
  const { say } = useWords()
  const field = form.getInputProps
  return (
    <>
      <Radio.Group label={say('web.measure')} {...field('measure.kind')}>
        <div className={own.choices}>
          {KINDS.map((kind) => (
            <Radio key={kind} value={kind} label={say(`web.measure.${kind}`)} />
          ))}
        </div>
      </Radio.Group>
      {form.values.measure.kind === 'milestone' ? (
        <>
          <Textarea
            label={say('web.evidence')}
            description={say('web.evidence.about')}
            autosize
            minRows={2}
            {...field('measure.evidence')}
          />
          <Steps form={form} />
        </>
      ) : (
        <div className={classes.pair}>
          <TextInput
            label={say('web.measure.start')}
            description={say('web.measure.start.about')}
            inputMode="decimal"
            {...field('measure.start')}
          />
          <TextInput
            label={say('web.measure.target')}
            description={say('web.measure.target.about')}
            inputMode="decimal"
            {...field('measure.target')}
          />
          <TextInput
            label={say('web.measure.unit')}
            description={say('web.measure.unit.about')}
            list="units"
            {...field('measure.unit')}
          />
          <datalist id="units">
            {UNITS.map((unit) => (
              <option key={unit} value={unit} />
            ))}
          </datalist>
        </div>
      )}
    </>
  )
}

function Steps({ form }: { form: UseFormReturnType<KeyResultValues> }) {
  const { say } = useWords()
  return (
    <fieldset className={own.steps}>
      <legend>{say('web.measure.steps')}</legend>
      {form.values.measure.steps.map((step, index) => (
        <div key={step.id ?? `new ${index}`} className={own.step}>
          <TextInput
            aria-label={say('web.measure.step', { count: index + 1 })}
            {...form.getInputProps(`measure.steps.${index}.title`)}
          />
          <Button size="xs" variant="subtle" onClick={() => form.removeListItem('measure.steps', index)}>
            {say('web.measure.step.remove')}
            <span className="unseen"> {step.title}</span>
          </Button>
        </div>
      ))}
      <Button
        size="xs"
        onClick={() => form.insertListItem('measure.steps', { id: null, title: '', weight: '1', deadline: '' })}
      >
        {say('web.measure.step.add')}
      </Button>
    </fieldset>
  )
}

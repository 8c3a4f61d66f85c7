import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { AmountInput } from '#web/amount/amount-input.tsx'
import classes from '#web/ui/form.module.css'
import { useWords } from '#web/words.tsx'
import type { KeyResultValues } from './key-result-values.ts'
import own from './measure-fields.module.css'

const KINDS = ['increase', 'decrease', 'maintain', 'milestone'] as const
const UNITS = ['USD', 'EUR', '%', 'points', 'minutes', 'hours', 'days', 'weeks', 'months', 'quarters', 'years']

/** From where to where, in what; or what will count as evidence that it is done. */
export function MeasureFields({ form }: { form: UseFormReturnType<KeyResultValues> }) {
  const { say } = useWords()
  const { kind } = form.values.measure
  return (
    <>
      <Radio.Group label={say('web.measure')} {...form.getInputProps('measure.kind')}>
        <div className={own.choices}>
          {KINDS.map((one) => (
            <Radio key={one} value={one} label={say(`web.measure.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      {kind === 'milestone' && <Evidence form={form} />}
      {kind === 'maintain' && <Bounds form={form} />}
      {(kind === 'increase' || kind === 'decrease') && <Way form={form} />}
    </>
  )
}

type Props = { form: UseFormReturnType<KeyResultValues> }

/** From where to where; a start that nobody knows yet is the first value reported. */
function Way({ form }: Props) {
  const { say } = useWords()
  const field = form.getInputProps
  const { baseline } = form.values.measure
  return (
    <>
      <div className={classes.pair}>
        <AmountInput
          label={say('web.measure.start')}
          description={say('web.measure.start.about')}
          disabled={baseline}
          {...field('measure.start')}
        />
        <AmountInput
          label={say('web.measure.target')}
          description={say('web.measure.target.about')}
          {...field('measure.target')}
        />
        <UnitInput form={form} />
      </div>
      <Checkbox
        label={say('web.measure.baseline')}
        description={say('web.measure.baseline.about')}
        {...field('measure.baseline', { type: 'checkbox' })}
      />
    </>
  )
}

/** What a value is to hold: at least, at most, or both. */
function Bounds({ form }: Props) {
  const { say } = useWords()
  const field = form.getInputProps
  return (
    <div className={classes.pair}>
      <AmountInput label={say('web.measure.at-least')} {...field('measure.atLeast')} />
      <AmountInput label={say('web.measure.at-most')} {...field('measure.atMost')} />
      <UnitInput form={form} />
    </div>
  )
}

function UnitInput({ form }: Props) {
  const { say } = useWords()
  return (
    <>
      <TextInput
        label={say('web.measure.unit')}
        description={say('web.measure.unit.about')}
        list="units"
        {...form.getInputProps('measure.unit')}
      />
      <datalist id="units">
        {UNITS.map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
    </>
  )
}

function Evidence({ form }: Props) {
  const { say } = useWords()
  return (
    <>
      <Textarea
        label={say('web.evidence')}
        description={say('web.evidence.about')}
        autosize
        minRows={2}
        {...form.getInputProps('measure.evidence')}
      />
      <Steps form={form} />
    </>
  )
}

function Steps({ form }: Props) {
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

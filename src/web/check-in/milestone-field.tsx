import { Checkbox, Textarea } from '@mantine/core'
import type { Milestone } from '#web/key-result/key-result.ts'
import { useWords } from '#web/words.tsx'
import type { Draft } from './draft.ts'
import classes from './milestone-field.module.css'

type Props = {
  milestone: Milestone
  draft: Draft
  errors: Record<string, string>
  onChange(change: Partial<Draft>): void
}

/** Which steps are done; and whether all of it is, with its evidence. */
export function MilestoneField({ milestone, draft, errors, onChange }: Props) {
  const { say, day } = useWords()
  const toggle = (id: string, done: boolean) =>
    onChange({ steps: done ? [...draft.steps, id] : draft.steps.filter((step) => step !== id) })
  return (
    <div className={classes.milestone}>
      {milestone.steps.length > 0 && (
        <Checkbox.Group label={say('web.check-in.steps')} value={draft.steps} error={errors.steps}>
          <div className={classes.steps}>
            {milestone.steps.map((step, index) => (
              <Checkbox
                key={step.id}
                value={step.id}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
                label={step.title}
                description={step.deadline === null ? undefined : say('web.key-result.by', { day: day(step.deadline) })}
                checked={draft.steps.includes(step.id)}
                onChange={(event) => toggle(step.id, event.currentTarget.checked)}
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <Checkbox
        {...(milestone.steps.length === 0 ? { 'data-autofocus': true } : {})}
        label={say('web.check-in.done')}
        description={
          milestone.evidence === null ? undefined : say('web.check-in.done.when', { evidence: milestone.evidence })
        }
        checked={draft.done}
        error={errors.done}
        onChange={(event) => onChange({ done: event.currentTarget.checked })}
      />
      {draft.done && (
        <Textarea
          label={say('web.check-in.evidence')}
          description={say('web.check-in.evidence.about')}
          value={draft.evidence}
          error={errors.evidence}
          onChange={(event) => onChange({ evidence: event.currentTarget.value })}
        />
      )}
    </div>
  )
}

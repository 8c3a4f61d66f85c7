import { Button, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAct } from '#web/act.ts'
import { pointersOf } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useRefusedFields } from '#web/problem/refused-fields.ts'
import classes from '#web/ui/form.module.css'
import { useWords } from '#web/words.tsx'
import { AlignedTo } from './aligned-to.tsx'
import type { Objective } from './objective.ts'

const FIELDS = ['toObjectiveId', 'statement']

/** "We do this because you want that": the Objective above, and the sentence. Offered, until whoever leads it accepts. */
export function AlignForm({ objective }: { objective: Objective }) {
  const { say } = useWords()
  const align = useAct('objectives.align')
  const end = useAct('objectives.end-alignment')
  const link = objective.alignmentOffer ?? objective.alignment
  const form = useForm({
    initialValues: {
      toObjectiveId: link?.toObjectiveId as string | null | undefined,
      statement: link?.statement ?? '',
    },
  })
  useRefusedFields(form, align.error)
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(({ toObjectiveId, statement }) =>
        align.mutate({
          input: { id: objective.id, toObjectiveId: (toObjectiveId ?? '') as Objective['id'], statement },
          ifMatch: objective.version,
          done: say('web.alignment.made'),
        }),
      )}
    >
      <h2>{say('web.alignment')}</h2>
      <AlignedTo
        label={say('web.aligned-to')}
        description={say('web.aligned-to.about')}
        without={objective.id}
        {...form.getInputProps('toObjectiveId')}
      />
      <Textarea
        label={say('web.alignment.statement')}
        description={say('web.alignment.statement.about')}
        autosize
        minRows={2}
        classNames={{ input: classes.words }}
        {...form.getInputProps('statement')}
      />
      <ProblemNote error={align.error ?? end.error} shown={pointersOf(FIELDS)} />
      <div className={classes.foot}>
        <Button type="submit" loading={align.isPending}>
          {say('web.alignment.save')}
        </Button>
        {link && (
          <Button
            variant="subtle"
            loading={end.isPending}
            onClick={() =>
              end.mutate({ input: { id: objective.id }, ifMatch: objective.version, done: say('web.alignment.ended') })
            }
          >
            {say('web.alignment.end')}
          </Button>
        )}
      </div>
    </form>
  )
}

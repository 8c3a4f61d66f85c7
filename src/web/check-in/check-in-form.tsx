import { Button, Textarea, TextInput } from '@mantine/core'
import { onlineManager } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { v4 as newKey } from 'uuid'
import { faultOf } from '#web/amount/amount.ts'
import { drawn, isMine, type KeyResult, milestoneOf, unitOf } from '#web/key-result/key-result.ts'
import { KeyResultLineWithEnds } from '#web/key-result/key-result-line.tsx'
import { useMe } from '#web/me/me.ts'
import { useNotice } from '#web/notice/notice.tsx'
import { fieldErrors, pointersOf } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { focusOnFault, useFocusOnRefusal } from '#web/problem/refused-fields.ts'
import { Key } from '#web/ui/key.tsx'
import { useWords } from '#web/words.tsx'
import type { CheckIn } from './check-in.ts'
import classes from './check-in-form.module.css'
import { Confidence } from './confidence.tsx'
import { useDraft } from './draft.ts'
import { entryOf, firstDraft } from './entry.ts'
import { MilestoneField } from './milestone-field.tsx'
import { withEntry } from './predicted.ts'
import { useReport } from './report.ts'
import { ValueField } from './value-field.tsx'

type Props = { keyResult: KeyResult; last: CheckIn | null; corrects: CheckIn | null; onClose(): void }

const FIELDS = ['value', 'steps', 'done', 'evidence', 'confidence', 'note', 'blockers', 'measuredOn']

/** In the order of thought: where it stands, how sure, one sentence beside last time's. */
export function CheckInForm({ keyResult, last, corrects, onClose }: Props) {
  const words = useWords()
  const { say, day, figure } = words
  const me = useMe()
  const { tell } = useNotice()
  const form = useRef<HTMLFormElement>(null)
  const [draft, change] = useDraft(keyResult.id + (corrects?.id ?? ''), firstDraft(me.today, last, corrects, words))
  const entry = entryOf(draft, keyResult, corrects, words)
  // Sent again unchanged it is the same report; changed it is another.
  const said = JSON.stringify(entry)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key for each new report
  const idempotencyKey = useMemo(() => newKey(), [said])
  const [tried, setTried] = useState(false)
  const fault = milestoneOf(keyResult) ? undefined : faultOf(draft.value, words)
  const report = useReport(keyResult, onClose)
  useFocusOnRefusal(report.error)
  const errors = fieldErrors(report.error)
  const milestone = milestoneOf(keyResult)
  const target = keyResult.target === null ? null : figure(keyResult.target, unitOf(keyResult))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (report.isPending) return
    if (fault !== undefined) {
      setTried(true)
      focusOnFault()
      return
    }
    report.mutate({ entry, idempotencyKey })
    if (onlineManager.isOnline()) return
    tell(say('web.check-in.kept'))
    onClose()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
  }

  // The panel opens before the form is there.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus], input')?.focus(), [])

  const toConfidence = () =>
    form.current?.querySelector<HTMLInputElement>('input[name="confidence"]:checked, input[name="confidence"]')?.focus()

  return (
    <form ref={form} className={classes.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <div className={classes.fields}>
        <KeyResultLineWithEnds
          keyResult={keyResult}
          mine={isMine(keyResult, me)}
          typed={entry.value === undefined ? null : drawn(withEntry(keyResult, entry).progress)}
          large
        />
        {milestone && <MilestoneField milestone={milestone} draft={draft} errors={errors} onChange={change} />}
        {!milestone && keyResult.rollsUpBy !== 'average' && (
          <ValueField
            keyResult={keyResult}
            value={draft.value}
            last={last}
            error={errors.value ?? (tried ? fault : undefined)}
            onChange={(value) => change({ value })}
            onNext={toConfidence}
          />
        )}
        {keyResult.rollsUpBy === 'average' && <p className="dim sm">{say('web.check-in.average')}</p>}
        <Confidence
          label={
            target === null || keyResult.deadline === null
              ? say('web.check-in.confidence')
              : say('web.check-in.confidence.of', { target, day: day(keyResult.deadline) })
          }
          value={draft.confidence}
          last={last?.confidence ?? null}
          error={errors.confidence}
          onChange={(confidence) => change({ confidence })}
        />
        <div className={classes.words} data-alone={last?.note == null || undefined}>
          {last?.note != null && (
            <div>
              <p className={classes.label}>{say('web.check-in.last-note', { day: day(last.measuredOn) })}</p>
              <p className={`said lines ${classes.last}`}>{say('web.quoted', { text: last.note })}</p>
            </div>
          )}
          <Textarea
            label={say('web.check-in.note')}
            value={draft.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
            classNames={{ input: classes.note }}
          />
        </div>
        <Textarea
          label={say('web.check-in.blockers')}
          value={draft.blockers}
          error={errors.blockers}
          onChange={(event) => change({ blockers: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={say('web.check-in.measured-on')}
          value={draft.measuredOn}
          max={me.today}
          error={errors.measuredOn}
          onChange={(event) => change({ measuredOn: event.currentTarget.value })}
          className={classes.day}
        />
        <ProblemNote error={report.error} shown={pointersOf(FIELDS)} />
      </div>
      <footer className={classes.foot}>
        <Button
          type="submit"
          variant="filled"
          loading={report.isPending}
          rightSection={<Key of={say('web.key.save')} />}
        >
          {corrects ? say('web.check-in.correct') : say('web.check-in')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {say('web.cancel')}
        </Button>
      </footer>
    </form>
  )
}

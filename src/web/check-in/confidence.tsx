import type { KeyboardEvent } from 'react'
import { useWords } from '#web/words.tsx'
import classes from './confidence.module.css'

type Props = {
  value: number | null
  last: number | null
  label: string
  error: string | undefined
  onChange(value: number): void
}

const STEPS = Array.from({ length: 11 }, (_, step) => step)

/** 0 to 10. Digits choose, X is ten; the one from last time keeps a grey footline. */
export function Confidence({ value, last, label, error, onChange }: Props) {
  const { say } = useWords()
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const typed = event.key.toLowerCase() === 'x' ? 10 : /^\d$/.test(event.key) ? Number(event.key) : null
    if (typed === null) return
    onChange(typed)
    event.currentTarget.querySelector<HTMLInputElement>(`input[value="${typed}"]`)?.focus()
  }
  return (
    <fieldset
      className={classes.confidence}
      onKeyDown={onKeyDown}
      aria-describedby={error ? 'confidence-error' : undefined}
    >
      <legend>{label}</legend>

      <div className={classes.steps}>
        {STEPS.map((step) => (
          <label key={step} data-last={step === last || undefined} data-chosen={step === value || undefined}>
            <input
              type="radio"
              name="confidence"
              value={step}
              checked={step === value}
              onChange={() => onChange(step)}
            />
            {step}
            {step === last && <span className="unseen">, {say('web.check-in.last')}</span>}
          </label>
        ))}
      </div>
      <div className={classes.ends} aria-hidden="true">
        <span>{say('web.check-in.confidence.none')}</span>
        <span className={classes.keys}>{say('web.check-in.confidence.keys')}</span>

        <span>{say('web.check-in.confidence.certain')}</span>
      </div>
      {error && (
        <p id="confidence-error" className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  )
}

import { ENTERED } from '#domain/decimal.ts'
import { AmountInput } from '#web/amount/amount-input.tsx'
import { type KeyResult, metricOf } from '#web/key-result/key-result.ts'
import { Exactly } from '#web/ui/exactly.tsx'
import { useWords } from '#web/words.tsx'
import type { CheckIn } from './check-in.ts'
import { childrenOf, total } from './predicted.ts'
import classes from './value-field.module.css'

type Props = {
  keyResult: KeyResult
  value: string
  last: CheckIn | null
  error: string | undefined
  onChange(value: string): void
  onNext(): void
}

/** The value, in its unit. Where others contribute, one reports what comes on top, and sees the sum. */
export function ValueField({ keyResult, value, last, error, onChange, onNext }: Props) {
  const { say, figure, rounded, day, typedNumber } = useWords()
  const unit = metricOf(keyResult)?.unit ?? null
  const sums = keyResult.rollsUpBy === 'sum'
  const plain = typedNumber(value) ?? ''
  const own = ENTERED.test(plain) ? plain : (keyResult.own ?? metricOf(keyResult)?.start ?? '0')
  return (
    <div className={classes.field}>
      <AmountInput
        data-autofocus
        label={sums ? say('web.check-in.own', { unit: unit ?? '' }) : say('web.check-in.value', { unit: unit ?? '' })}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          onNext()
        }}
        error={error}
        size="lg"
        classNames={{ input: classes.input }}
      />
      <p className={classes.beside} aria-live="polite">
        {sums ? (
          <>
            <span className="num">{figure(own, unit)}</span> +{' '}
            <span className="num">
              <Exactly shown={rounded(childrenOf(keyResult), unit)} exact={figure(childrenOf(keyResult), unit)} />
            </span>{' '}
            ={' '}
            <b className="num">
              <Exactly shown={rounded(total(keyResult, own), unit)} exact={figure(total(keyResult, own), unit)} />
            </b>
            <br />
            {say('web.check-in.own.sum')}
          </>
        ) : (
          last?.value != null && say('web.check-in.was', { value: figure(last.value, unit), day: day(last.measuredOn) })
        )}
      </p>
    </div>
  )
}

import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '#web/words.tsx'
import { faultOf, readingOf } from './amount.ts'

/** An amount as the reader's language writes it. What could be read in two ways is said again, as it was understood. */
export function AmountInput({
  value = '',
  error,
  onBlur,
  ...props
}: Omit<TextInputProps, 'value'> & { value?: string }) {
  const words = useWords()
  const [left, setLeft] = useState(false)
  return (
    <div>
      <TextInput
        inputMode="decimal"
        autoComplete="off"
        value={value}
        error={error ?? (left && faultOf(value, words))}
        onBlur={(event) => {
          setLeft(true)
          onBlur?.(event)
        }}
        {...props}
      />
      <p className="dim sm" aria-live="polite">
        {readingOf(value, words)}
      </p>
    </div>
  )
}

import { Textarea, type TextareaProps } from '@mantine/core'

/** One line of text, which is shown whole however long it is. */
export function LineInput(props: TextareaProps) {
  return (
    <Textarea
      autosize
      minRows={1}
      maxRows={8}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        event.currentTarget.form?.requestSubmit()
      }}
      {...props}
    />
  )
}

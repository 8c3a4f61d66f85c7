import { type OptionsFilter, Select, type SelectProps } from '@mantine/core'
import { found } from './found.ts'

/** One of many, found by typing: what is typed takes the place of what was chosen. Draws a hundred at most. */
export function Picker({ onFocus, ...props }: SelectProps) {
  return (
    <Select
      searchable
      limit={100}
      filter={filter}
      comboboxProps={{ shadow: 'md' }}
      onFocus={(event) => {
        const { currentTarget } = event
        // A click sets the caret after the focus.
        requestAnimationFrame(() => currentTarget.select())
        onFocus?.(event)
      }}
      {...props}
    />
  )
}

const filter: OptionsFilter = ({ options, search, limit }) => found(options as never, search, limit) as typeof options

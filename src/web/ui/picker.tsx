import { Select, type SelectProps } from '@mantine/core'

/** One of many, found by typing. Draws a hundred at most; typing brings up the others. */
export function Picker(props: SelectProps) {
  return <Select searchable limit={100} comboboxProps={{ shadow: 'md' }} {...props} />
}

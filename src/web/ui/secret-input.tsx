import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/** A password, which can be looked at; by the keyboard too. */
export function SecretInput({ showLabel, ...props }: PasswordInputProps & { showLabel: string }) {
  return (
    <PasswordInput
      aria-invalid={props.error ? true : undefined}
      visibilityToggleButtonProps={{ 'aria-label': showLabel, tabIndex: 0 }}
      {...props}
    />
  )
}

import { Button, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useNotice } from '#web/notice/notice.tsx'
import { fieldErrors, pointersOf } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { setPassword } from '#web/session/session.ts'
import classes from '#web/ui/form.module.css'
import { useWords } from '#web/words.tsx'

/** A new password; who came in by a one-time link has no old one to give. */
export function PasswordForm({ email }: { email: string }) {
  const { say } = useWords()
  const { tell } = useNotice()
  const form = useForm({ initialValues: { current: '', password: '' } })
  const setting = useMutation({
    mutationFn: ({ current, password }: typeof form.values) =>
      setPassword({ ...(current === '' ? {} : { current }), password }),
    onSuccess: () => {
      form.reset()
      tell(say('web.password.done'))
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is the same throughout
  useEffect(() => form.setErrors(fieldErrors(setting.error)), [setting.error])
  const toggle = { visibilityToggleButtonProps: { 'aria-label': say('web.password.show'), tabIndex: 0 } }
  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => setting.mutate(values))}>
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label={say('web.password.current')}
        description={say('web.password.current.about')}
        autoComplete="current-password"
        {...toggle}
        {...form.getInputProps('current')}
      />
      <PasswordInput
        label={say('web.password.new')}
        description={say('web.password.about')}
        autoComplete="new-password"
        {...toggle}
        {...form.getInputProps('password')}
      />
      <ProblemNote error={setting.error} shown={pointersOf(['current', 'password'])} />
      <div className={classes.foot}>
        <Button type="submit" loading={setting.isPending}>
          {say('web.password.set')}
        </Button>
      </div>
    </form>
  )
}

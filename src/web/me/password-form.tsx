import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNotice } from '#web/notice/notice.tsx'
import { pointersOf } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useRefusedFields } from '#web/problem/refused-fields.ts'
import { setPassword } from '#web/session/session.ts'
import classes from '#web/ui/form.module.css'
import { SecretInput } from '#web/ui/secret-input.tsx'
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
  useRefusedFields(form, setting.error)
  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => setting.mutate(values))}>
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <SecretInput
        label={say('web.password.current')}
        description={say('web.password.current.about')}
        autoComplete="current-password"
        showLabel={say('web.password.show')}
        {...form.getInputProps('current')}
      />
      <SecretInput
        label={say('web.password.new')}
        description={say('web.password.about')}
        autoComplete="new-password"
        showLabel={say('web.password.show')}
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

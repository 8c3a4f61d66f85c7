import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { server } from '#web/connection.ts'
import { Title } from '#web/frame/title.tsx'
import { chooseOrganization } from '#web/organization/chosen.ts'
import { pointersOf } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useRefusedFields } from '#web/problem/refused-fields.ts'
import { useEnter } from '#web/session/enter.ts'
import { Entrance } from '#web/session/entrance.tsx'
import { OneTime } from '#web/session/one-time.tsx'
import { signIn } from '#web/session/session.ts'
import classes from '#web/session/session-form.module.css'
import { forgetToken, useToken } from '#web/session/token.ts'
import { Picker } from '#web/ui/picker.tsx'
import { SecretInput } from '#web/ui/secret-input.tsx'
import { useWords } from '#web/words.tsx'

const FIELDS = [
  'organization.name',
  'organization.timeZone',
  'administrator.name',
  'administrator.email',
  'administrator.password',
]
const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

/** The first organization of this installation, and whoever looks after it. */
export function SetUpPage() {
  const { say } = useWords()
  const token = useToken()
  const enter = useEnter()
  const form = useForm({
    initialValues: {
      organization: { name: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      administrator: { name: '', email: '', password: '' },
    },
  })
  const settingUp = useMutation({
    mutationFn: async (values: typeof form.values) => {
      chooseOrganization(null)
      await server.call('organizations.set-up', { token: token ?? '', ...values })
      forgetToken()
      const { email, password } = values.administrator
      await signIn({ email, password })
      await enter('/')
    },
  })
  useRefusedFields(form, settingUp.error)
  const field = form.getInputProps
  return (
    <OneTime token={token} opens="set-up" empty={say('web.set-up.empty')}>
      <Entrance>
        <form noValidate onSubmit={form.onSubmit((values) => settingUp.mutate(values))}>
          <Title name={say('web.set-up')}>{say('web.set-up.title')}</Title>
          <div className={classes.fields}>
            <TextInput
              label={say('web.organization.name')}
              autoComplete="organization"
              {...field('organization.name')}
            />
            <Picker
              label={say('web.time-zone')}
              description={say('web.time-zone.about')}
              allowDeselect={false}
              data={ZONES}
              {...field('organization.timeZone')}
            />
            <TextInput label={say('web.your-name')} autoComplete="name" {...field('administrator.name')} />
            <TextInput
              type="email"
              label={say('web.email')}
              autoComplete="username"
              {...field('administrator.email')}
            />
            <SecretInput
              label={say('web.password')}
              description={say('web.password.about')}
              autoComplete="new-password"
              showLabel={say('web.password.show')}
              {...field('administrator.password')}
            />
            <ProblemNote error={settingUp.error} shown={pointersOf(FIELDS)} />
            <Button type="submit" variant="filled" loading={settingUp.isPending}>
              {say('web.set-up')}
            </Button>
          </div>
        </form>
      </Entrance>
    </OneTime>
  )
}

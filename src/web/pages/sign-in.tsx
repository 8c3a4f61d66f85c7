import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { server } from '#web/connection.ts'
import { Title } from '#web/frame/title.tsx'
import { chooseOrganization } from '#web/organization/chosen.ts'
import { OrganizationChoice } from '#web/organization/organization-choice.tsx'
import { fieldErrors, pointersOf } from '#web/problem/field-errors.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useFocusOnRefusal } from '#web/problem/refused-fields.ts'
import { useEnter } from '#web/session/enter.ts'
import { Entrance } from '#web/session/entrance.tsx'
import { isEmpty, signIn } from '#web/session/session.ts'
import classes from '#web/session/session-form.module.css'
import { SecretInput } from '#web/ui/secret-input.tsx'
import { useWords } from '#web/words.tsx'

export function SignInPage() {
  const { say } = useWords()
  const { to } = useSearch({ from: '/sign-in' })
  const enter = useEnter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signingIn = useMutation({
    mutationFn: async () => {
      chooseOrganization(null)
      await signIn({ email, password })
      const { items } = await server.call('organizations.list', {})
      if (items.length <= 1) await enter(to)
      return items
    },
  })
  useFocusOnRefusal(signingIn.error)
  const errors = fieldErrors(signingIn.error)
  const empty = useQuery({ queryKey: ['installation'], queryFn: isEmpty })
  if (empty.data) {
    return (
      <Entrance>
        <div>
          <Title>{say('web.sign-in.empty')}</Title>
          <p className="wide">{say('web.set-up.empty')}</p>
        </div>
      </Entrance>
    )
  }
  if (signingIn.data && signingIn.data.length > 1) {
    return (
      <Entrance>
        <div>
          <Title>{say('web.organization.which')}</Title>
          <OrganizationChoice organizations={signingIn.data} chosenId={null} onChosen={() => void enter(to)} />
        </div>
      </Entrance>
    )
  }
  return (
    <Entrance>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          signingIn.mutate()
        }}
      >
        <Title name={say('web.sign-in')}>{say('web.sign-in.title')}</Title>
        <div className={classes.fields}>
          {to !== undefined && !signingIn.error && <p className="sm dim">{say('web.sign-in.again')}</p>}
          <TextInput
            size="md"
            type="email"
            name="email"
            autoComplete="username"
            label={say('web.email')}
            value={email}
            error={errors.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <SecretInput
            size="md"
            name="password"
            autoComplete="current-password"
            label={say('web.password')}
            value={password}
            error={errors.password}
            showLabel={say('web.password.show')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemNote error={signingIn.error} shown={pointersOf(['email', 'password'])} />
          <Button type="submit" variant="filled" loading={signingIn.isPending}>
            {say('web.sign-in')}
          </Button>
          <p className="dim sm">{say('web.sign-in.forgotten')}</p>
        </div>
      </form>
    </Entrance>
  )
}

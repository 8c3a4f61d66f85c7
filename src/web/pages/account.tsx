import { Button } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { askAll } from '#web/ask.ts'
import { Title } from '#web/frame/title.tsx'
import { Appearance } from '#web/me/appearance.tsx'
import { useMe } from '#web/me/me.ts'
import { PasswordForm } from '#web/me/password-form.tsx'
import { chooseOrganization } from '#web/organization/chosen.ts'
import { OrganizationChoice } from '#web/organization/organization-choice.tsx'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useEnter } from '#web/session/enter.ts'
import { signOut } from '#web/session/session.ts'
import { useWords } from '#web/words.tsx'
import classes from './account.module.css'

export function AccountPage() {
  const { say } = useWords()
  const me = useMe()
  const enter = useEnter()
  const { data: organizations } = useSuspenseQuery(askAll('organizations.list', {}))
  const leaving = useMutation({
    mutationFn: async () => {
      await signOut()
      chooseOrganization(null)
      sessionStorage.clear()
      await enter('/sign-in')
    },
  })
  return (
    <>
      <p className="dim sm">{me.organization.name}</p>
      <Title name={say('web.nav.account')}>{me.person?.name ?? say('web.nav.account')}</Title>
      <p className="dim">{[me.person?.email, say(`web.role.${me.role}`)].filter(Boolean).join(', ')}</p>
      <div className={classes.parts}>
        {organizations.length > 1 && (
          <section aria-labelledby="organizations">
            <h2 id="organizations">{say('web.organizations')}</h2>
            <OrganizationChoice
              organizations={organizations}
              chosenId={me.organization.id}
              onChosen={() => void enter('/')}
            />
          </section>
        )}
        <section aria-labelledby="appearance">
          <h2 id="appearance">{say('web.appearance')}</h2>
          <Appearance />
        </section>
        <section aria-labelledby="password">
          <h2 id="password">{say('web.password.set')}</h2>
          <PasswordForm email={me.person?.email ?? ''} />
        </section>
        <section aria-label={say('web.sign-out')}>
          <ProblemNote error={leaving.error} />
          <Button loading={leaving.isPending} onClick={() => leaving.mutate()}>
            {say('web.sign-out')}
          </Button>
        </section>
      </div>
    </>
  )
}

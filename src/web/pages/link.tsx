import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Title } from '#web/frame/title.tsx'
import { chooseOrganization } from '#web/organization/chosen.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useEnter } from '#web/session/enter.ts'
import { Entrance } from '#web/session/entrance.tsx'
import { OneTime } from '#web/session/one-time.tsx'
import { openLink } from '#web/session/session.ts'
import classes from '#web/session/session-form.module.css'
import { forgetToken, useToken } from '#web/session/token.ts'
import { useWords } from '#web/words.tsx'

/** A link that signs in once. Only the button uses it up: what merely looks at an address does not. */
export function LinkPage() {
  const { say } = useWords()
  const token = useToken()
  const enter = useEnter()
  const opening = useMutation({
    mutationFn: async () => {
      chooseOrganization(null)
      await openLink(token ?? '')
      forgetToken()
      await enter('/me')
    },
  })
  const signIn = <Link to="/sign-in">{say('web.sign-in.with-password')}</Link>
  return (
    <OneTime token={token} opens="sign-in" empty={say('web.link.empty.text')} below={signIn}>
      <Entrance>
        <div>
          <Title name={say('web.link.title')}>{say('web.link.title')}</Title>
          <div className={classes.fields}>
            <p className="wide">{say('web.link.text')}</p>
            <ProblemNote error={opening.error} />
            <Button variant="filled" loading={opening.isPending} onClick={() => opening.mutate()}>
              {say('web.link.go-on')}
            </Button>
            {signIn}
          </div>
        </div>
      </Entrance>
    </OneTime>
  )
}

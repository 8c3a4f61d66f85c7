import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Title } from '#web/frame/title.tsx'
import { chooseOrganization } from '#web/organization/chosen.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useEnter } from '#web/session/enter.ts'
import { Entrance } from '#web/session/entrance.tsx'
import { openLink } from '#web/session/session.ts'
import classes from '#web/session/session-form.module.css'
import { takeToken } from '#web/session/token.ts'
import { useWords } from '#web/words.tsx'

/** A link that signs in once. Only the button uses it up: what merely looks at an address does not. */
export function LinkPage() {
  const { say } = useWords()
  const [token] = useState(takeToken)
  const enter = useEnter()
  const opening = useMutation({
    mutationFn: async () => {
      chooseOrganization(null)
      await openLink(token ?? '')
      await enter('/me')
    },
  })
  return (
    <Entrance>
      <div>
        <Title name={say('web.link.title')}>{say(token === null ? 'web.link.empty' : 'web.link.title')}</Title>
        <div className={classes.fields}>
          {token === null ? (
            <p className="wide">{say('web.link.empty.text')}</p>
          ) : (
            <>
              <p className="wide">{say('web.link.text')}</p>
              <ProblemNote error={opening.error} />
              <Button variant="filled" loading={opening.isPending} onClick={() => opening.mutate()}>
                {say('web.link.go-on')}
              </Button>
            </>
          )}
          <Link to="/sign-in">{say('web.sign-in.with-password')}</Link>
        </div>
      </div>
    </Entrance>
  )
}

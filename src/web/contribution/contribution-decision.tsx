import { mayDecide } from '#domain/alignment.ts'
import { useAct } from '#web/act.ts'
import { useDirectory } from '#web/directory/directory.ts'
import type { KeyResult } from '#web/key-result/key-result.ts'
import { Decision } from '#web/link/decision.tsx'
import { type Me, useMe } from '#web/me/me.ts'
import { useWords } from '#web/words.tsx'
import type { Contribution } from './contributions.ts'

type Props = { link: Contribution; below: KeyResult; above: KeyResult }

/** Yes or no to an offered contribution, for whoever owns the end that did not offer it. */
export function ContributionDecision({ link, below, above }: Props) {
  const { say, titled } = useWords()
  const me = useMe()
  const { person } = useDirectory()
  const accept = useAct('key-results.accept-contribution')
  const decline = useAct('key-results.decline-contribution')
  if (link.state !== 'offered' || !mayDecide(link, { below: speaksFor(below, me), above: speaksFor(above, me) }))
    return null
  const values = { title: below.title, name: person(below.ownerId)?.name ?? say('web.person.unknown') }
  return (
    <Decision
      about={titled(below.title)}
      of={accept.error ? accept : decline}
      onAccept={(already) =>
        accept.mutate({
          input: { id: below.id, ...(already ? { already } : {}) },
          done: say('web.contribution.accepted', values),
        })
      }
      onDecline={() => decline.mutate({ input: { id: below.id }, done: say('web.contribution.declined', values) })}
    />
  )
}

function speaksFor(keyResult: KeyResult, me: Me): boolean {
  return me.role === 'administrator' || keyResult.ownerId === me.id
}

import { Link } from '@tanstack/react-router'
import { Now } from '#web/key-result/figures.tsx'
import { type KeyResult, unitOf } from '#web/key-result/key-result.ts'
import { useMe } from '#web/me/me.ts'
import { PersonName } from '#web/person/person-name.tsx'
import { Mark } from '#web/ui/mark.tsx'
import { useWords } from '#web/words.tsx'
import classes from './contribution.module.css'
import { ContributionDecision } from './contribution-decision.tsx'
import type { Taken } from './contributions.ts'

/** The Key Results that contribute, each with what it takes and adds; offered ones with yes and no. */
export function ContributionList({ keyResult, links }: { keyResult: KeyResult; links: Taken[] }) {
  if (links.length === 0) return null
  return (
    <ul className={classes.list}>
      {links.map((taken) => (
        <ContributionItem key={taken.link.id} keyResult={keyResult} {...taken} />
      ))}
    </ul>
  )
}

function ContributionItem({ keyResult, link, from }: Taken & { keyResult: KeyResult }) {
  const { say, figure, titled } = useWords()
  const me = useMe()
  const share =
    link.share === null ? null : say('web.contribution.share', { amount: figure(link.share, unitOf(keyResult)) })
  return (
    <li>
      <div className={classes.row}>
        {from === null ? (
          <Mark shape="hidden">{say('web.private')}</Mark>
        ) : (
          <Link to="/key-results/$id" params={{ id: from.id }}>
            {titled(from.title)}
          </Link>
        )}
        {from && <PersonName id={from.ownerId} meId={me.id} link />}
        {from && (
          <span>
            <Now keyResult={from} />
          </span>
        )}
        <span className="dim">{[share, say(`web.roll-up.${link.rollUp}`)].filter(Boolean).join(', ')}</span>
        {link.state === 'offered' && <Mark shape="offered">{say('web.link.offered')}</Mark>}
      </div>
      {from && <ContributionDecision link={link} below={from} above={keyResult} />}
    </li>
  )
}

import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { askAll } from '#web/ask.ts'
import { ContributionsTo } from '#web/contribution/contributions-to.tsx'
import type { KeyResult } from '#web/key-result/key-result.ts'
import { ContributesTo } from '#web/key-result/key-result-aside.tsx'
import { OfferFromAbove, OfferFromBelow } from '#web/objective/alignment-offer.tsx'
import type { Objective } from '#web/objective/objective.ts'
import { useWords } from '#web/words.tsx'
import classes from './waits-for-me.module.css'

type Props = { leads: readonly Objective[]; owns: readonly KeyResult[] }

/** What others offer to what I lead or own: each with yes and no, until it is decided. */
export function WaitsForMe({ leads, owns }: Props) {
  const { say } = useWords()
  const alignments = useOffers(leads)
  const asked = leads.filter(({ alignmentOffer }) => alignmentOffer?.offeredBy === 'above')
  const contributed = useContributedTo(owns)
  const wanted = owns.filter(({ contributionOffer }) => contributionOffer?.offeredBy === 'above')
  if (alignments.length + asked.length + contributed.length + wanted.length === 0) return null
  return (
    <section className={classes.waits} aria-labelledby="waits">
      <h2 id="waits">{say('web.me.waits')}</h2>
      {alignments.map(({ offer, above }) => (
        <OfferFromBelow key={offer.id} offer={offer} above={above} />
      ))}
      {asked.map((objective) =>
        objective.alignmentOffer === null ? null : (
          <OfferFromAbove key={objective.id} offer={objective.alignmentOffer} below={objective} />
        ),
      )}
      {contributed.map((keyResult) => (
        <div key={keyResult.id}>
          <ToKeyResult keyResult={keyResult} />
          <ContributionsTo keyResult={keyResult} />
        </div>
      ))}
      {wanted.map((keyResult) =>
        keyResult.contributionOffer === null ? null : (
          <div key={keyResult.id}>
            <ToKeyResult keyResult={keyResult} />
            <ContributesTo link={keyResult.contributionOffer} below={keyResult} />
          </div>
        ),
      )}
    </section>
  )
}

function ToKeyResult({ keyResult }: { keyResult: KeyResult }) {
  const { titled } = useWords()
  return (
    <h3>
      <Link to="/key-results/$id" params={{ id: keyResult.id }}>
        {titled(keyResult.title)}
      </Link>
    </h3>
  )
}

function useOffers(leads: readonly Objective[]) {
  const answers = useQueries({ queries: leads.map(({ id }) => askAll('objectives.alignments', { id })) })
  return leads.flatMap((above, index) =>
    (answers[index]?.data ?? [])
      .filter(({ state, offeredBy, toObjectiveId }) => waits(state, offeredBy) && toObjectiveId === above.id)
      .map((offer) => ({ offer, above })),
  )
}

function useContributedTo(owns: readonly KeyResult[]): KeyResult[] {
  const answers = useQueries({ queries: owns.map(({ id }) => askAll('key-results.contributions', { id })) })
  return owns.filter(({ id }, index) =>
    answers[index]?.data?.some(
      ({ state, offeredBy, toKeyResultId }) => waits(state, offeredBy) && toKeyResultId === id,
    ),
  )
}

function waits(state: string, offeredBy: string): boolean {
  return state === 'offered' && offeredBy === 'below'
}

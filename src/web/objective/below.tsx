import { useSuspenseQueries } from '@tanstack/react-query'
import { askAll } from '#web/ask.ts'
import { useWords } from '#web/words.tsx'
import { OfferFromBelow } from './alignment-offer.tsx'
import classes from './below.module.css'
import type { Objective } from './objective.ts'
import { ObjectiveItem } from './objective-item.tsx'

/** What hangs below: Objectives that serve this one, and those that offer to. */
export function Below({ objective }: { objective: Objective }) {
  const { say } = useWords()
  const [{ data: aligned }, { data: links }] = useSuspenseQueries({
    queries: [
      askAll('objectives.list', { alignedToId: objective.id }),
      askAll('objectives.alignments', { id: objective.id }),
    ],
  })
  const offers = links.filter((link) => link.state === 'offered' && link.toObjectiveId === objective.id)
  if (aligned.length === 0 && offers.length === 0) return null
  return (
    <section aria-labelledby="below">
      <h2 id="below">{say('web.objective.below')}</h2>
      <ul className={classes.list}>
        {aligned.map((below) => (
          <ObjectiveItem key={below.id} objective={below}>
            {below.alignment?.statement && (
              <p className={`said ${classes.because}`}>{say('web.quoted', { text: below.alignment.statement })}</p>
            )}
          </ObjectiveItem>
        ))}
      </ul>
      <div className={classes.offers}>
        {offers.map((offer) => (
          <OfferFromBelow key={offer.id} offer={offer} above={objective} />
        ))}
      </div>
    </section>
  )
}

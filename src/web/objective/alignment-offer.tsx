import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { mayDecide } from '#domain/alignment.ts'
import { useAct } from '#web/act.ts'
import { ask } from '#web/ask.ts'
import { useDirectory } from '#web/directory/directory.ts'
import { Decision } from '#web/link/decision.tsx'
import { useMe } from '#web/me/me.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useWords } from '#web/words.tsx'
import classes from './alignment-offer.module.css'
import { type Objective, offersLife } from './objective.ts'

type Offer = NonNullable<Objective['alignmentOffer']>

/** An alignment that waits for an answer: who offered it, and yes or no for whoever decides. */
function AlignmentOffer({ offer, below, above }: { offer: Offer; below: Objective; above: Objective | null }) {
  const { say } = useWords()
  const me = useMe()
  const { person, group } = useDirectory()
  const accept = useAct('objectives.accept-alignment')
  const decline = useAct('objectives.decline-alignment')
  const withdraw = useAct('objectives.withdraw-alignment')
  const ends = {
    below: offersLife(below, me, group(below.groupId)),
    above: above !== null && offersLife(above, me, group(above.groupId)),
  }
  const about = say('web.alignment.offer', {
    name: person(offer.offeredById)?.name ?? say('web.person.unknown'),
    below: below.title,
    above: above?.title ?? say('web.private'),
  })
  const input = { id: below.id }
  return (
    <div className={classes.offer}>
      <p className="sm">{about}</p>
      {mayDecide(offer, ends) && (
        <Decision
          about={about}
          of={accept.error ? accept : decline}
          onAccept={() => accept.mutate({ input, done: say('web.alignment.accepted', { title: below.title }) })}
          onDecline={() => decline.mutate({ input, done: say('web.alignment.declined', { title: below.title }) })}
        />
      )}
      {!mayDecide(offer, ends) && (offer.offeredBy === 'below' ? ends.below : ends.above) && (
        <>
          <Button
            size="xs"
            variant="subtle"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ input, done: say('web.alignment.withdrawn') })}
          >
            {say('web.link.withdraw')}
          </Button>
          <ProblemNote error={withdraw.error} />
        </>
      )}
    </div>
  )
}

/** The offer of which the Objective below is known. */
export function OfferFromAbove({ offer, below }: { offer: Offer; below: Objective }) {
  const { data: above } = useQuery({
    ...ask('objectives.show', { id: offer.toObjectiveId as never }),
    enabled: offer.toObjectiveId !== null,
  })
  return <AlignmentOffer offer={offer} below={below} above={above ?? null} />
}

/** The offer of an Objective of which only the id is known. */
export function OfferFromBelow({ offer, above }: { offer: Offer; above: Objective }) {
  const { data: below } = useQuery({
    ...ask('objectives.show', { id: offer.fromObjectiveId as never }),
    enabled: offer.fromObjectiveId !== null,
  })
  return below ? <AlignmentOffer offer={offer} below={below} above={above} /> : null
}

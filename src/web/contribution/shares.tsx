import { decimal, magnitude, units } from '#domain/decimal.ts'
import { useDirectory } from '#web/directory/directory.ts'
import { type KeyResult, unitOf } from '#web/key-result/key-result.ts'
import { useMe } from '#web/me/me.ts'
import { Exactly } from '#web/ui/exactly.tsx'
import { type Part, ShareBar } from '#web/ui/share-bar.tsx'
import { useWords } from '#web/words.tsx'
import classes from './contribution.module.css'
import type { Taken } from './contributions.ts'

/** Who has taken how much of a target, what is offered, and what is still open. */
export function Shares({ keyResult, links }: { keyResult: KeyResult; links: Taken[] }) {
  const { say, figure, rounded, short } = useWords()
  const me = useMe()
  const { person } = useDirectory()
  const { shares } = keyResult
  if (shares === null || (shares.taken === '0' && shares.offered === '0')) return null
  const unit = unitOf(keyResult)
  const over = shares.gap.startsWith('-')
  const brief = (value: string) => short(value, unit)
  const parts: Part[] = [
    ...(shares.kept === '0'
      ? []
      : [
          {
            id: 'kept',
            kind: 'taken' as const,
            size: Number(shares.kept),
            text: say('web.shares.kept', { amount: brief(shares.kept) }),
          },
        ]),
    ...links
      .filter(({ link }) => link.rollUp === 'sum')
      .toSorted((a, b) => a.link.state.localeCompare(b.link.state))
      .map(({ link, from }) => ({
        id: link.id,
        kind: link.state === 'accepted' ? ('taken' as const) : ('offered' as const),
        size: Number(sizeOf(link, from)),
        text: say('web.shares.part', { name: nameOf(from), amount: brief(sizeOf(link, from)) }),
        mine: from?.ownerId === me.id,
      })),
    ...(over
      ? []
      : [
          {
            id: 'open',
            kind: 'open' as const,
            size: Number(shares.gap),
            text: say('web.shares.open', { amount: brief(shares.gap) }),
          },
        ]),
  ]
  const exact = sentence(shares, figure)
  return (
    <div className={classes.shares}>
      <ShareBar
        parts={parts}
        label={exact}
        over={over ? Number(shares.need) / (Number(shares.taken) + Number(shares.offered)) : null}
      />
      <p className="sm num">
        <Exactly shown={sentence(shares, rounded)} exact={exact} />
      </p>
    </div>
  )

  function sentence(of: NonNullable<typeof shares>, written: typeof figure): string {
    const values = {
      need: written(of.need, unit),
      taken: written(of.taken, unit),
      offered: written(of.offered, unit),
      gap: written(of.gap.replace('-', ''), unit),
    }
    return [
      say('web.shares.taken', values),
      of.offered === '0' ? null : say('web.shares.offered', values),
      of.gap === '0' ? say('web.shares.all') : say(over ? 'web.shares.over' : 'web.shares.gap', values),
    ]
      .filter(Boolean)
      .join(', ')
  }

  function nameOf(from: KeyResult | null): string {
    if (from === null) return say('web.private')
    return from.ownerId === me.id ? say('web.person.you') : (person(from.ownerId)?.name ?? say('web.person.unknown'))
  }
}

/** What a link takes of the target: its share, else the whole distance of the Key Result it comes from. */
function sizeOf(link: Taken['link'], from: KeyResult | null): string {
  if (link.share !== null) return link.share
  if (from?.start == null || from.target === null) return '0'
  return decimal(magnitude(units(from.target) - units(from.start)))
}

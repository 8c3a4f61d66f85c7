import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ask } from '#web/ask.ts'
import { ContributionDecision } from '#web/contribution/contribution-decision.tsx'
import { useDirectory } from '#web/directory/directory.ts'
import { LifeButtons } from '#web/life/life-buttons.tsx'
import { useMe } from '#web/me/me.ts'
import { PersonName } from '#web/person/person-name.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Key } from '#web/ui/key.tsx'
import { Mark } from '#web/ui/mark.tsx'
import { useShortcut } from '#web/ui/shortcut.ts'
import { useWords } from '#web/words.tsx'
import { type KeyResult, milestoneOf, offersEdit, unitOf } from './key-result.ts'
import classes from './key-result-aside.module.css'

/** What can be done with a Key Result, and what there is to know about it. */
export function KeyResultAside({ keyResult, leadId }: { keyResult: KeyResult; leadId: string | null }) {
  const { say, day, number } = useWords()
  const me = useMe()
  const { person } = useDirectory()
  const navigate = useNavigate()
  const editable = offersEdit(keyResult, [leadId], me)
  const edit = { to: '/key-results/$id/edit', params: { id: keyResult.id } } as const
  useShortcut('e', editable ? () => void navigate(edit) : null)
  return (
    <>
      {editable && (
        <div className={classes.acts}>
          {['draft', 'published'].includes(keyResult.state) && (
            <Button size="xs" renderRoot={(props) => <Link {...edit} {...props} />} rightSection={<Key of="E" />}>
              {say('web.edit')}
            </Button>
          )}
          <LifeButtons
            noun="key-results"
            thing={keyResult}
            onDiscarded={() => navigate({ to: '/objectives/$id', params: { id: keyResult.objectiveId } })}
          />
        </div>
      )}
      <Facts
        of={[
          [say('web.owner'), <PersonName key="owner" id={keyResult.ownerId} meId={me.id} link />],
          [say('web.contributors'), keyResult.contributorIds.map((id) => person(id)?.name).join(', ')],
          [say('web.evidence'), milestoneOf(keyResult)?.evidence ?? null],
          [say('web.starts-on'), keyResult.startsOn === null ? null : day(keyResult.startsOn)],
          [
            say('web.deadline'),
            keyResult.deadline === null ? (
              <Mark key="deadline" shape="unfit">
                {say('web.key-result.no-deadline')}
              </Mark>
            ) : (
              day(keyResult.deadline)
            ),
          ],
          [say('web.weight'), keyResult.weight === '1' ? null : number(keyResult.weight)],
          [say('web.ambition'), say(`web.ambition.${keyResult.ambition}`)],
          [
            say('web.contributes-to'),
            keyResult.contribution === null ? null : (
              <ContributesTo key="to" link={keyResult.contribution} below={keyResult} />
            ),
          ],
          [
            say('web.offers-to'),
            keyResult.contributionOffer === null ? null : (
              <ContributesTo key="offer" link={keyResult.contributionOffer} below={keyResult} />
            ),
          ],
        ]}
      />
    </>
  )
}

/** Where it adds, or would. */
export function ContributesTo({ link, below }: { link: NonNullable<KeyResult['contribution']>; below: KeyResult }) {
  const { say, figure, titled } = useWords()
  const { data: above } = useQuery({
    ...ask('key-results.show', { id: link.toKeyResultId as never }),
    enabled: link.toKeyResultId !== null,
  })
  if (link.toKeyResultId === null) return <Mark shape="hidden">{say('web.private')}</Mark>
  if (!above) return null
  return (
    <span className={classes.link}>
      <Link to="/key-results/$id" params={{ id: above.id }}>
        {titled(above.title)}
      </Link>
      <span className="dim">
        {[
          link.share === null ? null : say('web.contribution.share', { amount: figure(link.share, unitOf(above)) }),
          say(`web.roll-up.${link.rollUp}`),
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
      {link.state === 'offered' && <Mark shape="offered">{say('web.link.offered')}</Mark>}
      <ContributionDecision link={link} below={below} above={above} />
    </span>
  )
}

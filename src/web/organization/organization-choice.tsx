import { Button } from '@mantine/core'
import type { OutputOf } from '#client/client.ts'
import classes from '#web/session/session-form.module.css'
import { useWords } from '#web/words.tsx'
import { chooseOrganization } from './chosen.ts'

type Organization = OutputOf<'organizations.show'>
type Props = { organizations: readonly Organization[]; chosenId: string | null; onChosen(): void }

/** The organizations that one belongs to; looking at one keeps it for the next visit. */
export function OrganizationChoice({ organizations, chosenId, onChosen }: Props) {
  const { say } = useWords()
  return (
    <ul className={classes.choices}>
      {organizations.map(({ id, name, sample }) => (
        <li key={id}>
          <Button
            fullWidth
            justify="start"
            aria-current={id === chosenId ? 'true' : undefined}
            disabled={id === chosenId}
            onClick={() => {
              chooseOrganization(id)
              onChosen()
            }}
          >
            {name}
            {sample && <span className="dim">, {say('web.organization.sample')}</span>}
          </Button>
        </li>
      ))}
    </ul>
  )
}

import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyResult, offersCheckIn } from '#web/key-result/key-result.ts'
import { useMe } from '#web/me/me.ts'
import { Key } from '#web/ui/key.tsx'
import { useShortcut } from '#web/ui/shortcut.ts'
import { useWords } from '#web/words.tsx'

/** Opens the panel, where one may report. `main`: the one of the page, also on U. */
export function CheckInButton({ keyResult, main = false }: { keyResult: KeyResult; main?: boolean }) {
  const { say } = useWords()
  const me = useMe()
  const navigate = useNavigate()
  const offered = offersCheckIn(keyResult, me)
  useShortcut(
    'u',
    main && offered
      ? () => void navigate({ to: '.', search: (before) => ({ ...before, checkIn: keyResult.id }) })
      : null,
  )
  if (!offered) return null
  return (
    <Button
      variant={main ? 'filled' : 'default'}
      renderRoot={(props) => <Link to="." search={(before) => ({ ...before, checkIn: keyResult.id })} {...props} />}
      rightSection={main ? <Key of="U" /> : undefined}
      aria-keyshortcuts={main ? 'U' : undefined}
    >
      {keyResult.ownerId === me.id ? say('web.check-in') : say('web.check-in.on-behalf')}
      <span className="unseen">: {keyResult.title}</span>
    </Button>
  )
}

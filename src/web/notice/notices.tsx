import { Notifications } from '@mantine/notifications'
import { useShortcut } from '#web/ui/shortcut.ts'
import { lastChange } from './last-change.ts'
import classes from './notice.module.css'
import { useNotice } from './notice.tsx'

/**
 * Where notices appear, and the key that takes the latest change back. They lie where nothing is pressed: on a desk in the
 * empty middle of the navigation, on a phone in a strip of their own, above which panels and the buttons of forms end.
 */
export function Notices() {
  const { undo } = useNotice()
  useShortcut('z', () => void undoLast(undo), { withCommand: true })
  return (
    <Notifications
      position="bottom-left"
      autoClose={10_000}
      limit={3}
      classNames={{ root: classes.place, notification: classes.box }}
    />
  )
}

async function undoLast(undo: (changeId: string) => Promise<void>): Promise<void> {
  const changeId = lastChange()
  if (changeId !== null) await undo(changeId)
}

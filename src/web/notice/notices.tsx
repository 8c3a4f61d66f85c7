import { Notifications } from '@mantine/notifications'
import { useShortcut } from '#web/ui/shortcut.ts'
import { lastChange } from './last-change.ts'
import classes from './notice.module.css'
import { useNotice } from './notice.tsx'

/** Where notices appear, and the key that takes the latest change back. */
export function Notices() {
  const { undo } = useNotice()
  useShortcut('z', () => void undoLast(undo), { withCommand: true })
  return (
    <Notifications
      position="bottom-center"
      autoClose={10_000}
      containerWidth={520}
      limit={3}
      classNames={{ root: classes.place, notification: classes.box }}
    />
  )
}

async function undoLast(undo: (changeId: string) => Promise<void>): Promise<void> {
  const changeId = lastChange()
  if (changeId !== null) await undo(changeId)
}

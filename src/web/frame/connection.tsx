import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useWords } from '#web/words.tsx'
import classes from './connection.module.css'

/** Says that there is no network, and what that means for what one writes. */
export function Connection() {
  const { say } = useWords()
  const online = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  )
  return (
    <div role="status" className={online ? undefined : classes.offline}>
      {online ? null : say('web.offline')}
    </div>
  )
}

import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { server } from '#web/connection.ts'
import { useProblemText } from '#web/problem/problem-text.ts'
import { useWords } from '#web/words.tsx'
import { forget, remember } from './last-change.ts'
import { NoticeText } from './notice-text.tsx'

export type Tell = (text: string, changeId?: string | null) => void

/** Says what happened, for ten seconds; with the change that was made, also how to take it back. */
export function useNotice(): { tell: Tell; undo(changeId: string): Promise<void> } {
  const queryClient = useQueryClient()
  const { say } = useWords()
  const textOf = useProblemText()

  const undo = useCallback(
    async (changeId: string) => {
      forget(changeId)
      notifications.hide(changeId)
      try {
        await server.call('changes.undo', { id: changeId as never })
        notifications.show({ message: <NoticeText text={say('web.undone')} /> })
      } catch (error) {
        notifications.show({ message: <NoticeText text={textOf(error)} />, autoClose: false })
      }
      await queryClient.invalidateQueries()
    },
    [queryClient, say, textOf],
  )

  const tell = useCallback<Tell>(
    (text, changeId = null) => {
      if (changeId !== null) remember(changeId)
      notifications.show({
        id: changeId ?? crypto.getRandomValues(new Uint32Array(1)).join(),
        message: <NoticeText text={text} {...(changeId === null ? {} : { undo: () => void undo(changeId) })} />,
        onClose: () => changeId !== null && forget(changeId),
      })
    },
    [undo],
  )
  return { tell, undo }
}

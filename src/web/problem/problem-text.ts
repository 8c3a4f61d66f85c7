import { useCallback } from 'react'
import { Refused } from '#client/client.ts'
import { useWords } from '#web/words.tsx'

/** One sentence for whatever went wrong: the server's own where it spoke, ours where it was not reached. */
export function useProblemText(): (error: unknown) => string {
  const { say } = useWords()
  return useCallback(
    (error) => {
      if (!(error instanceof Refused)) return say(navigator.onLine ? 'web.problem.unreached' : 'web.problem.offline')
      const { title, detail, errors } = error.problem
      return detail ?? errors?.[0]?.detail ?? title
    },
    [say],
  )
}

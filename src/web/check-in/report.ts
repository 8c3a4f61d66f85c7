import { type QueryClient, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { server } from '#web/connection.ts'
import { refreshAfter } from '#web/directory/directory.ts'
import { nowText } from '#web/key-result/figures.tsx'
import type { KeyResult } from '#web/key-result/key-result.ts'
import { useNotice } from '#web/notice/notice.tsx'
import { useWords } from '#web/words.tsx'
import type { Entry } from './check-in.ts'
import { forgetDraft } from './draft.ts'
import { withEntry } from './predicted.ts'

type Report = { entry: Entry; idempotencyKey: string }

/** Saves a check-in: shown at once, taken back when the server says no, kept until there is a network. */
export function useReport(keyResult: KeyResult, onSaved: () => void) {
  const queryClient = useQueryClient()
  const { tell } = useNotice()
  const words = useWords()
  return useMutation({
    mutationFn: ({ entry, idempotencyKey }: Report) =>
      server.send('check-ins.make', { id: keyResult.id, ...entry }, { idempotencyKey }),
    onMutate: async ({ entry }) => {
      await queryClient.cancelQueries({ predicate: ({ queryKey }) => isOfKeyResults(queryKey) })
      const before = queryClient.getQueriesData({ predicate: ({ queryKey }) => isOfKeyResults(queryKey) })
      foresee(queryClient, keyResult.id, entry)
      return { before }
    },
    onError: (_, __, kept) => {
      for (const [key, data] of kept?.before ?? []) queryClient.setQueryData(key, data)
    },
    onSuccess: ({ changeId }, { entry }) => {
      forgetDraft(keyResult.id)
      tell(
        words.say('web.check-in.saved', { title: keyResult.title, now: nowText(withEntry(keyResult, entry), words) }),
        changeId,
      )
      onSaved()
    },
    onSettled: () => refreshAfter(queryClient, 'check-ins.make'),
  })
}

function isOfKeyResults(queryKey: QueryKey): boolean {
  return queryKey[0] === 'key-results.show' || queryKey[0] === 'key-results.list'
}

function foresee(queryClient: QueryClient, id: string, entry: Entry): void {
  const seen = (keyResult: KeyResult) => (keyResult.id === id ? withEntry(keyResult, entry) : keyResult)
  queryClient.setQueriesData<KeyResult>({ queryKey: ['key-results.show'] }, (known) => known && seen(known))
  queryClient.setQueriesData<KeyResult[]>({ queryKey: ['key-results.list'] }, (known) =>
    Array.isArray(known) ? known.map(seen) : known,
  )
}

import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { v4 as newKey } from 'uuid'
import { type Answered, type InputOf, shownBy } from '#client/client.ts'
import { ask, type Verb } from './ask.ts'
import { attempts } from './attempts.ts'
import { server } from './connection.ts'
import { forgetBefore, refreshAfter } from './directory/directory.ts'
import { useNotice } from './notice/notice.tsx'

type Act<Name extends Verb> = {
  input: InputOf<Name>
  ifMatch?: number
  done: string
  /** Where to go then. Until one is there the act is under way, and its button does nothing. */
  after?: (answer: Answered<Name>['data']) => unknown
}

/** Does one thing once, says that it is done and how to take it back, shows what it left and lets every page ask anew. */
export function useAct<Name extends Verb>(name: Name) {
  const queryClient = useQueryClient()
  const { tell } = useNotice()
  const [attempt] = useState(() => attempts(newKey))
  const mutation = useMutation({
    mutationFn: ({ input, ifMatch, idempotencyKey }: Act<Name> & { idempotencyKey: string }) =>
      server.send(name, input, { idempotencyKey, ...(ifMatch === undefined ? {} : { ifMatch }) }),
    onSuccess: async ({ data, changeId }, { done, after }) => {
      tell(done, changeId)
      // Where one goes then, nothing of before is shown first.
      if (after) forgetBefore(queryClient, name)
      await show(queryClient, name, data)
      await after?.(data)
      void refreshAfter(queryClient, name)
    },
    onSettled: (answer) => attempt.end(answer !== undefined),
  })
  const mutate = (act: Act<Name>) => {
    const idempotencyKey = attempt.begin(JSON.stringify([act.input, act.ifMatch]))
    if (idempotencyKey !== null) mutation.mutate({ ...act, idempotencyKey })
  }
  return { ...mutation, mutate }
}

/** Where the answer is the thing itself, pages need not wait to see it. What was thrown away is not there any more. */
async function show(queryClient: QueryClient, name: Verb, data: unknown): Promise<void> {
  const verb = shownBy(name)
  const { id, state } = data as { id?: string; state?: string }
  if (verb === null || id === undefined || state === 'discarded') return
  const { queryKey } = ask(verb, { id } as never)
  await queryClient.cancelQueries({ queryKey })
  queryClient.setQueryData(queryKey, data as never)
}

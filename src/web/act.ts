import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Answered, InputOf } from '#client/client.ts'
import type { Verb } from './ask.ts'
import { server } from './connection.ts'
import { refreshAfter } from './directory/directory.ts'
import { useNotice } from './notice/notice.tsx'

type Act<Name extends Verb> = {
  input: InputOf<Name>
  ifMatch?: number
  done: string
  after?: (answer: Answered<Name>['data']) => void
}

/** Does one thing, says that it is done and how to take it back, and lets every page ask anew. */
export function useAct<Name extends Verb>(name: Name) {
  const queryClient = useQueryClient()
  const { tell } = useNotice()
  return useMutation({
    mutationFn: ({ input, ifMatch }: Act<Name>) => server.send(name, input, ifMatch === undefined ? {} : { ifMatch }),
    onSuccess: ({ data, changeId }, { done, after }) => {
      tell(done, changeId)
      void refreshAfter(queryClient, name)
      after?.(data)
    },
  })
}

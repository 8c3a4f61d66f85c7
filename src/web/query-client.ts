import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Refused } from '#client/client.ts'
import { isSignedOut } from './session/expired.ts'

/** What was asked is kept until a change is heard of. A session that ends sends to the sign-in, once. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error) && location.pathname !== '/sign-in') onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== 'me.show' && onError(error) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 60_000, retry: (failures, error) => !(error instanceof Refused) && failures < 2 },
      mutations: { retry: false },
    },
  })
}

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

/** Begins anew as whoever has just signed in or changed organization: nothing of before is kept. */
export function useEnter(): (to?: string) => Promise<void> {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async (to = '/') => {
    queryClient.clear()
    await router.navigate({ href: to.startsWith('/') && !to.startsWith('//') ? to : '/' })
    await router.invalidate()
  }
}

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { chosenOrganization } from '#web/organization/chosen.ts'
import { listen } from './listen.ts'
import { inOneWindow } from './one-window.ts'
import { refresher } from './refresher.ts'

/** Listens for what others change, and asks again for what is on the page. */
export function useLive(): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const refresh = refresher(queryClient)
    const organizationId = chosenOrganization()
    return inOneWindow(`throughline-events ${organizationId}`, refresh, (tell) => listen(organizationId, tell))
  }, [queryClient])
}

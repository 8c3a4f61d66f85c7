import type { QueryClient } from '@tanstack/react-query'
import { Refused } from '#client/client.ts'
import { chooseOrganization, chosenOrganization } from '#web/organization/chosen.ts'
import { type Me, me } from './me.ts'

/** Who this is; in another of their organizations when the one chosen here before is none of theirs any more. */
export async function whoIsThis(queryClient: QueryClient): Promise<Me> {
  try {
    return await queryClient.ensureQueryData(me)
  } catch (error) {
    const unknown = error instanceof Refused && error.problem.status === 404
    if (!unknown || chosenOrganization() === null) throw error
    chooseOrganization(null)
    return queryClient.fetchQuery(me)
  }
}

import { useSuspenseQuery } from '@tanstack/react-query'
import type { OutputOf } from '#client/client.ts'
import { ask } from '#web/ask.ts'

export type Me = OutputOf<'me.show'>

export const me = ask('me.show', {})

/** Who looks at this page, in which organization, and what day it is there. */
export function useMe(): Me {
  return useSuspenseQuery(me).data
}

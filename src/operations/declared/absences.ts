import * as z from 'zod'
import type { PersonId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { personPage } from './people.ts'
import { day, id } from './shape.ts'

const one = z.strictObject({ id: id<PersonId>() })

/** Both days included. It takes the place of those that it shares a day with; others stand beside it. */
export const announceAbsence = declare({
  name: 'people.announce-absence',
  method: 'PUT',
  path: '/v1/people/{id}/absence',
  params: one,
  body: z.strictObject({ from: day, until: day, delegateId: id<PersonId>().nullable().default(null) }),
  output: personPage,
})

/** Ends the one that is under way; where none is, takes the next one back. */
export const endAbsence = declare({
  name: 'people.end-absence',
  method: 'DELETE',
  path: '/v1/people/{id}/absence',
  params: one,
  output: personPage,
})

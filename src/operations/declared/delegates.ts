import * as z from 'zod'
import type { KeyResultId, PersonId, ServiceId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { keyResult } from './key-results.ts'
import { day, id } from './shape.ts'

const one = z.strictObject({ id: id<KeyResultId>() })

/** Whoever is named reports for the owner, until the end of a day or until further notice. It takes the place of another. */
export const nameDelegate = declare({
  name: 'key-results.name-delegate',
  method: 'PUT',
  path: '/v1/key-results/{id}/delegate',
  params: one,
  body: z.strictObject({ personId: id<PersonId>(), serviceId: id<ServiceId>(), until: day.nullable() }).partial(),
  output: keyResult,
})

export const endDelegation = declare({
  name: 'key-results.end-delegation',
  method: 'DELETE',
  path: '/v1/key-results/{id}/delegate',
  params: one,
  output: keyResult,
})

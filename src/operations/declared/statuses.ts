import * as z from 'zod'
import type { PersonId } from '#domain/id.ts'
import { SAYABLE, STATUSES } from '#domain/status.ts'
import { id, instant, told } from './shape.ts'

const judged = { is: z.enum(STATUSES), reason: told }

/** Derived, with what decided it, unless somebody said otherwise. Null for what is not published. */
export const status = z
  .strictObject({
    ...judged,
    /** Who said so, when, and what it would be without. */
    overridden: z
      .strictObject({ byId: id<PersonId>().nullable(), at: instant, instead: z.strictObject(judged) })
      .nullable(),
  })
  .nullable()

export const sayable = z.enum(SAYABLE)

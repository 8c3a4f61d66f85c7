import * as z from 'zod'
import { EVERY, lastDueOn } from '#domain/cadence.ts'

/** How often a report is due: on a weekday (1 is Monday), or every month on a day of it (1 to 28). */
export const cadence = z
  .strictObject({ every: z.enum(EVERY), dueOn: z.number().int().min(1).max(28) })
  .superRefine(({ every, dueOn }, context) => {
    const last = lastDueOn(every)
    if (dueOn > last) context.addIssue({ code: 'custom', path: ['dueOn'], message: `field.too-big:${last}` })
  })

import type * as z from 'zod'
import type { CheckIn } from '#domain/check-in.ts'
import type { checkIn } from './declared/check-ins.ts'

/** A check-in as the API shows it. */
export function checkInView({ stepsDone, correctsId, countedAt: _, ...rest }: CheckIn): z.output<typeof checkIn> {
  return { ...rest, steps: stepsDone === null ? null : [...stepsDone], corrects: correctsId }
}

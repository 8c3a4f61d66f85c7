import * as z from 'zod'
import { atLeastZero, day, figure, line, positive, prose, value } from './shape.ts'

const unit = line(40)

const outStep = z.strictObject({ id: z.string(), title: z.string(), weight: figure, deadline: z.string().nullable() })
const metric = { start: figure.nullable(), target: figure.nullable(), unit: z.string().nullable() }

/** How one will know, as it is kept. */
export const measure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('increase'), ...metric }),
  z.strictObject({ kind: z.literal('decrease'), ...metric }),
  z.strictObject({ kind: z.literal('milestone'), evidence: z.string().nullable(), steps: z.array(outStep) }),
])

const metricInput = {
  start: value.nullable().optional(),
  target: value.nullable().optional(),
  /** Instead of a target: so far from the start. */
  by: z.union([z.strictObject({ percent: positive }), z.strictObject({ amount: positive })]).optional(),
  unit: unit.nullable().optional(),
}

/** A measure as it comes in. A draft's may have gaps. */
export const measureInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('increase'), ...metricInput }),
  z.strictObject({ kind: z.literal('decrease'), ...metricInput }),
  z.strictObject({
    kind: z.literal('milestone'),
    evidence: prose(2000).optional(),
    steps: z
      .array(
        z.strictObject({
          id: line(60).optional(),
          title: line(300),
          weight: atLeastZero.optional(),
          deadline: day.nullable().optional(),
        }),
      )
      .max(100)
      .optional(),
  }),
])

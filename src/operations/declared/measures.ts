import * as z from 'zod'
import { atLeastZero, day, figure, line, positive, prose, value } from './shape.ts'

export const unit = line(40)

const outStep = z.strictObject({ id: z.string(), title: z.string(), weight: figure, deadline: z.string().nullable() })
const outBy = z.union([z.strictObject({ percent: figure }), z.strictObject({ amount: figure })])
const metric = {
  /** Null while it is open, and for a baseline: where that stands is the Key Result's own `start`. */
  start: figure.nullable(),
  baseline: z.boolean(),
  target: figure.nullable(),
  by: outBy.nullable(),
  unit: z.string().nullable(),
  phases: z.array(z.strictObject({ on: z.string(), value: figure })),
}

/** How one will know, as it was entered. */
export const measure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('increase'), ...metric }),
  z.strictObject({ kind: z.literal('decrease'), ...metric }),
  z.strictObject({
    kind: z.literal('maintain'),
    atLeast: figure.nullable(),
    atMost: figure.nullable(),
    unit: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('milestone'), evidence: z.string().nullable(), steps: z.array(outStep) }),
])

const metricInput = {
  start: value.nullable().optional(),
  /** Instead of a start: the first value reported will be it. */
  baseline: z.boolean().optional(),
  target: value.nullable().optional(),
  /** Instead of a target: so far from the start. */
  by: z
    .union([z.strictObject({ percent: positive }), z.strictObject({ amount: positive })])
    .nullable()
    .optional(),
  unit: unit.nullable().optional(),
  /** What is to be reached by the end of a day, on the way. */
  phases: z
    .array(z.strictObject({ on: day, value }))
    .max(60)
    .optional(),
}

/** A measure as it comes in. A draft's may have gaps. */
export const measureInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('increase'), ...metricInput }),
  z.strictObject({ kind: z.literal('decrease'), ...metricInput }),
  z.strictObject({
    kind: z.literal('maintain'),
    atLeast: value.nullable().optional(),
    atMost: value.nullable().optional(),
    unit: unit.nullable().optional(),
  }),
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

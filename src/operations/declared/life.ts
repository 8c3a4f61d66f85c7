import * as z from 'zod'
import { shortest } from '#domain/decimal.ts'
import type { KeyResultId } from '#domain/id.ts'
import { figure, id, prose, reason } from './shape.ts'

/** A change of state is a verb of its own: the same seven for Objectives and Key Results. */
export function life<Noun extends 'objectives' | 'key-results', Verb extends string, Output extends z.ZodType>(
  noun: Noun,
  verb: Verb,
  output: Output,
) {
  return {
    name: `${noun}.${verb}` as const,
    method: 'POST' as const,
    path: `/v1/${noun}/{id}/${verb}`,
    params: z.strictObject({ id: id<string>() }),
    body: z.strictObject({ reason }).partial(),
    output,
  }
}

/** 0 to 1, with at most 12 places. */
export const score = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => /^(0(\.\d{1,12})?|1(\.0{1,12})?)$/.test(text), { error: 'field.score' })
  .transform(shortest)

/** What whoever closes says of it: a score of their own needs a note. `countLate`: what was measured after the deadline scores too. */
const verdict = { reason, score, note: prose(2000), countLate: z.boolean() }

export const closing = z.strictObject(verdict).partial()

export const closingAll = z
  .strictObject({
    ...verdict,
    /** Of those Key Results that are not to score as suggested. */
    keyResults: z.array(z.strictObject({ id: id<KeyResultId>(), score, note: prose(2000) })).max(200),
  })
  .partial()

/** What a Key Result would score: with what was measured in time, and with what was measured late too. */
export const suggestion = z.strictObject({
  keyResultId: id<KeyResultId>(),
  score: figure.nullable(),
  withLate: figure.nullable(),
})

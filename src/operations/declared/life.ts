import * as z from 'zod'
import { id, reason } from './shape.ts'

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

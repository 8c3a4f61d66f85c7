import * as z from 'zod'
import type { ObjectiveId } from '#domain/id.ts'
import { SEARCHABLE } from '#domain/search.ts'
import { declare } from './declaration.ts'
import { id, instant, line, page, paging } from './shape.ts'

const noun = z.enum(SEARCHABLE)

const hit = z.strictObject({
  noun,
  id: z.string(),
  /** What it is called; a comment by what it stands on. */
  title: z.string(),
  /** The piece of its words in which most of what was asked for is found. */
  snippet: z.strictObject({
    text: z.string(),
    /** From (included) to (excluded), in UTF-16 code units of the text. */
    matches: z.array(z.strictObject({ from: z.number(), to: z.number() })),
  }),
  /** The Objective it belongs to; an Objective belongs to itself. */
  objective: z.strictObject({ id: id<ObjectiveId>(), title: z.string() }).nullable(),
  /** When its words were last written. */
  updatedAt: instant,
})

/** What holds all of these words, in any order, the last of them as a beginning; what was made last comes first. */
export const search = declare({
  name: 'search.find',
  method: 'GET',
  path: '/v1/search',
  query: z.strictObject({ ...paging, q: line(200), noun: noun.optional() }),
  output: page(hit),
})

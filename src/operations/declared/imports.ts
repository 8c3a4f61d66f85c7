import * as z from 'zod'
import type { CycleId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { day, id, line, repair, told } from './shape.ts'

/** Published files write some names as numbers: a node 12, the year 2026. */
const word = (max: number) => z.union([z.string(), z.number()]).transform(String).pipe(line(max))
const maybe = (max: number) =>
  z
    .string()
    .max(max, { error: `field.too-long:${max}` })
    .nullish()

/** As published; what else a node says is left alone. */
const node = z.object({
  id: word(200),
  parent_id: word(200).nullish(),
  type: maybe(100),
  level: maybe(100),
  owner: maybe(200),
  text: z
    .string()
    .max(20_000, { error: 'field.too-long:20000' })
    .nullable()
    .transform((text) => text ?? ''),
})

/**
 * A company's goals as it published them, in one change: each node comes in as what it is, without a look at the rules,
 * and the report says of each what became of it and why. Coming in again changes nothing.
 */
export const importCascade = declare({
  name: 'imports.cascade',
  method: 'POST',
  path: '/v1/imports/cascade',
  body: z.strictObject({
    cascade: z.object({
      title: word(300).optional(),
      org: word(200).optional(),
      period: word(100).optional(),
      nodes: z.array(node).min(1).max(50_000),
    }),
    startsOn: day,
    endsOn: day,
    /** Only says what would become of it. */
    dryRun: z.boolean().default(false),
  }),
  output: z.strictObject({
    dryRun: z.boolean(),
    /** Its id is null while it would have to be made. */
    cycle: z.strictObject({ id: id<CycleId>().nullable(), name: z.string(), startsOn: z.string(), endsOn: z.string() }),
    /** What was made, or would be. */
    made: z.strictObject({
      objectives: z.number(),
      keyResults: z.number(),
      initiatives: z.number(),
      alignments: z.number(),
      people: z.number(),
      groups: z.number(),
      cycles: z.number(),
    }),
    alreadyThere: z.number(),
    leftOut: z.number(),
    /** One for each node, in the file's order; one without a node for each Objective that had to be made up. */
    lines: z.array(
      z.strictObject({
        nodeId: z.string().nullable(),
        becomes: z.enum(['objective', 'key-result', 'initiative', 'already-there', 'left-out']),
        /** Of the Objective, Key Result or Initiative; null where there is none (yet). */
        id: z.string().nullable(),
        text: z.string(),
        reasons: z.array(told),
        /** What can be done about an Objective that stood under a Key Result and is aligned to nothing yet. */
        repairs: z.array(repair),
      }),
    ),
  }),
  ifMatch: 'none',
  bodyLimit: 10 * 1024 * 1024,
})

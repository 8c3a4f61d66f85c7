import * as z from 'zod'
import { CATALOGUE, type OperationName } from '#operations/declared/catalogue.ts'

export type JsonSchema = Record<string, unknown>

export type Schemas = {
  of(shape: z.ZodType, io: 'input' | 'output'): JsonSchema
  gathered: Record<string, JsonSchema>
}

/** What many verbs answer, by the verb whose whole answer it is. */
const COMPONENTS: Record<string, OperationName> = {
  Alignment: 'objectives.align',
  ApiKey: 'api-keys.revoke',
  Barrier: 'barriers.add',
  CheckIn: 'check-ins.make',
  Comment: 'comments.show',
  Contribution: 'key-results.contribute',
  Cycle: 'cycles.show',
  Exploration: 'explorations.show',
  Group: 'groups.show',
  Initiative: 'initiatives.show',
  KeyResult: 'key-results.show',
  Kpi: 'kpis.show',
  Objective: 'objectives.show',
  ObjectiveWritten: 'objectives.edit',
  Organization: 'organizations.show',
  Settings: 'organizations.settings',
  Person: 'people.edit',
  PersonPage: 'people.show',
}

const registry = z.registry<{ id: string }>()
for (const [id, name] of Object.entries(COMPONENTS)) registry.add(CATALOGUE[name].output, { id })

/** Schemas of requests and answers; those of whole nouns are gathered, and named where they stand. */
export function schemas(): Schemas {
  const gathered: Record<string, JsonSchema> = {}

  function of(shape: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _,
      $defs,
      id: __,
      ...schema
    } = z.toJSONSchema(shape, {
      io,
      metadata: registry,
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        // What a shape says of itself stands in the library's own register, which ours has taken the place of.
        const { format } = z.globalRegistry.get(zodSchema as unknown as z.ZodType) ?? {}
        if (format !== undefined) jsonSchema.format = format as string
        if (jsonSchema.pattern?.startsWith('^[0-9a-f]{8}-')) jsonSchema.format = 'uuid'
        // A format says in one word what the patterns of ids, instants and addresses say in up to 500 characters.
        if (jsonSchema.format) delete jsonSchema.pattern
      },
    }) as JsonSchema
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
      gathered[name] ??= pointed(withoutId(definition)) as JsonSchema
    }
    const own = registry.get(shape)?.id
    if (own === undefined) return pointed(schema) as JsonSchema
    gathered[own] ??= pointed(schema) as JsonSchema
    return { $ref: `#/components/schemas/${own}` }
  }

  return { of, gathered }
}

function withoutId({ id: _, ...schema }: JsonSchema): JsonSchema {
  return schema
}

/** References point into the document, not into the schema that they came out of. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key === '$ref' && typeof item === 'string'
        ? [key, item.replace('#/$defs/', '#/components/schemas/')]
        : [key, pointed(item)],
    ),
  )
}

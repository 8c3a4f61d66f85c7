import { type Document, meant, type Operation, type Schema } from '../caller/document.ts'
import { type Drawing, fitting } from '../caller/fitting.ts'
import type { Draft } from '../caller/request.ts'

/** Where a request can name something by its id: in its path, its query, or anywhere in its body. */
export type Position = { place: 'params' | 'query' | 'body'; steps: Step[]; field: string }

/** A field of an object, with its schema; or the items of a list. */
type Step = { name: string; schema: Schema } | 'item'

export function positionsIn(document: Document, operation: Operation): Position[] {
  const fields = (place: 'params' | 'query') =>
    operation[place].flatMap(({ name, schema }) => within(document, schema, place, [{ name, schema }], name, 0))
  const body = operation.body === null ? [] : within(document, operation.body, 'body', [], '', 0)
  return [...fields('params'), ...fields('query'), ...body]
}

function within(
  document: Document,
  given: Schema,
  place: Position['place'],
  steps: Step[],
  field: string,
  depth: number,
): Position[] {
  const schema = meant(document, given)
  if (schema.format === 'uuid') return [{ place, steps, field }]
  if (depth > 5) return []
  const ways = schema.anyOf ?? schema.oneOf ?? []
  const items = schema.items ? within(document, schema.items, place, [...steps, 'item'], field, depth + 1) : []
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    within(document, one, place, [...steps, { name, schema: one }], name, depth + 1),
  )
  return [...ways.flatMap((way) => within(document, way, place, steps, field, depth + 1)), ...items, ...fields]
}

/** The same request with another id there; what has to stand around it is put there too. */
export function placed(drawing: Drawing, draft: Draft, { place, steps }: Position, id: string): Draft {
  return { ...draft, [place]: put(drawing, structuredClone(draft[place] ?? {}), steps, id) }
}

function put(drawing: Drawing, into: unknown, [step, ...rest]: Step[], id: string): unknown {
  if (step === undefined) return id
  if (step === 'item') {
    const [first, ...others] = Array.isArray(into) ? into : []
    return [put(drawing, first, rest, id), ...others]
  }
  const object = (typeof into === 'object' && into !== null && !Array.isArray(into) ? into : {}) as Record<
    string,
    unknown
  >
  const inner =
    rest.some((one) => one !== 'item') && object[step.name] == null
      ? fitting(drawing, step.schema, step.name, 3)
      : object[step.name]
  return { ...object, [step.name]: put(drawing, inner, rest, id) }
}

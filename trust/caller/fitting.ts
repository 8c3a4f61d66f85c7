import * as fc from 'fast-check'
import type { Chance } from '#test/chance.ts'
import { type Document, meant, type Operation, type Schema } from './document.ts'
import type { Memory } from './memory.ts'

/** What a value is drawn for: the verb it goes with, and what the caller knows. */
export type Drawing = {
  document: Document
  operation: Operation
  operations: readonly Operation[]
  memory: Memory
  draw: Chance
  /** Nothing but what is required. */
  sparse?: boolean
}

/** A value that fits a schema, and mostly means something where it stands. */
export function fitting(drawing: Drawing, given: Schema, field = '', depth = 0): unknown {
  const { document, draw } = drawing
  const schema = meant(document, given)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return draw.pick(schema.enum)
  const ways = schema.anyOf ?? schema.oneOf
  if (ways) return fitting(drawing, draw.pick(ways), field, depth)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => fitting(drawing, one, field, depth)))
  const { type } = schema
  switch (Array.isArray(type) ? draw.pick(type) : type) {
    case 'object':
      return isCall(schema) ? callFor(drawing, depth) : fieldsOf(drawing, schema, depth)
    case 'array':
      return itemsOf(drawing, schema, field, depth)
    case 'string':
      return textFor(drawing, schema, field)
    case 'integer':
      return numberIn(schema, draw, 1)
    case 'number':
      return numberIn(schema, draw, draw.pick([1, 0.5, 0.01]))
    case 'boolean':
      return draw.oneIn(2)
    case 'null':
      return null
    default:
      return draw.pick<unknown>([null, true, 7, 'anything', [], {}, { nested: [1] }])
  }
}

/** All that is required, and of the rest more or less. */
function fieldsOf(drawing: Drawing, schema: Schema, depth: number): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const { draw } = drawing
  const some = depth > 5 || drawing.sparse ? Number.MAX_SAFE_INTEGER : draw.pick([1000, 1000, 6, 3, 1])
  const chosen = Object.entries(properties).filter(([name]) => required.includes(name) || draw.oneIn(some))
  const fields = chosen.map(([name, one]): [string, unknown] => [name, fitting(drawing, one, name, depth + 1)])
  if (typeof additionalProperties === 'object' && draw.oneIn(2))
    fields.push([`key${draw.below(9)}`, fitting(drawing, additionalProperties, '', depth + 1)])
  return Object.fromEntries(fields)
}

function itemsOf(drawing: Drawing, { items = {}, minItems = 0, maxItems = 3 }: Schema, field: string, depth: number) {
  const count = Math.min(maxItems, minItems + drawing.draw.below(3))
  return Array.from({ length: count }, () => fitting(drawing, items, field, depth + 1))
}

function textFor({ operation, memory, draw }: Drawing, schema: Schema, field: string): string {
  const { format, pattern, minLength = 0, maxLength = 100 } = schema
  if (format === 'uuid') return memory.idFor(operation, field, draw) ?? NOBODY
  if (format === 'date') return (draw.oneIn(2) ? memory.textFor(field, draw) : undefined) ?? draw.pick(DAYS)
  if (format === 'date-time') return draw.pick(INSTANTS)
  if (format === 'email') return `p${draw.below(1e9)}@marram.example`
  if (pattern !== undefined) return patterned(pattern, draw, memory.textFor(field, draw))
  const seen = draw.oneIn(2) ? memory.textFor(field, draw) : undefined
  const text = seen ?? `${field} ${draw.pick(WORDS)} ${draw.below(1e6)}`
  return text.padEnd(minLength, 'x').slice(0, maxLength)
}

/** What was seen, or what one would write, where it fits; else anything that does. */
function patterned(pattern: string, draw: Chance, seen: string | undefined): string {
  const form = new RegExp(pattern, 'u')
  const likely = [...(seen === undefined ? [] : [seen]), draw.pick(FIGURES), 'en'].filter((one) => form.test(one))
  if (likely.length > 0 && !draw.oneIn(5)) return draw.pick(likely)
  return fc.sample(fc.stringMatching(form), { seed: draw.below(2 ** 31), numRuns: 1 })[0] ?? ''
}

function numberIn({ minimum = 0, maximum = minimum + 100 }: Schema, draw: Chance, step: number): number {
  return minimum + Math.min(draw.below(maximum - minimum + 1), 1000) * (step === 1 ? 1 : step)
}

/** A schema of calls, as repairs and batches have them. */
function isCall({ properties = {} }: Schema): boolean {
  return 'method' in properties && 'path' in properties && 'body' in properties
}

/** One that was handed out, or another verb that writes, with what goes with it. */
function callFor(drawing: Drawing, depth: number): unknown {
  const { draw, memory, operations } = drawing
  const handedOut = draw.oneIn(3) ? memory.call(draw) : undefined
  if (handedOut) {
    const { method, path, headers, body } = handedOut
    return { method, path, ...(headers ? { headers } : {}), ...(body === undefined ? {} : { body }) }
  }
  const operation = draw.pick(operations.filter((one) => one.body !== null))
  const within = { ...drawing, operation }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const schema = operation.params.find((one) => one.name === name)?.schema ?? {}
    return encodeURIComponent(String(fitting(within, schema, name)))
  })
  const body = depth > 3 ? {} : fitting(within, operation.body as Schema, '', depth + 1)
  return { method: operation.method, path, headers: { 'if-match': '*' }, body }
}

/** An id that nothing bears. */
export const NOBODY = '01900000-0000-7000-8000-00000000dead'

const DAYS = ['2026-10-01', '2026-10-05', '2026-11-20', '2026-12-31', '2027-03-31', '2025-01-01']
const INSTANTS = ['2027-01-01T00:00:00Z', '2026-12-31T23:59:59.999Z', '2030-06-01T12:00:00Z']
const FIGURES = ['0', '1', '2', '12.5', '60', '100', '300000']
const WORDS = ['harbour', 'gauge', 'town', 'Überflutung', '洪水', 'מבול', '🌊', 'a “quoted” one', "o'clock; --"]

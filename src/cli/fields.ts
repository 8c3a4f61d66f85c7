import { readFileSync } from 'node:fs'
import { InvalidArgumentError, Option } from 'commander'
import * as z from 'zod'

/** One thing a verb takes, as the command line gives it. */
export type Field = {
  name: string
  /** json: a value with parts of its own, given as JSON text. either: a word, or such a value. */
  kind: 'text' | 'number' | 'flag' | 'list' | 'json' | 'either'
  /** What stands for its value in the help: `<day>`. */
  placeholder: string
  choices: string[] | null
  required: boolean
  nullable: boolean
}

type Schema = {
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

/** What a declared shape takes, in its order. */
export function fieldsOf(shape: z.ZodType): Field[] {
  const schema = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    ...kindOf(property),
    required: schema.required?.includes(name) ?? false,
  }))
}

/** `toObjectiveId` is `--to-objective-id`. */
export function flagOf(name: string): string {
  return `--${kebab(name)}`
}

export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** The options of a field: `--why <text>`, and where nothing is a value too, `--no-why`. */
export function optionsOf(field: Field, describe: (kind: Field['kind'] | 'empty', field: Field) => string): Option[] {
  if (field.kind === 'flag') {
    const flags = [new Option(flagOf(field.name), describe('flag', field)), new Option(`--no-${kebab(field.name)}`)]
    return flags
  }
  const option = new Option(`${flagOf(field.name)} <${field.placeholder}>`, describe(field.kind, field))
  option.makeOptionMandatory(field.required)
  if (field.choices && field.kind === 'text') option.choices(field.choices)
  else option.argParser((text) => valueIn(field, text))
  if (!field.nullable) return [option]
  return [option, new Option(`--no-${kebab(field.name)}`, describe('empty', field))]
}

/** What a command line said, as the call takes it: `--no-why` is null. */
export function inputOf(fields: readonly Field[], options: Record<string, unknown>): Record<string, unknown> {
  const given = fields.flatMap((field): [string, unknown][] => {
    const value = options[field.name]
    if (value === undefined) return []
    return [[field.name, value === false && field.kind !== 'flag' ? null : value]]
  })
  return Object.fromEntries(given)
}

function valueIn(field: Field, text: string): unknown {
  if (field.kind === 'number') {
    const value = Number(text)
    if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('')
    return value
  }
  if (field.kind === 'json' || (field.kind === 'either' && text.startsWith('{'))) return json(text)
  if (field.kind === 'list')
    return text.startsWith('[')
      ? json(text)
      : text
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean)
  return text
}

/** JSON text, or `@file` with such a text in it. */
function json(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

function kindOf(schema: Schema): Omit<Field, 'name' | 'required'> {
  const { alternatives, nullable } = withoutNull(schema)
  const types = new Set(alternatives.map((one) => one.type))
  const [only = {}] = alternatives
  const field = (
    kind: Field['kind'],
    choices: string[] | null = null,
    placeholder: string = kind,
  ): Omit<Field, 'name' | 'required'> => ({ kind, choices, placeholder, nullable })
  if (types.has('string') && types.has('object')) return field('either', texts(only.enum), 'word')
  if (types.has('string')) return field('text', texts(only.enum), types.size > 1 ? 'number' : placeholderOf(only))
  if (types.has('number') || types.has('integer')) return field('number')
  if (types.has('boolean')) return field('flag')
  if (only.type === 'array' && only.items?.type === 'string') return field('list', texts(only.items.enum))
  return field('json')
}

function placeholderOf({ format, pattern, enum: choices }: Schema): string {
  if (choices) return 'word'
  if (format === 'date') return 'day'
  if (format === 'date-time') return 'instant'
  return pattern?.startsWith('^[0-9a-f]{8}-') ? 'id' : 'text'
}

function withoutNull(schema: Schema): { alternatives: Schema[]; nullable: boolean } {
  const listed = Array.isArray(schema.type)
    ? schema.type.map((type) => ({ ...schema, type }))
    : (schema.anyOf ?? [schema])
  const alternatives = listed.flatMap((one) => (one.anyOf ? one.anyOf : [one]))
  return {
    alternatives: alternatives.filter((one) => one.type !== 'null'),
    nullable: alternatives.some((one) => one.type === 'null'),
  }
}

function texts(values: unknown[] | undefined): string[] | null {
  return values?.filter((value) => typeof value === 'string') ?? null
}

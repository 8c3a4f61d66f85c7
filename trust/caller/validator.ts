import { createRequire } from 'node:module'
import type { Document, Schema } from './document.ts'

/** Empty where a value has the shape that a schema of the document declares, else what is wrong with it. */
export type Validator = (schema: Schema, value: unknown) => string[]

type Compiled = ((value: unknown) => boolean) & { errors?: { instancePath: string; message?: string }[] | null }
type Ajv = { addSchema(schema: object, key: string): void; compile(schema: object): Compiled }

/** By the library that Fastify brings along for its own validation. */
const fastifys = createRequire(createRequire(import.meta.url).resolve('fastify'))
const validators = createRequire(fastifys.resolve('@fastify/ajv-compiler'))
const { Ajv2020 } = validators('ajv/dist/2020') as { Ajv2020: new (options: object) => Ajv }
const addFormats = validators('ajv-formats') as (ajv: Ajv) => void

export function validatorFor(document: Document): Validator {
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  addFormats(ajv)
  ajv.addSchema({ components: { schemas: document.components.schemas } }, 'api')
  const compiled = new Map<Schema, Compiled>()
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(within(schema) as object)
    compiled.set(schema, validate)
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
  }
}

/** References point into the document, which is known by its name. */
function within(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(within)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key === '$ref' && typeof item === 'string' ? [key, `api${item}`] : [key, within(item)],
    ),
  )
}

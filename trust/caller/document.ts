/** As much of JSON Schema as the API's description makes use of. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
}

export type Field = { name: string; schema: Schema; required: boolean }

/** A verb, as a stranger reads of it in the description. */
export type Operation = {
  name: string
  method: string
  path: string
  params: Field[]
  query: Field[]
  /** Null for one that only reads. */
  body: Schema | null
  /** Of what is answered, by status; null where the description names no shape. */
  answers: Map<number, { type: string; schema: Schema }>
  ifMatch: 'required' | 'optional' | 'none'
  takesKey: boolean
  open: boolean
}

/** The API's description, `/openapi.json`. */
export type Document = {
  paths: Record<string, Record<string, Described>>
  components: {
    schemas: Record<string, Schema>
    responses: Record<string, Answer>
    parameters: Record<string, Parameter>
  }
}

type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Answer = { content?: Record<string, { schema: Schema }> }
type Described = {
  operationId: string
  security?: unknown[]
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, Answer | { $ref: string }>
}

export function operationsIn(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(document, method.toUpperCase(), path, described)),
  )
}

/** The schema that a reference stands for. */
export function meant(document: Document, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : meant(document, found(document, schema.$ref) as Schema)
}

function operationOf(document: Document, method: string, path: string, described: Described): Operation {
  const parameters = (described.parameters ?? []).map((one) =>
    '$ref' in one ? found(document, one.$ref) : one,
  ) as Parameter[]
  const fields = (place: string) =>
    parameters
      .filter((one) => one.in === place)
      .map(({ name, schema, required = false }): Field => ({ name, schema, required }))
  const headers = fields('header')
  const ifMatch = headers.find(({ name }) => name === 'If-Match')
  const answers = Object.entries(described.responses).map(
    ([status, answer]): [number, { type: string; schema: Schema }] => {
      const { content = {} } = ('$ref' in answer ? found(document, answer.$ref) : answer) as Answer
      const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content)
      return [Number(status), { type, schema }]
    },
  )
  return {
    name: described.operationId,
    method,
    path,
    params: fields('path'),
    query: fields('query'),
    body: described.requestBody?.content['application/json']?.schema ?? null,
    answers: new Map(answers),
    ifMatch: ifMatch === undefined ? 'none' : ifMatch.required ? 'required' : 'optional',
    takesKey: headers.some(({ name }) => name === 'Idempotency-Key'),
    open: described.security?.length === 0,
  }
}

function found(document: Document, reference: string): unknown {
  const parts = reference.slice(2).split('/')
  return parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document)
}

import type { OperationName } from '#operations/declared/catalogue.ts'
import type { Declaration } from '#operations/declared/declaration.ts'
import { words } from '#words/words.ts'
import type { JsonSchema, Schemas } from './open-api-schemas.ts'

const say = words()

/** One verb, as OpenAPI describes it. */
export function describe(declaration: Declaration, { of }: Schemas) {
  const { name, status, output, writes } = declaration
  const parameters = [
    ...parametersOf(of(declaration.params, 'input'), 'path'),
    ...parametersOf(of(declaration.query, 'input'), 'query'),
    ...headersOf(declaration),
  ]
  const answer = {
    description: say('api.done'),
    headers: answerHeaders(declaration),
    content: json(of(output, 'output')),
  }
  return {
    operationId: name,
    summary: say(`operation.${name}`),
    tags: [name.split('.')[0]],
    ...(declaration.public ? { security: [] } : {}),
    parameters,
    ...(writes ? { requestBody: bodyOf(of(declaration.body, 'input')) } : {}),
    responses: {
      [status]: answer,
      ...Object.fromEntries(refusalsOf(declaration).map((code) => [code, { $ref: `#/components/responses/${code}` }])),
    },
  }
}

function parametersOf(schema: JsonSchema, place: 'path' | 'query') {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, unknown>; required?: string[] }
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }))
}

function headersOf({ writes, ifMatch, public: open }: Declaration) {
  const names = [
    ...(ifMatch === 'required' ? ['IfMatchRequired'] : []),
    ...(ifMatch === 'optional' && writes ? ['IfMatch'] : []),
    ...(writes && !open ? ['IdempotencyKey'] : []),
    ...(open ? [] : ['Organization']),
  ]
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }))
}

function bodyOf(schema: JsonSchema) {
  return { required: Array.isArray(schema.required) && schema.required.length > 0, content: json(schema) }
}

function answerHeaders({ writes }: Declaration) {
  const names = ['ETag', ...(writes ? ['Throughline-Change'] : [])]
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

function json(schema: JsonSchema) {
  return { 'application/json': { schema } }
}

/** A batch is refused as the call in it is. */
const BATCH: OperationName = 'changes.make'

/** The statuses that a verb of its kind can answer beside its own. A body, too, may name what is not there. */
function refusalsOf({ name, writes, ifMatch, public: open, params }: Declaration): number[] {
  const about = Object.keys((params as unknown as { shape?: object }).shape ?? {}).length > 0
  return [
    400,
    ...(open ? [] : [401, 403]),
    ...(about || writes ? [404] : []),
    ...(writes ? [409, 413, 415, 422] : []),
    ...((writes && ifMatch !== 'none') || name === BATCH ? [412] : []),
    ...(ifMatch === 'required' || name === BATCH ? [428] : []),
    429,
    500,
    503,
  ].sort((a, b) => a - b)
}

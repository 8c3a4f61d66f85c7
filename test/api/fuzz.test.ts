import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { ADMINISTRATION } from '#operations/administration.ts'
import { DECLARATIONS } from '#operations/declared/catalogue.ts'
import type { Declaration } from '#operations/declared/declaration.ts'
import { createSample, type Sample } from '#operations/sample.ts'
import { openServer, type Server } from '../server.ts'

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  pattern?: string
}

let server: Server
let sample: Sample
/** Of a service: a person might be made to have left on the way. */
let key: string

beforeAll(async () => {
  server = await openServer()
  sample = await createSample(server.services)
  const made = await ADMINISTRATION['api-keys.create']?.(server.services, { name: 'fuzz' })
  key = (made as { key: string }).key
  said = await sayThings()
})

/** What the sample company has none of yet. */
let said: Record<'comment' | 'check-in' | 'kpi' | 'kpi-value', string[]>

async function sayThings(): Promise<typeof said> {
  const post = async (path: string, body: object) => {
    const answer = await server.send('POST', `/v1/${path}`, { key, body: JSON.stringify(body) })
    return (answer.body as { id: string }).id
  }
  const { objectives, keyResults, people } = sample
  const kpi = await post('kpis', { name: 'Stations online', unit: '%', ownerId: people.aisha })
  return {
    comment: [
      await post(`objectives/${objectives.growth}/comments`, { text: 'Why this one?' }),
      await post(`key-results/${keyResults.sales}/comments`, { text: 'Who counts?' }),
    ],
    'check-in': [await post(`key-results/${keyResults.sales}/check-ins`, { value: 1000 })],
    kpi: [kpi],
    'kpi-value': [await post(`kpis/${kpi}/values`, { value: '97' })],
  }
}

/** Ids that mostly name what the field is about, so that much of what is asked for can be done. */
function idFor(field: string): fc.Arbitrary<string> {
  const { people, groups, cycles, objectives, keyResults } = sample
  const nouns = Object.entries({
    person: people,
    group: groups,
    cycle: cycles,
    objective: objectives,
    'key-result': keyResults,
    ...said,
  })
  const named = nouns.find(([noun]) => noun === FIELDS[field])?.[1] ?? people
  const any = nouns.flatMap(([, ids]) => Object.values(ids) as string[])
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...(Object.values(named) as string[])) },
    { weight: 1, arbitrary: fc.constantFrom(...any, sample.organizationId) },
  )
}

/** What a field's id, or the one in a path, names. */
const FIELDS: Record<string, string> = {
  groupId: 'group',
  groupIds: 'group',
  cycleId: 'cycle',
  objectiveId: 'objective',
  toObjectiveId: 'objective',
  alignedToId: 'objective',
  underObjectiveId: 'objective',
  attemptId: 'objective',
  keyResultId: 'key-result',
  toKeyResultId: 'key-result',
  contributesToId: 'key-result',
  inReplyToId: 'comment',
  kpiId: 'kpi',
  '/v1/check-ins': 'check-in',
  '/v1/comments': 'comment',
  '/v1/kpis': 'kpi',
  '/v1/groups': 'group',
  '/v1/cycles': 'cycle',
  '/v1/objectives': 'objective',
  '/v1/key-results': 'key-result',
}

afterAll(() => server.close())

const nasty = fc.constantFrom<unknown>(
  '',
  '\u0000',
  '\ud800',
  '0'.repeat(300),
  '1e309',
  '-0',
  "'; drop table people --",
  '{{name}}',
  '$t(product.name)',
  '../..',
  '2026-02-30',
  '9999-12-31',
  'Europe/Nowhere',
  0,
  -1,
  1e21,
  0.1 + 0.2,
  2 ** 53,
  null,
  true,
  [],
  {},
  [[[[]]]],
)

function anyOf(schema: Schema, field = ''): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: fitting(schema, field) }, { weight: 1, arbitrary: nasty })
}

function fitting(schema: Schema, field = ''): fc.Arbitrary<unknown> {
  const { type, enum: values, anyOf: ways, oneOf = ways, const: only, items, properties = {}, required = [] } = schema
  if (only !== undefined) return fc.constant(only)
  if (values) return fc.constantFrom(...values)
  if (oneOf) return fc.oneof(...oneOf.map((way) => fitting(way, field)))
  if (schema.pattern?.startsWith('^[0-9a-f]{8}')) return idFor(field)
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return fc.record(mapped(properties), { requiredKeys: required })
    case 'array':
      return fc.array(anyOf(items ?? {}, field), { minLength: 1, maxLength: 3 })
    case 'string':
      return textFor(field)
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 10 }), fc.double())
    case 'boolean':
      return fc.boolean()
    default:
      return nasty
  }
}

function mapped(properties: Record<string, Schema>): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, anyOf(one, name)]))
}

function textFor(field: string): fc.Arbitrary<string> {
  if (/^(starts|ends|measured|left|joined)On$|^deadline$/.test(field))
    return fc.constantFrom('2026-10-05', '2026-12-31', '2025-01-01')
  if (/^(start|target|value|share|weight|kept|amount|percent)$/.test(field))
    return fc.constantFrom('0', '12.5', '100', '300000')
  if (field === 'timeZone') return fc.constantFrom('Europe/Oslo', 'UTC')
  if (field === 'unit') return fc.constantFrom('USD', '%', 'customers')
  if (field === 'q') return fc.constantFrom('sales', 'river sta', 'ö', '東京', "-- ' |")
  if (field === 'email') return fc.integer({ min: 0, max: 1e9 }).map((n) => `p${n}@marram.example`)
  return fc.string({ minLength: 1, maxLength: 20 })
}

function schemaOf(shape: z.ZodType): Schema {
  return z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema
}

function requestsOf({ method, path, params, query, body }: Declaration) {
  const noun = path.split('/', 3).join('/')
  const named = { ...schemaOf(params).properties }
  return fc
    .record({
      params: fc.record(Object.fromEntries(Object.entries(named).map(([name, one]) => [name, fitting(one, noun)]))),
      query: anyOf(schemaOf(query)),
      body: anyOf(schemaOf(body)),
      ifMatch: fc.constantFrom('*', '*', '*', '"1"', 'x', undefined),
    })
    .map((given) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(wellFormed(given.params[name])),
      )
      const search = method === 'GET' ? queryOf(given.query) : ''
      return { method, path: filled + search, body: method === 'GET' ? undefined : given.body, ifMatch: given.ifMatch }
    })
}

function queryOf(query: unknown): string {
  const pairs = Object.entries((query ?? {}) as object).map(
    ([name, value]) => [name, wellFormed(value)] as [string, string],
  )
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
}

function wellFormed(value: unknown): string {
  return String(value).toWellFormed()
}

/** The session would end, the key be revoked: whoever asks would be nobody for the rest. */
const LEFT_OUT = new Set(['api-keys.revoke'])

test.each(DECLARATIONS.filter(({ name }) => !LEFT_OUT.has(name)).map((one) => [one.name, one] as const))(
  '%s is never broken by what it is given',
  async (_, declaration) => {
    await fc.assert(
      fc.asyncProperty(requestsOf(declaration), async ({ method, path, body, ifMatch }) => {
        const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch }
        const answer = await server.send(method, path, {
          key,
          body: body === undefined ? undefined : (JSON.stringify(body) ?? ''),
          headers,
        })
        expect(answer.status, `${method} ${path} ${JSON.stringify(body)} → ${answer.text}`).toBeLessThan(500)
        if (answer.status >= 400)
          expect(answer.body).toMatchObject({
            rule: expect.any(String),
            title: expect.any(String),
            status: answer.status,
          })
      }),
      { seed: 20261123, numRuns: 25 },
    )
  },
)

import { expect, test } from 'vitest'
import { openApi } from '#api/open-api.ts'
import { DECLARATIONS } from '#operations/declared/catalogue.ts'
import { has } from '#words/words.ts'

type Described = {
  operationId: string
  summary: string
  parameters: { name?: string; in?: string; $ref?: string }[]
  security?: []
  requestBody?: { content: { 'application/json': { schema: unknown } } }
  responses: Record<string, unknown>
}

const document = openApi('1.2.3', 'https://okr.nordlys.example')
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, one]) => ({ path, method, ...(one as Described) })),
)

test('describes exactly the verbs that were declared, each with its words', () => {
  const key = (one: { name: string; method: string; path: string }) => `${one.name} ${one.method} ${one.path}`
  const declared = DECLARATIONS.map(key).sort()
  const found = described.map(({ operationId, method, path }) =>
    key({ name: operationId, method: method.toUpperCase(), path }),
  )
  expect(found.sort()).toEqual(declared)
  for (const { operationId, summary } of described) expect(summary, operationId).not.toContain('operation.')
})

test('names what stands in a path, and who need not sign in', () => {
  for (const { path, parameters, operationId } of described) {
    const inPath = parameters.filter((one) => one.in === 'path').map((one) => one.name)
    expect(inPath, operationId).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]))
  }
  const open = described.filter(({ security }) => security?.length === 0).map(({ operationId }) => operationId)
  expect(open).toEqual(DECLARATIONS.filter((one) => one.public).map(({ name }) => name))
})

test('says of a day that it is one, and how a batch can be refused', () => {
  const { startsOn } = bodyOf('post', '/v1/cycles').properties
  expect(startsOn).toEqual({ type: 'string', format: 'date' })
  const batch = described.find(({ operationId }) => operationId === 'changes.make')
  expect(Object.keys(batch?.responses ?? {})).toEqual(expect.arrayContaining(['404', '409', '412', '422', '428']))
})

function bodyOf(method: string, path: string): { properties: Record<string, unknown> } {
  const one = described.find((each) => each.method === method && each.path === path)
  return one?.requestBody?.content['application/json'].schema as { properties: Record<string, unknown> }
}

test('refers to nothing that it does not hold', () => {
  const text = JSON.stringify(document)
  const refs = new Set([...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((found) => found[1] as string))
  expect(refs.size).toBeGreaterThan(20)
  for (const ref of refs) {
    const held = ref.split('/').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], document)
    expect(held, ref).toBeDefined()
  }
  expect(text).not.toContain('$defs')
  expect([...text.matchAll(/"api\.[a-z0-9.-]+"/g)].filter(([key]) => !has(key.slice(1, -1)))).toEqual([])
})

test('holds each noun once', () => {
  const text = JSON.stringify(document)
  expect(text.length).toBeLessThan(250_000)
  expect([...text.matchAll(/"rollsUpBy"/g)].length).toBeLessThanOrEqual(2)
})

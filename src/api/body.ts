import type { FastifyInstance } from 'fastify'
import { Problem } from '#domain/problem.ts'

/** Deeper than this no request of ours goes; what is deeper breaks whoever walks it. */
const DEEPEST = 64

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** JSON is all that is read. */
export function readJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, text: string) => bodyOf(text))
}

/** The value of a JSON text; a text without any is no body. */
export function bodyOf(text: string): unknown {
  if (text.trim() === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed('problem.malformed.json')
  }
  assertPlain(value, DEEPEST)
  return value
}

function assertPlain(value: unknown, deeper: number): void {
  if (typeof value !== 'object' || value === null) return
  if (deeper === 0) throw malformed('problem.malformed.depth')
  if (Array.isArray(value)) {
    for (const item of value) assertPlain(item, deeper - 1)
    return
  }
  for (const [name, item] of Object.entries(value)) {
    if (FORBIDDEN.has(name)) throw malformed('problem.malformed.name', name)
    assertPlain(item, deeper - 1)
  }
}

function malformed(key: string, name?: string): Problem {
  return new Problem({ kind: 'invalid', rule: 'malformed', reason: { key, values: name ? { name } : {} } })
}

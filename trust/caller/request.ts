import type { Operation } from './document.ts'
import { type Drawing, fitting } from './fitting.ts'

/** What is to be asked, part by part. */
export type Draft = {
  operation: Operation
  params: Record<string, unknown>
  query: Record<string, unknown>
  /** Undefined for what only reads. */
  body: unknown
  headers: Record<string, string>
}

/** What goes over the line. */
export type Sending = {
  method: string
  path: string
  headers: Record<string, string>
  body: string | Buffer | undefined
}

/** One that the description allows. It says `If-Match: *`, as whoever has not looked does. */
export function draftFor(drawing: Drawing): Draft {
  const { operation, draw } = drawing
  const given = (fields: Operation['params'], often: number) =>
    Object.fromEntries(
      fields
        .filter(({ required }) => required || draw.oneIn(often))
        .map(({ name, schema }) => [name, fitting(drawing, schema, name)]),
    )
  return {
    operation,
    params: given(operation.params, 1),
    query: given(operation.query, drawing.sparse ? Number.MAX_SAFE_INTEGER : draw.pick([1000, 3, 2])),
    body: operation.body === null ? undefined : fitting(drawing, operation.body),
    headers: operation.ifMatch === 'required' ? { 'if-match': '*' } : {},
  }
}

export function rendered({ operation, params, query, body, headers }: Draft): Sending {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(params[name]))
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${encoded(name)}=${encoded(one)}`),
  )
  return {
    method: operation.method,
    path: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  }
}

function encoded(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return encodeURIComponent(text.toWellFormed())
}

import type * as z from 'zod'
import { CATALOGUE, type DeclarationOf, type OperationName } from '#operations/declared/catalogue.ts'

/** A problem document (RFC 9457), as the server wrote it, with its texts in the reader's language. */
export type ProblemDocument = {
  type: string
  title: string
  status: number
  detail?: string
  rule: string
  reason?: { key: string; values?: Record<string, unknown> }
  errors?: { pointer: string; detail: string; reason: { key: string; values?: Record<string, unknown> } }[]
  repairs?: {
    method: string
    path: string
    headers?: Record<string, string>
    body?: unknown
    detail: string
    reason: { key: string; values?: Record<string, unknown> }
  }[]
  etag?: string
  current?: unknown
}

/** The server said no. */
export class Refused extends Error {
  readonly problem: ProblemDocument

  constructor(problem: ProblemDocument) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
}

type Part<Name extends OperationName, Of extends 'params' | 'query' | 'body'> = z.input<DeclarationOf<Name>[Of]>
// A shape without fields is `Record<string, never>`, which would forbid the fields of the others.
type Given<T> = string extends keyof T ? unknown : T

/** Everything a verb takes, in one object: what stands in its path, its query or its body. */
export type InputOf<Name extends OperationName> = Given<Part<Name, 'params'>> &
  Given<Part<Name, 'query'>> &
  Given<Part<Name, 'body'>>
export type OutputOf<Name extends OperationName> = z.output<DeclarationOf<Name>['output']>

export type CallOptions = {
  /** The version that was seen, or `*` for whichever there is. */
  ifMatch?: string | number
  idempotencyKey?: string
  signal?: AbortSignal
}

/** What came back, with the version it stands for and the change it made, by which it can be undone. */
export type Answered<Name extends OperationName> = {
  data: OutputOf<Name>
  etag: string | null
  changeId: string | null
}

export type Client = {
  /** Calls a verb by its name; throws Refused when the server says no. */
  call<Name extends OperationName>(name: Name, input: InputOf<Name>, options?: CallOptions): Promise<OutputOf<Name>>
  send<Name extends OperationName>(name: Name, input: InputOf<Name>, options?: CallOptions): Promise<Answered<Name>>
  /** A call that the server handed out ready to be sent: a repair. */
  repair(call: { method: string; path: string; headers?: Record<string, string>; body?: unknown }): Promise<unknown>
}

/** A client for a server at `baseUrl`; `headers` go with every call. */
export function connect({
  baseUrl = '',
  headers = {},
  fetch = globalThis.fetch,
}: {
  baseUrl?: string
  headers?: Record<string, string>
  fetch?: typeof globalThis.fetch
} = {}): Client {
  async function exchange(
    method: string,
    path: string,
    body: unknown,
    more: Record<string, string>,
    signal?: AbortSignal,
  ) {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    const text = await response.text()
    const data: unknown = text === '' ? null : JSON.parse(text)
    if (!response.ok) throw new Refused(data as ProblemDocument)
    return { data, etag: response.headers.get('etag'), changeId: response.headers.get('throughline-change') }
  }

  async function send<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    options: CallOptions = {},
  ): Promise<Answered<Name>> {
    const { method, path, body } = request(name, input)
    const more: Record<string, string> = {}
    if (options.ifMatch !== undefined)
      more['if-match'] = typeof options.ifMatch === 'number' ? `"${options.ifMatch}"` : options.ifMatch
    if (options.idempotencyKey !== undefined) more['idempotency-key'] = options.idempotencyKey
    return (await exchange(method, path, body, more, options.signal)) as Answered<Name>
  }

  return {
    send,
    call: async (name, input, options) => (await send(name, input, options)).data,
    repair: async (call) => (await exchange(call.method, call.path, call.body, call.headers ?? {})).data,
  }
}

/** The verb that shows what this one answers with, where it is one thing: `objectives.show` for `objectives.publish`. */
export function shownBy(name: OperationName): OperationName | null {
  const show = `${name.slice(0, name.indexOf('.'))}.show` as OperationName
  return CATALOGUE[show]?.output === CATALOGUE[name].output ? show : null
}

/** The request that a verb and its input come to. */
export function request<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
): { method: string; path: string; body: unknown } {
  const { method, path: template } = CATALOGUE[name]
  const rest: Record<string, unknown> = { ...(input as object) }
  const path = template.replaceAll(/\{(\w+)\}/g, (_, field: string) => {
    const value = rest[field]
    delete rest[field]
    return encodeURIComponent(String(value))
  })
  if (method !== 'GET') return { method, path, body: rest }
  const query = new URLSearchParams(
    Object.entries(rest).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, String(value)] as [string, string]],
    ),
  )
  return { method, path: query.size > 0 ? `${path}?${query}` : path, body: undefined }
}

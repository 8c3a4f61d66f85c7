import type * as z from 'zod'
import { nothing } from './shape.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * A verb of the product, as plain data: routes, OpenAPI, the typed client, CLI commands, the authorization matrix and
 * the fuzz tests are derived from it. What it does (`run`) is declared elsewhere, so that a browser can hold this.
 * Its words are in the catalogue under `operation.<name>`.
 */
export type Declaration<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> = {
  /** Noun and verb: `check-ins.make`. Also the CLI's words and the key of its texts. */
  name: string
  method: Method
  /** Under `/v1`, with `{id}` for what `params` names. */
  path: string
  params: Params
  query: Query
  body: Body
  output: Output
  /** 200 unless it makes something. */
  status: 200 | 201
  writes: boolean
  /** Whether a caller must say which version of the subject they saw (`If-Match`). */
  ifMatch: 'required' | 'optional' | 'none'
  /** Open to callers who have not signed in. */
  public: boolean
  /** The answer holds a secret that is shown once: it is never kept for a replay. */
  secret: boolean
  /** The largest body it takes, in bytes, where that is more than usual. */
  bodyLimit: number | null
}

type Declared<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType> = Pick<
  Declaration<P, Q, B, O>,
  'name' | 'method' | 'path' | 'output'
> &
  Partial<Declaration<P, Q, B, O>>

/** Fills in what most verbs share: a GET reads, PUT, PATCH and DELETE want the version that was seen. */
export function declare<
  const Name extends string,
  O extends z.ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
>(declared: Declared<P, Q, B, O> & { name: Name }): Declaration<P, Q, B, O> & { name: Name } {
  const writes = declared.writes ?? declared.method !== 'GET'
  const replaces = declared.method !== 'GET' && declared.method !== 'POST'
  return {
    params: nothing as unknown as P,
    query: nothing as unknown as Q,
    body: nothing as unknown as B,
    status: 200,
    ifMatch: replaces ? 'required' : writes ? 'optional' : 'none',
    public: false,
    secret: false,
    bodyLimit: null,
    ...declared,
    writes,
  }
}

import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { v7 } from 'uuid'
import type { ApiKeyId } from '#domain/id.ts'
import { makeApiKey } from '#operations/api-key.ts'
import { anyLeaf, anyValue } from './callers.ts'
import type { Company } from './company.ts'
import type { Bench } from './server.ts'

const BARE = join(import.meta.dirname, 'bare-server.ts')
const PRODUCT = join(import.meta.dirname, '..', '..', 'test', 'server-process.ts')

export type HttpServer = { once: () => Promise<unknown>; stop(): Promise<void> }

/** The bare server, asked to insert one row. */
export async function bareHttp(bench: Bench, company: Company): Promise<HttpServer> {
  const { port, stop } = await start(BARE, bench, { ORGANIZATION_ID: company.organizationId })
  const agent = keptAlive()
  return { stop, once: () => post(agent, port, '/', {}, report()) }
}

/** The product's server, asked for a check-in by the owner's API key, each with a key for a retry. */
export async function productHttp(bench: Bench, company: Company): Promise<HttpServer> {
  const key = await keyOf(bench, company)
  const { port, stop } = await start(PRODUCT, bench, {})
  const agent = keptAlive()
  return {
    stop,
    once: () => {
      const headers = { authorization: `Bearer ${key}`, 'idempotency-key': randomUUID(), host: 'localhost' }
      return post(agent, port, `/v1/key-results/${anyLeaf(company)}/check-ins`, headers, { ...report(), confidence: 7 })
    },
  }
}

function report() {
  return { value: anyValue(), note: 'Two towns have signed.' }
}

async function keyOf({ admin }: Bench, { organizationId, ownerId }: Company): Promise<string> {
  const id = v7() as ApiKeyId
  const { key, secretHash } = makeApiKey(organizationId, id, randomBytes(32))
  await admin.query(
    "insert into api_keys (organization_id, id, name, person_id, scopes, secret_hash, created_at) values ($1, $2, 'bench', $3, '{read,write}', $4, now())",
    [organizationId, id, ownerId, secretHash],
  )
  return key
}

async function start(
  file: string,
  bench: Bench,
  env: Record<string, string>,
): Promise<{ port: number; stop(): Promise<void> }> {
  const child: ChildProcess = fork(file, {
    env: { ...process.env, DATABASE_URL: bench.postgres.url, ...env },
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    port,
    stop: async () => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

function keptAlive(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 256 })
}

function post(
  agent: Agent,
  port: number,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const all = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers }
    const sent = request({ agent, port, path, method: 'POST', host: '127.0.0.1', headers: all }, (response) => {
      let answer = ''
      response.setEncoding('utf8').on('data', (piece) => {
        answer += piece
      })
      response.on('end', () =>
        response.statusCode === 201 ? resolve(answer) : reject(new Error(`${response.statusCode} ${answer}`)),
      )
    })
    sent.on('error', reject)
    sent.end(text)
  })
}

import { buildApp } from '#api/app.ts'
import type { OrganizationId, PersonId } from '#domain/id.ts'
import type { Services } from '#operations/services.ts'
import { setUpLink } from '#operations/sign-in-links.ts'
import { drain } from '#store/drain.ts'
import { openProduct } from '../src/product.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

/** A whole server on a port of its own, as people, browsers and programs meet it. */
export type Server = {
  url: string
  database: TestDatabase
  services: Services
  /** Everything that was logged, as it would stand in the log. */
  logged: string[]
  send(method: string, path: string, options?: Sending): Promise<Answer>
  drain(organizationId: OrganizationId): Promise<void>
  close(): Promise<void>
}

export type Sending = {
  body?: unknown
  /** An API key. */
  key?: string
  /** As a page of ours sends it, with the cookie of a session. */
  cookie?: string
  headers?: Record<string, string>
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the server says is looked at by the test
export type Answer = { status: number; headers: Headers; body: any; text: string; cookies: string[] }

const SECRET = 'the-secret-of-a-test-0123456789-abcdefghijklmnop'

export async function openServer({
  publicUrl = 'http://localhost',
  clock,
  webFolder = null,
  database: given,
}: Opening = {}): Promise<Server> {
  const database = given ?? (await freshDatabase())
  const logged: string[] = []
  const log = { error: (details: unknown, message: string) => void logged.push(message, JSON.stringify(details)) }
  const product = openProduct({
    databaseUrl: database.url,
    publicUrl,
    secret: SECRET,
    log,
    ...(clock ? { clock } : {}),
  })
  const { services } = product
  const stream = { write: (line: string) => void logged.push(line) }
  const config = { host: '127.0.0.1', trustProxy: false as const }
  const app = await buildApp({ services, config, log: { level: 'info', stream }, webFolder })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url,
    database,
    services,
    logged,
    send: (method, path, options) => send(url, method, path, options),
    drain: async (organizationId) => void (await drain(services.store, organizationId)),
    close: async () => {
      await app.close()
      await product.close()
      await database.drop()
    },
  }
}

type Opening = { publicUrl?: string; clock?: () => Date; webFolder?: string | null; database?: TestDatabase }

async function send(url: string, method: string, path: string, options: Sending = {}): Promise<Answer> {
  const { body, key, cookie, headers } = options
  const response = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(cookie === undefined ? {} : { cookie, 'sec-fetch-site': 'same-origin' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') && text !== ''
  const cookies = response.headers.getSetCookie()
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : null, text, cookies }
}

/** What a browser sends back of the cookies that it was given. */
export function cookieOf({ cookies }: Pick<Answer, 'cookies'>): string {
  return cookies.map((line) => line.split(';', 1)[0]).join('; ')
}

export const ASTRID = { name: 'Astrid Berg', email: 'astrid@nordlys.example', password: 'a dozen grey geese' }

export type Founded = { organizationId: OrganizationId; personId: PersonId; cookie: string; key: string }

/** The first organization, its administrator signed in, and a key of theirs. */
export async function founded(server: Server): Promise<Founded> {
  const { url } = await setUpLink(server.services)
  const body = {
    token: url.split('#')[1],
    organization: { name: 'Nordlys', timeZone: 'Europe/Oslo' },
    administrator: ASTRID,
  }
  const made = (await server.send('POST', '/v1/set-up', { body })).body
  const { email, password } = ASTRID
  const cookie = cookieOf(await server.send('POST', '/v1/session', { body: { email, password } }))
  const { key } = (await server.send('POST', '/v1/api-keys', { cookie, body: { name: 'tests' } })).body
  return { ...made, cookie, key }
}

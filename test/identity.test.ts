import { getMigrations } from 'better-auth/db/migration'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Identity, type Origin, openIdentity } from '#platform/identity.ts'
import { openLibrary } from '#platform/identity-library.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

const SECRET = 'a-secret-of-a-test-that-is-long-enough-0123456789'
const ASTRID = { name: 'Astrid Berg', email: 'astrid@nordlys.example', password: 'long enough for her' }

let database: TestDatabase
let identity: Identity

beforeAll(async () => {
  database = await freshDatabase()
  identity = openIdentity({
    databaseUrl: database.url,
    publicUrl: 'http://localhost:4000',
    secret: SECRET,
    log: console,
  })
})

afterAll(async () => {
  await identity.close()
  await database.drop()
})

function from(cookies: string[] = []): Origin {
  return { cookie: cookies.map((line) => line.split(';')[0]).join('; '), address: '192.0.2.7', agent: 'A browser' }
}

const cookieOf = (cookies: string[]) => from(cookies).cookie as string

test('the tables are those that the library expects', async () => {
  const library = openLibrary({
    databaseUrl: database.url,
    publicUrl: 'http://localhost',
    secret: SECRET,
    log: console,
  })
  const pool = new pg.Pool({ connectionString: database.url, options: '-c search_path=auth' })
  const inSchema = { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), type: 'postgres' } as const
  const { toBeCreated, toBeAdded } = await getMigrations({ ...library.auth.options, database: inSchema })
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] })
  await Promise.all([pool.end(), library.db.destroy()])
})

test('who knows the password gets a session of their own', async () => {
  const id = await identity.createAccount(ASTRID)
  const signedIn = await identity.signIn(ASTRID, from())
  expect(signedIn?.accountId).toBe(id)
  const cookies = signedIn?.cookies ?? []
  expect(cookies).toEqual([
    expect.stringMatching(/^throughline=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/),
  ])
  const found = await identity.sessionOf(cookieOf(cookies))
  expect(found?.session).toMatchObject({ accountId: id, email: ASTRID.email, organizationId: null })
  expect(await identity.signIn({ ...ASTRID, password: 'something else' }, from())).toBeNull()
  expect(await identity.signIn({ ...ASTRID, email: 'nobody@nordlys.example' }, from())).toBeNull()
})

test('a session is renewed once a day, and no more once its time is over', async () => {
  const cookie = cookieOf((await identity.signIn(ASTRID, from()))?.cookies ?? [])
  const age = (days: number) => inDatabase(`update auth.session set "expiresAt" = now() + interval '${14 - days} days'`)
  expect((await identity.sessionOf(cookie))?.cookies).toEqual([])
  await age(2)
  expect((await identity.sessionOf(cookie))?.cookies).toEqual([
    expect.stringMatching(/^throughline=[^;]+; Max-Age=1209600/),
  ])
  expect((await identity.sessionOf(cookie))?.cookies).toEqual([])
  await age(15)
  expect(await identity.sessionOf(cookie)).toBeNull()
})

test('a cookie that was not signed here is none', async () => {
  const cookie = cookieOf((await identity.signIn(ASTRID, from()))?.cookies ?? [])
  const value = decodeURIComponent(cookie.slice('throughline='.length))
  const [token, signature] = value.split('.') as [string, string]
  const forged = [
    token,
    `${token}.`,
    `${token}.${Buffer.alloc(32).toString('base64')}`,
    `${token}x.${signature}`,
    `${token}.${signature.slice(4)}`,
    `.${signature}`,
  ]
  for (const one of forged) expect(await identity.sessionOf(`throughline=${encodeURIComponent(one)}`), one).toBeNull()
  expect(await identity.sessionOf(`a=b; ${cookie}; c=d`)).not.toBeNull()
  expect(await identity.sessionOf('throughline')).toBeNull()
})

async function inDatabase(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

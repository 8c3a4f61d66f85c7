import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApiKey, parseApiKey } from '#operations/api-key.ts'
import { type Founded, founded, openServer, type Server } from '../server.ts'

let server: Server
let nordlys: Founded
let now = new Date('2026-10-12T08:00:00Z')

beforeAll(async () => {
  server = await openServer({ clock: () => now })
  nordlys = await founded(server)
})

afterAll(() => server.close())

async function keyFor(body: object): Promise<{ id: string; key: string }> {
  return (await server.send('POST', '/v1/api-keys', { key: nordlys.key, body })).body
}

const me = (key: string) => server.send('GET', '/v1/me', { key })

test('a key speaks for whoever made it, or for the service it was made for', async () => {
  expect((await me(nordlys.key)).body).toMatchObject({ kind: 'person', id: nordlys.personId, role: 'administrator' })
  const { key } = await keyFor({ name: 'closing', service: { name: 'Billing', role: 'member' } })
  expect((await me(key)).body).toMatchObject({
    kind: 'service',
    role: 'member',
    person: null,
    scopes: ['read', 'write'],
  })
})

test('a revoked key is refused at once, also in the middle of a burst', async () => {
  const { id, key } = await keyFor({ name: 'short-lived' })
  const before = await Promise.all(Array.from({ length: 50 }, () => me(key)))
  expect(new Set(before.map(({ status }) => status))).toEqual(new Set([200]))
  const revoked = await server.send('POST', `/v1/api-keys/${id}/revoke`, { key: nordlys.key })
  expect(revoked.body.revokedAt).toBe(now.toISOString())
  const after = await Promise.all(Array.from({ length: 50 }, () => me(key)))
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set([401]))
  expect(after[0]?.headers.get('www-authenticate')).toBe('Bearer realm="Throughline"')
})

test('an expired key is refused', async () => {
  const { key } = await keyFor({ name: 'until noon', expiresAt: '2026-10-12T12:00:00Z' })
  expect((await me(key)).status).toBe(200)
  now = new Date('2026-10-12T12:00:00Z')
  expect((await me(key)).status).toBe(401)
})

test('a key that may read changes nothing', async () => {
  const { key } = await keyFor({ name: 'reader', scopes: ['read'] })
  expect((await me(key)).status).toBe(200)
  const refused = await server.send('POST', '/v1/people', { key, body: { name: 'Nils' } })
  expect({ status: refused.status, rule: refused.body.rule }).toEqual({ status: 403, rule: 'forbidden' })
})

test('half a key, a key of another secret and a key of another organization open nothing', async () => {
  const presented = parseApiKey(nordlys.key)
  if (!presented) throw new Error('The key does not read as one')
  const guessed = makeApiKey(presented.organizationId, presented.id, Buffer.alloc(32, 7)).key
  const other = '01939a8e-5f5c-7c1a-9d3e-2b7f4c6d8e90' as typeof presented.organizationId
  const moved = nordlys.key.replace(presented.organizationId.replaceAll('-', ''), other.replaceAll('-', ''))
  for (const key of [
    guessed,
    moved,
    nordlys.key.slice(0, -1),
    `${nordlys.key} x`.trimEnd().slice(3),
    '',
    'tl_',
    'null',
  ]) {
    const refused = await me(key)
    expect({ key, status: refused.status, rule: refused.body.rule }).toEqual({
      key,
      status: 401,
      rule: 'unauthenticated',
    })
  }
  expect((await server.send('GET', '/v1/me', { headers: { authorization: `Basic ${nordlys.key}` } })).status).toBe(401)
})

test('the secret is in no answer but the first, in no change, and in no log', async () => {
  const { id, key } = await keyFor({ name: 'secretive' })
  const secret = key.split('_').at(-1) as string
  await server.send('POST', `/v1/api-keys/${id}/revoke`, { key: nordlys.key })
  await server.drain(nordlys.organizationId)
  const listed = await server.send('GET', '/v1/api-keys', { key: nordlys.key })
  expect(listed.text).toContain(id)
  expect(listed.text).not.toContain(secret)
  const { rows } = await server.services.store.pool.query('select secret_hash from presented_keys($1, $2)', [
    nordlys.organizationId,
    [id],
  ])
  const hash = rows[0].secret_hash.toString('hex')
  const client = await server.services.store.pool.connect()
  try {
    await client.query('select set_config($1, $2, false)', ['app.organization', nordlys.organizationId])
    for (const table of ['change_entries', 'audit', 'changes', 'idempotency']) {
      const kept = JSON.stringify((await client.query(`select t::text from ${table} t`)).rows)
      expect(kept.length).toBeGreaterThan(table === 'idempotency' ? 1 : 100)
      for (const trace of [secret, hash, 'secretHash']) expect(kept, table).not.toContain(trace)
    }
  } finally {
    client.release(true)
  }
  expect(server.logged.join('')).not.toContain(secret)
})

test('members see and revoke their own keys only', async () => {
  const person = await server.send('POST', '/v1/people', {
    key: nordlys.key,
    body: { name: 'Jonas', email: 'jonas@nordlys.example' },
  })
  const { url } = (await server.send('POST', `/v1/people/${person.body.id}/sign-in-links`, { key: nordlys.key })).body
  const opened = await server.send('POST', '/v1/session/link', { body: { token: url.split('#')[1] } })
  const cookie = opened.cookies.map((line) => line.split(';')[0]).join('; ')
  const own = (await server.send('POST', '/v1/api-keys', { cookie, body: { name: 'mine' } })).body
  const listed = (await server.send('GET', '/v1/api-keys', { cookie })).body.items
  expect(listed.map((one: { id: string }) => one.id)).toEqual([own.id])
  const { id } = await keyFor({ name: 'not yours' })
  expect((await server.send('POST', `/v1/api-keys/${id}/revoke`, { cookie })).status).toBe(404)
  const service = { name: 'a service', service: { name: 'S', role: 'administrator' } }
  expect((await server.send('POST', '/v1/api-keys', { cookie, body: service })).status).toBe(403)
  expect((await server.send('POST', `/v1/api-keys/${own.id}/revoke`, { cookie })).status).toBe(200)
  expect((await me(own.key)).status).toBe(401)
})

test('a revocation cannot be undone', async () => {
  const { id } = await keyFor({ name: 'gone for good' })
  const revoked = await server.send('POST', `/v1/api-keys/${id}/revoke`, { key: nordlys.key })
  const change = revoked.headers.get('throughline-change')
  const undone = await server.send('POST', `/v1/changes/${change}/undo`, { key: nordlys.key })
  expect({ status: undone.status, rule: undone.body.rule }).toEqual({ status: 422, rule: 'not-undoable' })
})

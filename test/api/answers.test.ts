import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DECLARATIONS } from '#operations/declared/catalogue.ts'
import { type Founded, founded, openServer, type Server } from '../server.ts'

let server: Server
let nordlys: Founded

beforeAll(async () => {
  server = await openServer()
  nordlys = await founded(server)
})

afterAll(() => server.close())

const post = (body: unknown, headers: Record<string, string> = {}) =>
  server.send('POST', '/v1/people', { key: nordlys.key, body, headers })

/** What comes back for bytes that no client would send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    let answer = ''
    socket.on('data', (data) => {
      answer += data.toString()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.setTimeout(3000, () => socket.destroy())
    socket.end(text)
  })
}

describe('what was done', () => {
  test('says where the new thing is, which version it is, and which change made it', async () => {
    const made = await post({ name: 'Jonas Lie' })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/v1/people/${made.body.id}`)
    expect(made.headers.get('etag')).toBe('"1"')
    expect(made.headers.get('throughline-change')).toMatch(/^[0-9a-f-]{36}$/)
    const shown = await server.send('GET', made.headers.get('location') as string, { key: nordlys.key })
    expect(shown.body).toMatchObject(made.body)
  })

  test('is said once more when it is asked for again under the same key', async () => {
    const headers = { 'idempotency-key': 'once' }
    const [one, two] = [await post({ name: 'Once' }, headers), await post({ name: 'Once' }, headers)]
    expect(two.text).toBe(one.text)
    expect((await post({ name: 'Twice' }, headers)).body.rule).toBe('idempotency-key-reused')
  })
})

describe('what is refused', () => {
  test('says so as a problem document, in words and by key', async () => {
    const refused = await post({ name: ' ', email: 'nobody', grades: 3 })
    expect(refused.status).toBe(400)
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(refused.body).toMatchObject({
      type: '/problems/invalid-request',
      title: 'Something in the request is not as it should be',
      rule: 'invalid-request',
      instance: expect.stringMatching(/^urn:throughline:request:[0-9a-z]+-[0-9a-z]+$/),
    })
    expect(refused.body.errors).toContainEqual({
      pointer: '/email',
      reason: { key: 'field.email', values: {} },
      detail: 'Write an e-mail address, such as name@example.org.',
    })
    expect(refused.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      '/email',
      '/grades',
      '/name',
    ])
  })

  test('an older version is told what there is now', async () => {
    const { body } = await post({ name: 'Marit' })
    const edit = (headers: Record<string, string>) =>
      server.send('PATCH', `/v1/people/${body.id}`, { key: nordlys.key, body: { grade: '3' }, headers })
    expect(await edit({})).toMatchObject({ status: 428, body: { rule: 'if-match-required', etag: '"1"' } })
    expect((await edit({ 'if-match': '"1"' })).headers.get('etag')).toBe('"2"')
    expect(await edit({ 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { etag: '"2"', current: { grade: '3' } },
    })
  })

  test('an address that somebody bears already names its field', async () => {
    await post({ name: 'Eva', email: 'eva@nordlys.example' })
    const refused = await post({ name: 'Other', email: 'Eva@nordlys.example' })
    expect(refused).toMatchObject({ status: 409, body: { rule: 'already-taken', errors: [{ pointer: '/email' }] } })
  })

  test('a query that nobody declared, an unknown address and a wrong method', async () => {
    const get = (path: string) => server.send('GET', path, { key: nordlys.key })
    expect(await get('/v1/people?sort=name')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/query/sort' }] },
    })
    expect(await get('/v1/people?limit=1&limit=2')).toMatchObject({ status: 400 })
    expect(await get('/v1/nothing')).toMatchObject({ status: 404, body: { rule: 'not-found' } })
    const wrong = await server.send('PUT', '/v1/people', { key: nordlys.key, body: {} })
    expect(wrong).toMatchObject({ status: 405, body: { rule: 'method-not-allowed' } })
    expect(wrong.headers.get('allow')).toBe('GET, POST')
    const never = await server.send('PUT', '/v1/session', { body: {} })
    expect(never.headers.get('allow')).toBe('GET, POST, DELETE')
  })

  test('what went wrong inside tells nothing but its number', async () => {
    const { store } = server.services
    const read = store.read
    store.read = () => Promise.reject(new Error('the secret of the house'))
    const failed = await server.send('GET', '/v1/people', { key: nordlys.key })
    store.read = read
    expect(failed).toMatchObject({ status: 500, body: { rule: 'internal' } })
    expect(failed.text).not.toContain('secret of the house')
    const id = failed.body.instance.split(':').at(-1)
    expect(server.logged.find((line) => line.includes(id))).toContain('the secret of the house')
  })
})

describe('hostile bodies', () => {
  test.each([
    ['no JSON', '{"name": ', 'malformed'],
    ['a prototype', '{"name":"x","__proto__":{"role":"administrator"}}', 'malformed'],
    ['a constructor', '{"name":"x","constructor":{"prototype":{}}}', 'malformed'],
    ['10,000 levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'malformed'],
    ['a number beyond all', '{"name":"x","limit":1e309}', 'invalid-request'],
    ['a list', '[]', 'invalid-request'],
    ['a text', '"name"', 'invalid-request'],
    ['a NUL', '{"name":"a\\u0000b"}', 'invalid-request'],
    ['half a character', '{"name":"\\ud800"}', 'invalid-request'],
    ['a field of another shape', '{"name":{"$gt":""}}', 'invalid-request'],
    ['fields that are not for callers', '{"name":"x","organizationId":"x","version":9,"id":"x"}', 'invalid-request'],
  ])('%s', async (_, body, rule) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { rule } })
  })

  test('too much, or of another kind', async () => {
    expect(await post(`{"name":"${'x'.repeat(1024 * 1024)}"}`)).toMatchObject({
      status: 413,
      body: { rule: 'too-large' },
    })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const refused = await post('{"name":"x"}', { 'content-type': type })
      expect(refused).toMatchObject({ status: 415, body: { rule: 'unsupported-media-type' } })
    }
  })

  test('values that only the database minds are no failure of ours', async () => {
    const nul = await server.send('GET', '/v1/people?name=%00', { key: nordlys.key })
    expect(nul.status).toBe(400)
    expect((await server.send('GET', '/v1/people/%E0%A4%A', { key: nordlys.key })).status).toBe(404)
    expect((await server.send('GET', `/v1/people/${'x'.repeat(5000)}`, { key: nordlys.key })).status).toBe(404)
  })

  test('what is no request at all is answered, and the connection closed', async () => {
    const answer = await raw('HELLO\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('"rule":"malformed"')
    const long = await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
    expect(long).toMatch(/^HTTP\/1\.1 431 /)
  })
})

describe('who asks from where', () => {
  test('a page elsewhere changes nothing with our cookie, by no kind of request', async () => {
    const attempt = (headers: Record<string, string>) =>
      server.send('POST', '/v1/people', { body: { name: 'Mallory' }, headers: { cookie: nordlys.cookie, ...headers } })
    const elsewhere: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      {},
    ]
    for (const headers of elsewhere)
      expect(await attempt(headers)).toMatchObject({ status: 403, body: { rule: 'foreign-origin' } })
    expect((await attempt({ origin: 'http://localhost' })).status).toBe(201)
    expect((await attempt({ origin: server.url })).status).toBe(201)
  })

  test('a page elsewhere signs nobody in', async () => {
    const body = { email: 'mallory@evil.example', password: 'of no account' }
    const refused = await server.send('POST', '/v1/session', { body, headers: { origin: 'https://evil.example' } })
    expect(refused).toMatchObject({ status: 403, body: { rule: 'foreign-origin' } })
  })

  test('the server answers under no name but its own', async () => {
    const asked = (host: string) => raw(`GET /v1/me HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', '']) {
      expect(await asked(host), host).toMatch(/^HTTP\/1\.1 4(21|00) /)
    }
    for (const host of ['localhost', 'localhost:4000', '127.0.0.1', '[::1]:4000', 'LOCALHOST.']) {
      expect(await asked(host), host).toMatch(/^HTTP\/1\.1 401 /)
    }
    expect(await raw('GET /healthz HTTP/1.1\r\nHost: throughline.internal\r\nConnection: close\r\n\r\n')).toContain(
      '"ok"',
    )
  })

  test('no other origin is let in to read', async () => {
    const read = await server.send('GET', '/v1/me', { key: nordlys.key, headers: { origin: 'https://evil.example' } })
    expect([...read.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    const asked = await server.send('OPTIONS', '/v1/people', { headers: { origin: 'https://evil.example' } })
    expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

test('every answer carries the headers that protect whoever reads it', async () => {
  const answers = [
    await server.send('GET', '/healthz'),
    await server.send('GET', '/readyz'),
    await server.send('GET', '/openapi.json'),
    await server.send('GET', '/v1/me'),
    await server.send('GET', '/v1/me', { key: nordlys.key }),
    await server.send('GET', '/nothing'),
    await server.send('GET', '/v1/people/%E0%A4%A'),
    await server.send('GET', `/v1/people/${'x'.repeat(5000)}`),
    await server.send('PUT', '/v1/me', { body: {} }),
    await server.send('HEAD', '/v1/me'),
    await server.send('OPTIONS', '/v1/people'),
    await server.send('DELETE', '/v1/session'),
    await post('{'),
    await post({ name: 'One more' }),
    ...(await Promise.all(
      DECLARATIONS.map(({ method, path }) => server.send(method, path, method === 'GET' ? {} : { body: {} })),
    )),
  ]
  for (const { headers } of answers) {
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-(inline|eval)/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('x-powered-by')).toBeNull()
    // On plain http a promise of https would only break the address.
    expect(headers.get('strict-transport-security')).toBeNull()
  }
})

test('behind https, cookies are bound to the host and promises are kept', async () => {
  const secured = await openServer({ publicUrl: 'https://okr.nordlys.example' })
  try {
    await founded(secured)
    const body = { email: 'astrid@nordlys.example', password: 'a dozen grey geese' }
    const { cookies, headers } = await secured.send('POST', '/v1/session', { body })
    expect(cookies).toEqual([
      expect.stringMatching(/^__Host-throughline=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ])
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/)
  } finally {
    await secured.close()
  }
})

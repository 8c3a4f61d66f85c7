import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ASTRID, cookieOf, type Founded, founded, openServer, type Server } from '../server.ts'

let server: Server
let nordlys: Founded
let now = new Date('2026-10-12T08:00:00Z')

beforeAll(async () => {
  server = await openServer({ clock: () => now })
  nordlys = await founded(server)
})

afterAll(() => server.close())

// What was tried in one test is forgotten by the next.
beforeEach(() => {
  now = new Date(now.getTime() + 16 * 60 * 1000)
})

const signIn = (body: object = { email: ASTRID.email, password: ASTRID.password }) =>
  server.send('POST', '/v1/session', { body })
const wrong = (email = ASTRID.email) => signIn({ email, password: 'not a dozen geese' })

async function linkFor(person: { name: string; email: string | null }): Promise<{ token: string; id: string }> {
  const { id } = (await server.send('POST', '/v1/people', { key: nordlys.key, body: person })).body
  const { url } = (await server.send('POST', `/v1/people/${id}/sign-in-links`, { key: nordlys.key })).body
  return { token: url.split('#')[1], id }
}

const open = (token: string, cookie?: string) =>
  server.send('POST', '/v1/session/link', { body: { token }, ...(cookie ? { cookie } : {}) })

describe('by password', () => {
  test('Astrid signs in, is known by her cookie, and signs out', async () => {
    const signedIn = await signIn()
    expect(signedIn.status).toBe(200)
    expect(signedIn.body).toEqual({ organizationId: nordlys.organizationId, personId: nordlys.personId })
    expect(signedIn.cookies).toEqual([expect.stringMatching(/^throughline=.+; HttpOnly; SameSite=Lax$/)])
    const cookie = cookieOf(signedIn)
    expect((await server.send('GET', '/v1/me', { cookie })).body.person.name).toBe('Astrid Berg')
    expect((await server.send('DELETE', '/v1/session', { cookie })).status).toBe(200)
    expect((await server.send('GET', '/v1/me', { cookie })).status).toBe(401)
  })

  test('a wrong password and an unknown address are told alike', async () => {
    const [one, other] = [await wrong(), await wrong('nobody@nordlys.example')]
    expect(one.status).toBe(401)
    expect({ ...one.body, instance: '' }).toEqual({ ...other.body, instance: '' })
    expect(one.body.rule).toBe('wrong-credentials')
    expect([...one.headers.keys()]).toEqual([...other.headers.keys()])
  })

  test('she signs out everywhere', async () => {
    const [here, there] = [cookieOf(await signIn()), cookieOf(await signIn())]
    expect((await server.send('DELETE', '/v1/me/sessions', { cookie: here })).status).toBe(200)
    for (const cookie of [here, there]) expect((await server.send('GET', '/v1/me', { cookie })).status).toBe(401)
    expect((await server.send('DELETE', '/v1/me/sessions', { cookie: here })).status).toBe(401)
    nordlys.cookie = cookieOf(await signIn())
  })

  test('a planted session is gone once somebody signs in over it', async () => {
    const planted = cookieOf(await signIn())
    const fresh = await server.send('POST', '/v1/session', {
      body: { email: ASTRID.email, password: ASTRID.password },
      cookie: planted,
    })
    expect(cookieOf(fresh)).not.toBe(planted)
    expect((await server.send('GET', '/v1/me', { cookie: planted })).status).toBe(401)
    expect((await server.send('GET', '/v1/me', { cookie: cookieOf(fresh) })).status).toBe(200)
  })

  test('nobody guesses more than ten times in a quarter of an hour, in parallel or one by one', async () => {
    const burst = await Promise.all(
      Array.from({ length: 30 }, (_, i) => wrong(i % 2 ? ASTRID.email : ASTRID.email.toUpperCase())),
    )
    expect(burst.filter(({ status }) => status === 401)).toHaveLength(10)
    const refused = burst.find(({ status }) => status === 429)
    expect(refused?.body.rule).toBe('too-many-tries')
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(60)
    expect((await signIn()).status).toBe(429)
    now = new Date(now.getTime() + 14 * 60 * 1000)
    expect((await wrong()).status).toBe(429)
    now = new Date(now.getTime() + 61 * 1000)
    expect((await signIn()).status).toBe(200)
  })

  test('the old password is guessed from the same ten', async () => {
    const cookie = cookieOf(await signIn())
    const change = (current: string) =>
      server.send('POST', '/v1/me/password', { cookie, body: { current, password: 'another dozen geese' } })
    for (let i = 0; i < 6; i++) expect((await change('no')).body.rule).toBe('wrong-password')
    for (let i = 0; i < 4; i++) expect((await wrong()).status).toBe(401)
    expect((await change(ASTRID.password)).status).toBe(429)
    expect((await server.send('GET', '/v1/me', { cookie })).status).toBe(200)
  })

  test('an unknown address runs out of tries like any other', async () => {
    for (let i = 0; i < 10; i++) expect((await wrong('nobody@nordlys.example')).status).toBe(401)
    expect((await wrong('nobody@nordlys.example')).status).toBe(429)
  })
})

describe('by link', () => {
  test('it works once, of twenty at the same time', async () => {
    const { token, id } = await linkFor({ name: 'Jonas Lie', email: 'jonas@nordlys.example' })
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(token)))
    const [signedIn, ...more] = answers.filter(({ status }) => status === 200)
    expect(more).toEqual([])
    expect(signedIn?.body.personId).toBe(id)
    for (const { body, status } of answers.filter((one) => one !== signedIn)) {
      expect({ status, rule: body.rule }).toEqual({ status: 422, rule: 'link-used-up' })
    }
    expect((await server.send('GET', '/v1/me', { cookie: cookieOf(signedIn as never) })).body.person.name).toBe(
      'Jonas Lie',
    )
  })

  test('whoever looks at it first learns whether it still opens anything, and uses nothing up', async () => {
    const { token } = await linkFor({ name: 'Siri Moe', email: 'siri@nordlys.example' })
    const look = async (body: object) => (await server.send('POST', '/v1/session/link/look', { body })).body
    for (let i = 0; i < 3; i++) expect(await look({ token })).toEqual({ opens: 'sign-in' })
    expect((await open(token)).status).toBe(200)
    expect(await look({ token })).toEqual({ opens: null })
    expect(await look({ token: 'made up' })).toEqual({ opens: null })
  })

  test('of a hundred made-up ones from one address the next is not even looked at', async () => {
    const look = (token: string) => server.send('POST', '/v1/session/link/look', { body: { token } })
    for (let i = 0; i < 100; i++) expect((await look(`made up ${i}`)).body).toEqual({ opens: null })
    expect((await look('made up again')).status).toBe(429)
  })

  test('looking at its address uses nothing up', async () => {
    const { token } = await linkFor({ name: 'Marit Dahl', email: 'marit@nordlys.example' })
    await server.send('GET', `/link`)
    await server.send('GET', `/v1/session/link?token=${token}`)
    await server.send('HEAD', `/v1/session/link`)
    expect((await open(token)).status).toBe(200)
  })

  test('it expires, and a later one takes its place', async () => {
    const { token, id } = await linkFor({ name: 'Per Moe', email: 'per@nordlys.example' })
    const again = await server.send('POST', `/v1/people/${id}/sign-in-links`, { key: nordlys.key })
    expect((await open(token)).status).toBe(422)
    now = new Date(now.getTime() + 73 * 60 * 60 * 1000)
    expect((await open(again.body.url.split('#')[1])).status).toBe(422)
  })

  test('who has left gets in by none, and stays in by none', async () => {
    const { token, id } = await linkFor({ name: 'Eva Holm', email: 'eva@nordlys.example' })
    const cookie = cookieOf(await open(token))
    const next = await server.send('POST', `/v1/people/${id}/sign-in-links`, { key: nordlys.key })
    const leaving = { key: nordlys.key, headers: { 'if-match': '*' }, body: { leftOn: '2026-10-01' } }
    expect((await server.send('PATCH', `/v1/people/${id}`, leaving)).status).toBe(200)
    expect((await server.send('GET', '/v1/me', { cookie })).status).toBe(401)
    expect((await open(next.body.url.split('#')[1])).status).toBe(422)
    expect((await server.send('POST', `/v1/people/${id}/sign-in-links`, { key: nordlys.key })).body.rule).toBe(
      'person-left',
    )
  })

  test('a link without an address to sign in with is not made', async () => {
    const { id } = (await server.send('POST', '/v1/people', { key: nordlys.key, body: { name: 'Nils' } })).body
    const refused = await server.send('POST', `/v1/people/${id}/sign-in-links`, { key: nordlys.key })
    expect(refused.body.rule).toBe('person-without-email')
    const cookie = cookieOf(await open((await linkFor({ name: 'Liv Berg', email: 'liv@nordlys.example' })).token))
    const asked = await server.send('POST', `/v1/people/${id}/sign-in-links`, { cookie })
    expect({ status: asked.status, rule: asked.body.rule }).toEqual({ status: 403, rule: 'forbidden' })
  })

  test('who came by a link sets a password, and every other session ends', async () => {
    const { token, id } = await linkFor({ name: 'Sara Vik', email: 'sara@nordlys.example' })
    const cookie = cookieOf(await open(token))
    const password = 'under the midnight sun'
    const set = await server.send('POST', '/v1/me/password', { cookie, body: { password } })
    expect(set.status).toBe(200)
    expect((await server.send('GET', '/v1/me', { cookie })).status).toBe(401)
    expect((await server.send('GET', '/v1/me', { cookie: cookieOf(set) })).status).toBe(200)
    expect((await signIn({ email: 'SARA@nordlys.example', password })).body.personId).toBe(id)
  })

  test('who signed in by password needs it to set another', async () => {
    const cookie = cookieOf(await signIn())
    const refused = await server.send('POST', '/v1/me/password', { cookie, body: { password: 'a dozen white geese' } })
    expect(refused.body.errors[0].pointer).toBe('/current')
    const short = await server.send('POST', '/v1/me/password', {
      cookie,
      body: { current: ASTRID.password, password: 'short' },
    })
    expect(short.body.errors[0]).toMatchObject({ pointer: '/password', detail: 'Use at least 10 characters.' })
  })

  test('making one stands in the audit, without its token', async () => {
    const { token, id } = await linkFor({ name: 'Olav By', email: 'olav@nordlys.example' })
    await server.drain(nordlys.organizationId)
    const { items } = (await server.send('GET', '/v1/activity', { key: nordlys.key })).body
    expect(items.find((one: { operation: string }) => one.operation === 'people.sign-in-link')).toMatchObject({
      nounId: id,
      fields: [],
    })
    expect(server.logged.join('')).not.toContain(token)
  })
})

describe('across organizations', () => {
  /** Another organization on the installation, whose administrator is a member here too. */
  async function elsewhere(): Promise<{ key: string; organizationId: string; cookie: string }> {
    const name = `Elsewhere ${now.getTime()}`
    const made = await server.send('POST', '/v1/organizations', {
      cookie: nordlys.cookie,
      body: { name, timeZone: 'Europe/Rome' },
    })
    const headers = { 'throughline-organization': made.body.id }
    const { key } = (
      await server.send('POST', '/v1/api-keys', { cookie: nordlys.cookie, headers, body: { name: 'k' } })
    ).body
    return { key, organizationId: made.body.id, cookie: nordlys.cookie }
  }

  test('an administrator of one gets into no other by a link for an address that has an account there', async () => {
    const { token } = await linkFor({ name: 'Ida Ness', email: 'ida@nordlys.example' })
    await server.send('POST', '/v1/me/password', {
      cookie: cookieOf(await open(token)),
      body: { password: 'ida alone knows' },
    })
    const other = await elsewhere()
    const person = await server.send('POST', '/v1/people', {
      key: other.key,
      body: { name: 'Ida', email: 'ida@nordlys.example' },
    })
    const { url } = (await server.send('POST', `/v1/people/${person.body.id}/sign-in-links`, { key: other.key })).body
    const theirs = url.split('#')[1]
    expect((await open(theirs)).body.rule).toBe('sign-in-first')
    const asIda = cookieOf(await signIn({ email: 'ida@nordlys.example', password: 'ida alone knows' }))
    const opened = await open(theirs, asIda)
    expect(opened.body.organizationId).toBe(other.organizationId)
    const there = await server.send('GET', '/v1/organizations', { cookie: cookieOf(opened) })
    expect(there.body.items.map((one: { id: string }) => one.id)).toEqual([other.organizationId])
    const here = { 'throughline-organization': nordlys.organizationId }
    expect((await server.send('GET', '/v1/me', { cookie: cookieOf(opened), headers: here })).status).toBe(404)
    const taking = await server.send('POST', '/v1/me/password', {
      cookie: cookieOf(opened),
      body: { password: 'now mine alone' },
    })
    expect(taking.body.errors[0].pointer).toBe('/current')
  })

  test('who belongs to several says which, else means the oldest', async () => {
    const other = await elsewhere()
    expect((await server.send('GET', '/v1/me', { cookie: other.cookie })).body.organization.id).toBe(
      nordlys.organizationId,
    )
    const headers = { 'throughline-organization': other.organizationId }
    const me = (await server.send('GET', '/v1/me', { cookie: other.cookie, headers })).body
    expect(me).toMatchObject({
      role: 'administrator',
      organization: { id: other.organizationId, timeZone: 'Europe/Rome' },
    })
    expect(me.person.name).toBe('Astrid Berg')
    const nowhere = { 'throughline-organization': '01939a8e-5f5c-7c1a-9d3e-2b7f4c6d8e90' }
    expect((await server.send('GET', '/v1/me', { cookie: other.cookie, headers: nowhere })).status).toBe(404)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpLink } from '#operations/sign-in-links.ts'
import { ASTRID, type Founded, founded, openServer, type Server } from '../server.ts'

let server: Server

describe('the first start', () => {
  beforeEach(async () => {
    server = await openServer()
    return () => server.close()
  })

  const claim = (token: string | undefined, email = ASTRID.email) =>
    server.send('POST', '/v1/set-up', {
      body: { token, organization: { name: 'Nordlys', timeZone: 'Europe/Oslo' }, administrator: { ...ASTRID, email } },
    })
  const tokenOf = ({ url }: { url: string }) => url.split('#')[1]

  test('of fifty who claim it at once with the one link, one gets it', async () => {
    const token = tokenOf(await setUpLink(server.services))
    const claims = await Promise.all(Array.from({ length: 50 }, (_, i) => claim(token, `a${i}@nordlys.example`)))
    expect(claims.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(new Set(claims.map(({ body }) => body.rule))).toEqual(new Set([undefined, 'link-used-up']))
    const { rows } =
      await server.services.store.pool.query(`select (select count(*) from organizations) as organizations,
      (select count(*) from auth."user") as accounts, (select count(*) from account_people) as memberships`)
    expect(rows).toEqual([{ organizations: 1, accounts: 1, memberships: 1 }])
  })

  test('nobody claims it without the link, nor after somebody has', async () => {
    for (const token of ['', 'x', 'A'.repeat(43)]) expect((await claim(token)).body.rule).toBe('link-used-up')
    expect((await claim(tokenOf(await setUpLink(server.services)))).status).toBe(201)
    const late = await claim(tokenOf(await setUpLink(server.services)), 'b@nordlys.example')
    expect(late).toMatchObject({ status: 409, body: { rule: 'already-set-up' } })
  })

  test('a claim that is refused leaves no trace, and the link good', async () => {
    const token = tokenOf(await setUpLink(server.services))
    const weak = { ...ASTRID, password: 'short' }
    const body = { token, organization: { name: 'Nordlys', timeZone: 'Europe/Oslo' }, administrator: weak }
    const refused = await server.send('POST', '/v1/set-up', { body })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/administrator/password' }] } })
    expect((await claim(token)).status).toBe(201)
  })
})

describe('an organization', () => {
  let nordlys: Founded

  beforeAll(async () => {
    server = await openServer()
    nordlys = await founded(server)
  })

  afterAll(() => server.close())

  const edit = (body: object, ifMatch = '*') =>
    server.send('PATCH', `/v1/organizations/${nordlys.organizationId}`, {
      key: nordlys.key,
      body,
      headers: { 'if-match': ifMatch },
    })

  test('is edited as a change, which can be undone', async () => {
    const edited = await edit({ timeZone: 'America/New_York', firstDayOfWeek: 7 })
    expect(edited.body).toMatchObject({ timeZone: 'America/New_York', firstDayOfWeek: 7, version: 2 })
    const change = edited.headers.get('throughline-change')
    await server.drain(nordlys.organizationId)
    const { items } = (await server.send('GET', '/v1/activity', { key: nordlys.key })).body
    expect(items[0]).toMatchObject({ changeId: change, noun: 'organization', operation: 'organizations.edit' })
    expect(items[0].fields.sort()).toEqual(['firstDayOfWeek', 'timeZone'])
    const undone = await server.send('POST', `/v1/changes/${change}/undo`, { key: nordlys.key, body: {} })
    expect(undone.status).toBe(200)
    const shown = await server.send('GET', `/v1/organizations/${nordlys.organizationId}`, { key: nordlys.key })
    expect(shown.body).toMatchObject({ timeZone: 'Europe/Oslo', firstDayOfWeek: 1, version: 3 })
    expect((await edit({ name: 'Too late' }, '"2"')).status).toBe(412)
  })

  test('another one belongs to whoever makes it, and to nobody else here', async () => {
    const made = await server.send('POST', '/v1/organizations', {
      cookie: nordlys.cookie,
      body: { name: 'Sørlys', timeZone: 'Europe/Oslo', languages: ['nb', 'en'] },
    })
    expect(made).toMatchObject({ status: 201, body: { name: 'Sørlys', languages: ['nb', 'en'], version: 1 } })
    const listed = (await server.send('GET', '/v1/organizations', { cookie: nordlys.cookie })).body.items
    expect(listed.map((one: { name: string }) => one.name)).toEqual(['Nordlys', 'Sørlys'])
    const ofKey = (await server.send('GET', '/v1/organizations', { key: nordlys.key })).body.items
    expect(ofKey.map((one: { name: string }) => one.name)).toEqual(['Nordlys'])
    expect((await server.send('GET', `/v1/organizations/${made.body.id}`, { key: nordlys.key })).status).toBe(404)
    await server.drain(made.body.id)
    const headers = { 'throughline-organization': made.body.id }
    const { items } = (await server.send('GET', '/v1/activity', { cookie: nordlys.cookie, headers })).body
    expect(items).toMatchObject([{ operation: 'organizations.create', noun: 'person' }])
  })

  test('a service makes none', async () => {
    const service = { name: 'k', service: { name: 'S', role: 'administrator' } }
    const { key } = (await server.send('POST', '/v1/api-keys', { key: nordlys.key, body: service })).body
    const refused = await server.send('POST', '/v1/organizations', { key, body: { name: 'X', timeZone: 'UTC' } })
    expect({ status: refused.status, rule: refused.body.rule }).toEqual({ status: 422, rule: 'no-account' })
  })
})

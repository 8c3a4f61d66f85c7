import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { cookieOf, type Founded, founded, openServer, type Server } from '../server.ts'
import { type Listening, listenAt } from './event-source.ts'

let server: Server
let nordlys: Founded
let jonas: { id: string; cookie: string; key: string }
let cycleId: string
const open: Listening[] = []

beforeAll(async () => {
  server = await openServer()
  nordlys = await founded(server)
  jonas = await member('Jonas Lie', 'jonas@nordlys.example')
  cycleId = (await make('/v1/cycles', { name: 'Q4', startsOn: '2026-10-01', endsOn: '2026-12-31' })).id
})

afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

afterAll(() => server.close())

async function make(path: string, body: object): Promise<{ id: string }> {
  return (await server.send('POST', path, { key: nordlys.key, body })).body
}

async function member(name: string, email: string) {
  const { id } = await make('/v1/people', { name, email })
  const { url } = (await server.send('POST', `/v1/people/${id}/sign-in-links`, { key: nordlys.key })).body
  const cookie = cookieOf(await server.send('POST', '/v1/session/link', { body: { token: url.split('#')[1] } }))
  const { key } = (await server.send('POST', '/v1/api-keys', { cookie, body: { name: 'k' } })).body
  return { id, cookie, key }
}

async function listen(
  headers: Record<string, string> = { authorization: `Bearer ${nordlys.key}` },
  query = '',
): Promise<Listening> {
  const listening = await listenAt(`${server.url}/v1/events${query}`, headers)
  open.push(listening)
  if (listening.status === 200) await vi.waitFor(() => expect(listening.events.length).toBeGreaterThan(0))
  return listening
}

const heard = (listening: Listening) => listening.events.flatMap(({ data }) => data.changes ?? [])
const hears = (listening: Listening, id: string) =>
  vi.waitFor(() => expect(heard(listening).map((change) => change.id)).toContain(id), { timeout: 3000 })

test('what somebody does is told to everybody who listens, soon after', async () => {
  const [one, other] = [await listen(), await listen({ cookie: jonas.cookie })]
  expect(one.events[0]?.event).toBe('ready')
  const { id } = await make('/v1/groups', { name: 'Sales' })
  await Promise.all([hears(one, id), hears(other, id)])
  expect(heard(one).find((change) => change.id === id)).toEqual({
    operation: 'groups.create',
    noun: 'group',
    id,
    objectiveId: null,
  })
  const told = one.events.at(-1)
  expect(told?.event).toBe('changed')
  expect(told?.id).toBe(String(told?.data.position))
})

test('who was away hears what they missed, each thing once and in order', async () => {
  const before = await listen()
  const first = await make('/v1/groups', { name: 'First' })
  await hears(before, first.id)
  const last = before.events.at(-1)?.id as string
  before.close()
  const missed = []
  for (const name of ['Second', 'Third', 'Fourth']) missed.push((await make('/v1/groups', { name })).id)
  await server.drain(nordlys.organizationId)
  const after = await listen({ authorization: `Bearer ${nordlys.key}`, 'last-event-id': last })
  expect(after.events[0]).toMatchObject({ id: last, event: 'ready' })
  await hears(after, missed.at(-1) as string)
  expect(heard(after).map((change) => change.id)).toEqual(missed)
})

test('who was away for too long, or never here, is told to look anew', async () => {
  for (const last of ['999999999', '99999999999999']) {
    const listening = await listen({ authorization: `Bearer ${nordlys.key}`, 'last-event-id': last })
    expect(listening.events[0]?.event).toBe('reset')
  }
  expect((await listen({ authorization: `Bearer ${nordlys.key}`, 'last-event-id': 'x' })).events[0]?.event).toBe(
    'ready',
  )
})

test('a draft is told to nobody but those who see it, until it is published', async () => {
  const [astrid, hers] = [await listen({ cookie: jonas.cookie }), await listen()]
  const draft = { title: 'Grow where people ask for us', why: 'They ask', level: 'company', cycleId }
  const { id } = await make('/v1/objectives', draft)
  await hears(hers, id)
  const later = await make('/v1/groups', { name: 'Told to both' })
  await hears(astrid, later.id)
  expect(heard(astrid).map((change) => change.id)).not.toContain(id)
  const published = await server.send('POST', `/v1/objectives/${id}/publish`, { key: nordlys.key, body: {} })
  expect(published.status).toBe(200)
  await hears(astrid, id)
})

test('keys are nobody’s news', async () => {
  const listening = await listen()
  await server.send('POST', '/v1/api-keys', { key: nordlys.key, body: { name: 'quiet' } })
  const { id } = await make('/v1/groups', { name: 'Loud' })
  await hears(listening, id)
  expect(heard(listening).map((change) => change.noun)).toEqual(['group'])
})

test('many changes in a moment are told in few messages', async () => {
  const listening = await listen()
  const made = []
  for (let i = 0; i < 40; i++) made.push((await make('/v1/groups', { name: `G${i}` })).id)
  await hears(listening, made.at(-1) as string)
  expect(heard(listening).map((change) => change.id)).toEqual(made)
  expect(listening.events.length).toBeLessThan(20)
})

test('a revoked key, an ended session and who has left are cut off within two seconds, and hear no more', async () => {
  const eva = await member('Eva Holm', 'eva@nordlys.example')
  const per = await member('Per Moe', 'per@nordlys.example')
  const ida = await member('Ida Ness', 'ida@nordlys.example')
  const streams = [
    await listen({ authorization: `Bearer ${eva.key}` }),
    await listen({ cookie: per.cookie }),
    await listen({ cookie: ida.cookie }),
  ]
  const staying = await listen()
  const keys = (await server.send('GET', '/v1/api-keys', { key: eva.key })).body.items
  const begun = performance.now()
  await server.send('POST', `/v1/api-keys/${keys[0].id}/revoke`, { key: eva.key })
  await server.send('DELETE', '/v1/session', { cookie: per.cookie })
  await server.send('PATCH', `/v1/people/${ida.id}`, {
    key: nordlys.key,
    headers: { 'if-match': '*' },
    body: { leftOn: '2020-01-01' },
  })
  const { id } = await make('/v1/groups', { name: 'After they went' })
  await hears(staying, id)
  await Promise.all(streams.map((one) => one.closed))
  expect(performance.now() - begun).toBeLessThan(2000)
  for (const one of streams) expect(heard(one).map((change) => change.id)).not.toContain(id)
  expect(staying.isClosed()).toBe(false)
})

test('nobody, and nobody any more, is let in', async () => {
  expect((await listen({})).status).toBe(401)
  expect((await listen({ authorization: 'Bearer tl_x' })).status).toBe(401)
  expect((await listen({ cookie: jonas.cookie }, '?sort=x')).status).toBe(400)
})

test('one person opens so many windows, and no more', async () => {
  const windows = await Promise.all(Array.from({ length: 20 }, () => listen({ cookie: jonas.cookie })))
  expect(new Set(windows.map(({ status }) => status))).toEqual(new Set([200]))
  const refused = await server.send('GET', '/v1/events', { cookie: jonas.cookie })
  expect({ status: refused.status, rule: refused.body.rule }).toEqual({ status: 429, rule: 'too-many-streams' })
  windows[0]?.close()
  await vi.waitFor(async () => expect((await listen({ cookie: jonas.cookie })).status).toBe(200))
})

test('a link to the database that breaks is made again, and nothing is missed', async () => {
  const listening = await listen()
  const { pool } = server.services.store
  await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%' and pid <> pg_backend_pid()`)
  const { id } = await make('/v1/groups', { name: 'While nobody listened' })
  await hears(listening, id)
  await sleep(1200)
  const again = await make('/v1/groups', { name: 'And afterwards' })
  await hears(listening, again.id)
  expect(heard(listening).filter((change) => change.id === id)).toHaveLength(1)
})

test('a server that closes ends its streams, and lets what is under way finish', async () => {
  const other = await openServer()
  const theirs = await founded(other)
  const listening = await listenAt(`${other.url}/v1/events`, { authorization: `Bearer ${theirs.key}` })
  await vi.waitFor(() => expect(listening.events.length).toBeGreaterThan(0))
  const { pool } = other.services.store
  const holder = await pool.connect()
  await holder.query('select pg_advisory_lock(7310021, hashtext($1))', [theirs.organizationId])
  const underWay = other.send('POST', '/v1/groups', { key: theirs.key, body: { name: 'Under way' } })
  const waits = `select 1 from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`
  await vi.waitFor(async () => expect((await pool.query(waits)).rowCount).toBe(1))
  const closing = other.close()
  await listening.closed
  await expect(other.send('GET', '/healthz')).rejects.toThrow('fetch failed')
  holder.release(true)
  expect((await underWay).status).toBe(201)
  await closing
})

import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAdministration } from '#api/administration.ts'
import { parseApiKey } from '#operations/api-key.ts'
import { openCallers } from '#operations/callers.ts'
import { callSocket } from '#platform/administration-socket.ts'
import { type Company, openCompany } from './company.ts'

let marram: Company
let home: string
beforeAll(async () => {
  marram = await openCompany()
  home = await mkdtemp(join(tmpdir(), 'throughline-administration-'))
})
afterAll(async () => {
  await marram.close()
  await rm(home, { recursive: true, force: true })
})

/** The socket of a data folder, for the length of a story. */
async function onSocket<T>(
  folder: string,
  tell: (call: (name: string, input?: object) => Promise<{ status: number; answer: never }>) => Promise<T>,
): Promise<T> {
  const { stop } = await startAdministration({ services: marram.services, folder, log: false })
  try {
    return await tell(async (name, input = {}) => {
      const answer = await callSocket(folder, `/${name}`, input)
      return { status: answer?.status ?? 0, answer: JSON.parse(answer?.body ?? 'null') as never }
    })
  } finally {
    await stop()
  }
}

const lastChange = () =>
  marram.store.read(marram.id, (tx) =>
    tx.db
      .selectFrom('changes')
      .selectAll()
      .where('organizationId', '=', marram.id)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )

describe('On the machine', () => {
  test('a key is made for a service, opens with the role it was given, and is audited as made there', async () => {
    const { key } = await onSocket(
      home,
      async (call) => (await call('api-keys.create', { name: 'Nightly', role: 'guest' })).answer as { key: string },
    )
    expect(parseApiKey(key)?.organizationId).toBe(marram.id)
    expect(await openCallers(marram.services).byKey(key)).toMatchObject({
      kind: 'service',
      role: 'guest',
      scopes: ['read', 'write'],
    })
    expect(await lastChange()).toMatchObject({ operation: 'api-keys.create', onTheMachine: true, actorKind: 'service' })
  })

  test('a key of a person is theirs', async () => {
    const { key } = await onSocket(
      home,
      async (call) =>
        (await call('api-keys.create', { name: 'Laptop', scopes: ['read'], person: 'Maya@Marram.example' })).answer as {
          key: string
        },
    )
    expect(await openCallers(marram.services).byKey(key)).toMatchObject({
      kind: 'person',
      personId: marram.people.maya,
      role: 'member',
      scopes: ['read'],
    })
    expect(await lastChange()).toMatchObject({ onTheMachine: true, actorId: marram.people.maya })
  })

  test('a link signs a person in, and organizations are listed', async () => {
    await onSocket(home, async (call) => {
      expect((await call('people.sign-in-link', { person: 'priya@marram.example' })).answer).toMatchObject({
        url: expect.stringContaining('/link#'),
      })
      expect((await call('organizations.list')).answer).toMatchObject({
        items: [{ id: marram.id, name: 'Marram', sample: true }],
      })
    })
    expect(await lastChange()).toMatchObject({ operation: 'people.sign-in-link', onTheMachine: true })
  })

  test.each([
    ['api-keys.create', {}, 400],
    ['api-keys.create', { name: 'x', role: 'king' }, 400],
    ['api-keys.create', { name: 'x', organization: 'Elsewhere' }, 404],
    ['people.sign-in-link', { person: 'nobody@marram.example' }, 404],
    ['backup', {}, 404],
  ])('%s with %j is refused with %i', async (name, input, status) => {
    await onSocket(home, async (call) => expect((await call(name, input)).status).toBe(status))
  })
})

describe('The socket', () => {
  test('is its owner’s alone, and gone when the server is', async () => {
    await onSocket(home, async () => expect((await stat(join(home, 'admin.sock'))).mode & 0o777).toBe(0o600))
    expect(await callSocket(home, '/organizations.list', {})).toBe(undefined)
  })

  test('lies elsewhere where the folder’s path is too long for one', async () => {
    const deep = join(home, 'a-folder-with-a-rather-long-name'.repeat(3), 'and-another-one')
    await mkdir(deep, { recursive: true })
    await onSocket(deep, async (call) => {
      expect((await call('organizations.list')).status).toBe(200)
      expect((await stat(join(deep, 'admin.sock.path'))).mode & 0o777).toBe(0o600)
    })
    expect(await callSocket(deep, '/organizations.list', {})).toBe(undefined)
  })

  test('left behind by a server that was killed is taken over', async () => {
    const { stop } = await startAdministration({ services: marram.services, folder: home, log: false })
    await onSocket(home, async (call) => expect((await call('organizations.list')).status).toBe(200))
    await stop()
  })
})

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf } from '#client/client.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { refused } from './harness.ts'

let marram: Company
let everything: pg.Client
beforeAll(async () => {
  marram = await openCompany()
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
})
afterAll(async () => {
  await everything.end()
  await marram.close()
})

const group = () => objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter })
const edit = (id: ObjectiveId, title: string, ifMatch: string | number | undefined) =>
  marram.hanna.send('objectives.edit', { id, title, reason: 'Clearer' }, { ifMatch })
const titleOf = async (id: ObjectiveId) => (await marram.ben.call('objectives.show', { id })).title

describe('Whoever edits says which version they saw', () => {
  test('and without that nothing is edited: the answer says which there is', async () => {
    const id = await group()
    const no = await refused(edit(id, 'Other words', undefined))
    expect(no).toMatchObject({ kind: 'precondition-required', rule: 'if-match-required', details: { etag: '"2"' } })
    expect(await titleOf(id)).toBe('What is to be achieved')
  })

  test('the one that there is: it counts up, and the answer bears the new one', async () => {
    const id = await group()
    const { version } = await marram.hanna.call('objectives.show', { id })
    const sent = await edit(id, 'Other words', version)
    expect([sent.etag, sent.data.version]).toEqual([`"${version + 1}"`, version + 1])
  })

  test('an older one is refused, with the state that there is by now', async () => {
    const id = await group()
    await edit(id, 'Other words', 2)
    const no = await refused(edit(id, 'Late words', 2))
    expect(no).toMatchObject({
      kind: 'stale',
      rule: 'stale',
      details: { etag: '"3"', current: { id, title: 'Other words', version: 3 } },
    })
    expect(await titleOf(id)).toBe('Other words')
  })

  test('one of several, or one that is marked as weak', async () => {
    const id = await group()
    await edit(id, 'Other words', '"7", W/"2"')
    expect(await titleOf(id)).toBe('Other words')
  })

  test('nonsense fits nothing', async () => {
    const id = await group()
    for (const nonsense of ['2', '""', 'two', '"2', ''])
      expect((await refused(edit(id, 'Other words', nonsense))).kind, nonsense).toBe('stale')
  })

  test('or * for whichever there is, and that shows as forced', async () => {
    const id = await group()
    const sent = await edit(id, 'Other words', '*')
    const { rows } = await everything.query('select forced from changes where id = $1', [sent.changeId])
    expect(rows).toEqual([{ forced: true }])
  })

  test('of two who saw the same version one wins, and the other is told', async () => {
    const id = await group()
    const answers = await Promise.allSettled([edit(id, 'First words', 2), edit(id, 'Second words', 2)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('a check-in below, and figures that move, leave it as it is: an editor’s save is not stale', async () => {
    const { hanna } = marram
    const home = await group()
    const id = await keyResult(hanna, home)
    const [before, above] = [
      await hanna.call('key-results.show', { id }),
      await hanna.call('objectives.show', { id: home }),
    ]
    await hanna.call('check-ins.make', { id, value: 100000 })
    expect(await hanna.call('key-results.show', { id })).toMatchObject({ version: before.version, current: '100000' })
    await edit(home, 'Other words', above.version)
  })

  test('a link counts as part of what it leads up from', async () => {
    const { hanna } = marram
    const [below, above] = [await group(), await group()]
    const sent = await hanna.send('objectives.align', { id: below, toObjectiveId: above }, { ifMatch: 2 })
    expect(sent.etag).toBe('"3"')
    expect((await hanna.call('objectives.show', { id: below })).version).toBe(3)
    expect((await hanna.call('objectives.show', { id: above })).version).toBe(2)
    expect((await refused(edit(below, 'Other words', 2))).rule).toBe('stale')
  })

  test('a verb that changes the state may say it, and need not', async () => {
    const { hanna } = marram
    const id = await group()
    expect((await refused(hanna.call('objectives.close', { id }, { ifMatch: 1 }))).rule).toBe('stale')
    expect(await hanna.call('objectives.close', { id }, { ifMatch: 2 })).toMatchObject({ state: 'closed', version: 3 })
    expect(await hanna.call('objectives.reopen', { id })).toMatchObject({ state: 'published', version: 4 })
  })
})

describe('A request that is sent again under its key', () => {
  const body = () => ({ title: 'Once only', cycleId: marram.cycles.quarter })
  const countOf = async (title: string) =>
    (await marram.hanna.call('objectives.list', { leadId: idOf(marram.hanna), limit: 200 })).items.filter(
      (one) => one.title === title,
    ).length

  test('is carried out once, and answered as before to the letter', async () => {
    const { hanna } = marram
    const [first, again] = [
      await hanna.send('objectives.create', body(), { idempotencyKey: 'once' }),
      await hanna.send('objectives.create', body(), { idempotencyKey: 'once' }),
    ]
    expect(again.data).toEqual(first.data)
    expect([again.status, again.etag]).toEqual([first.status, first.etag])
    expect(await countOf('Once only')).toBe(1)
  })

  test('is looked up before its version is: the second try of an edit is no stale one', async () => {
    const { hanna } = marram
    const id = await group()
    const input = { id, title: 'Edited once', reason: 'Clearer' }
    const first = await hanna.call('objectives.edit', input, { ifMatch: 2, idempotencyKey: 'edit' })
    expect(await hanna.call('objectives.edit', input, { ifMatch: 2, idempotencyKey: 'edit' })).toEqual(first)
  })

  test('says the same thing, or is refused', async () => {
    const { hanna } = marram
    await hanna.call('objectives.create', body(), { idempotencyKey: 'same' })
    const other = { kind: 'refused', rule: 'idempotency-key-reused' }
    expect(
      await refused(hanna.call('objectives.create', { ...body(), title: 'Else' }, { idempotencyKey: 'same' })),
    ).toMatchObject(other)
    expect(
      await refused(hanna.call('objectives.publish', { id: await group() }, { idempotencyKey: 'same' })),
    ).toMatchObject(other)
  })

  test('while the first is under way is refused rather than kept waiting', async () => {
    const { hanna } = marram
    const both = [1, 2].map(() =>
      hanna.call('objectives.create', { ...body(), title: 'Under way' }, { idempotencyKey: 'under way' }),
    )
    const no = (await Promise.allSettled(both)).find((answer) => answer.status === 'rejected')
    expect(no?.reason.facts).toMatchObject({ kind: 'conflict', rule: 'in-flight' })
    expect(await countOf('Under way')).toBe(1)
  })

  test('after a refusal is tried anew: nothing was done that could be answered again', async () => {
    const { hanna } = marram
    const id = await objective(hanna, { level: 'group', cycleId: marram.cycles.quarter, draft: true })
    const key = await keyResult(hanna, id, { deadline: null, draft: true })
    const publish = () => hanna.call('objectives.publish', { id }, { idempotencyKey: 'after a refusal' })
    expect((await refused(publish())).rule).toBe('time-bound')
    await hanna.call('key-results.edit', { id: key, deadline: '2026-12-31' })
    expect(await publish()).toMatchObject({ state: 'published' })
  })

  test('is the caller’s own: the same key of another person is another request', async () => {
    const { hanna, tomas } = marram
    const first = await hanna.call('objectives.create', body(), { idempotencyKey: 'mine' })
    const other = await tomas.call('objectives.create', body(), { idempotencyKey: 'mine' })
    expect(other.id).not.toBe(first.id)
    expect(other.leadId).toBe(idOf(tomas))
  })

  test('keeps no secret: what was shown once is not shown again', async () => {
    const { ingrid } = marram
    const make = () =>
      ingrid.call(
        'api-keys.create',
        { name: 'Reporter', service: { name: 'Reporter', role: 'member' } },
        { idempotencyKey: 'secret' },
      )
    const [first, again] = [await make(), await make()]
    expect(again.key).not.toBe(first.key)
  })

  test.each(['', 'x'.repeat(201)])('has a key of 1 to 200 characters', async (idempotencyKey) => {
    const no = await refused(marram.hanna.call('objectives.create', body(), { idempotencyKey }))
    expect(no.errors?.[0]?.pointer).toBe('#/headers/idempotency-key')
  })
})

describe('Several calls as one change', () => {
  type Calls = InputOf<'changes.make'>['calls']
  const make = (calls: Calls, reason?: string) =>
    marram.hanna.send('changes.make', { calls, ...(reason ? { reason } : {}) })
  const patch = (id: ObjectiveId, body: object, ifMatch: string | null = '*') => ({
    method: 'PATCH' as const,
    path: `/v1/objectives/${id}`,
    ...(ifMatch === null ? {} : { headers: { 'If-Match': ifMatch } }),
    body,
  })

  test('are done in their order, each seeing what the last one did', async () => {
    const id = await group()
    const sent = await make([
      patch(id, { title: 'First words', reason: 'Clearer' }, '"2"'),
      patch(id, { title: 'Second words', reason: 'Clearer' }, '"3"'),
      { method: 'POST', path: `/v1/objectives/${id}/close` },
    ])
    expect(sent.data.answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(sent.data.answers[2]?.body).toMatchObject({ title: 'Second words', state: 'closed' })
    expect(sent.data.changeId).toBe(sent.changeId)
  })

  test('may all be held against the version that was seen before the first of them', async () => {
    const [id, above] = [await group(), await group()]
    const link = { method: 'PUT' as const, path: `/v1/objectives/${id}/alignment`, body: { toObjectiveId: above } }
    const words = (title: string) => patch(id, { title, reason: 'Clearer' }, '"2"')
    const sent = await make([words('Other words'), { ...link, headers: { 'if-match': '"2"' } }])
    expect(sent.data.answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await marram.hanna.call('objectives.show', { id })).toMatchObject({
      title: 'Other words',
      alignedToId: above,
    })
    const late = await refused(make([words('Late words'), { ...link, headers: { 'if-match': '"2"' } }]))
    expect(late).toMatchObject({ rule: 'stale', details: { current: { title: 'Other words' } } })
  })

  test('show as one change of whoever made them', async () => {
    const [first, second] = [await group(), await group()]
    const sent = await make([first, second].map((id) => patch(id, { title: 'Together', reason: 'One thing' })))
    const { items } = await marram.ben.call('activity.list', { limit: 10 })
    const together = items.filter((item) => item.changeId === sent.changeId)
    expect(together.map(({ operation, nounId }) => [operation, nounId]).toSorted()).toEqual(
      [first, second].map((id) => ['changes.make', id]).toSorted(),
    )
  })

  test('are done all or none: what one of them is refused for is told with its place', async () => {
    const id = await group()
    const no = await refused(
      make([
        patch(id, { title: 'Other words', reason: 'Clearer' }),
        { method: 'POST', path: `/v1/objectives/${id}/key-results`, body: { title: '', deadline: 'soon' } },
      ]),
    )
    expect(no.errors?.map(({ pointer }) => pointer)).toEqual(['/calls/1/body/title', '/calls/1/body/deadline'])
    const late = await refused(
      make([
        patch(id, { title: 'Other words', reason: 'Clearer' }),
        { method: 'POST', path: `/v1/objectives/${id}/resume` },
      ]),
    )
    expect(late).toMatchObject({ rule: 'life', errors: [{ pointer: '/calls/1' }] })
    expect(await titleOf(id)).toBe('What is to be achieved')
  })

  test('are each asked for their version and for leave', async () => {
    const [mine, theirs] = [
      await group(),
      await objective(marram.tomas, { level: 'group', cycleId: marram.cycles.quarter }),
    ]
    expect((await refused(make([patch(mine, { title: 'Other', reason: 'Clearer' }, null)]))).rule).toBe(
      'if-match-required',
    )
    expect((await refused(make([patch(mine, { title: 'Other', reason: 'Clearer' }, '"1"')]))).rule).toBe('stale')
    expect((await refused(make([patch(theirs, { title: 'Other', reason: 'Clearer' })]))).kind).toBe('forbidden')
  })

  test('are what changes something: reads, unknown paths, and what may not stand in a batch are not found', async () => {
    const id = await group()
    const calls: Calls = [
      { method: 'POST', path: '/v1/nothing' },
      { method: 'POST', path: `/v1/objectives/${id}` },
      { method: 'POST', path: '/v1/changes', body: { calls: [] } },
      { method: 'POST', path: `/v1/changes/${id}/undo` },
      { method: 'POST', path: '/v1/organizations', body: { name: 'Other', timeZone: 'UTC' } },
      { method: 'POST', path: '/v1/api-keys', body: { name: 'Key' } },
      { method: 'POST', path: '/v1/set-up', body: {} },
    ]
    for (const call of calls) expect((await refused(make([call]))).kind, call.path).toBe('not-found')
    expect((await refused(make([]))).errors?.[0]?.pointer).toBe('/calls')
  })
})

test('Whoever may only read writes nothing, and whoever may only write reads nothing', async () => {
  const { hanna } = marram
  const limited = (scope: 'read' | 'write') => marram.as({ id: idOf(hanna) }, 'member', [scope])
  expect(
    (await refused(limited('read').call('objectives.create', { title: 'New', cycleId: marram.cycles.quarter }))).kind,
  ).toBe('forbidden')
  expect((await refused(limited('write').call('objectives.list', {}))).kind).toBe('forbidden')
  expect((await limited('read').call('objectives.list', {})).items.length).toBeGreaterThan(0)
})

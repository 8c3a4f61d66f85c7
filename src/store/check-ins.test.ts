import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyResultId, PersonId } from '#domain/id.ts'
import { type Caller, type Organization, openOrganization, refused } from '#test/harness.ts'

let marram: Organization
let everything: pg.Client
let maya: Caller
let customers: KeyResultId[]
let objectiveId: string

beforeAll(async () => {
  marram = await openOrganization()
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
  const { administrator } = marram
  const person = await administrator.call('people.create', { name: 'Maya Lindqvist' })
  maya = marram.as(person)
  const cycle = await administrator.call('cycles.create', { name: 'Q4', startsOn: '2026-10-01', endsOn: '2026-12-31' })
  const body = { title: 'Win the towns on the coast', cycleId: cycle.id, leadId: person.id }
  const objective = await administrator.call('objectives.create', body)
  objectiveId = objective.id
  customers = []
  for (let count = 0; count < 4; count++) {
    const measure = { kind: 'increase' as const, start: 0, target: 1000, unit: 'customers' }
    const keyResult = { id: objective.id, title: `New customers ${count}`, deadline: '2026-12-31', measure }
    customers.push(
      (await administrator.call('key-results.create', { ...keyResult, ownerId: person.id as PersonId })).id,
    )
  }
  await administrator.call('objectives.publish', { id: objective.id })
})
afterAll(async () => {
  await everything.end()
  await marram.close()
})

const first = () => customers[0] as KeyResultId

async function rows(statement: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
  return (await everything.query(statement, values)).rows
}

const kept = async (note: string) => rows('select value::int, note from check_ins where note = $1 order by value', note)

describe('Check-ins that come at once', () => {
  test('are all kept, each with its trace and its answer: 256 callers, one after another in one list', async () => {
    const answers = await Promise.all(
      Array.from({ length: 256 }, (_, value) =>
        maya.call(
          'check-ins.make',
          { id: customers[value % 4] as KeyResultId, value, note: 'at once' },
          { idempotencyKey: `at once ${value}` },
        ),
      ),
    )
    expect(answers.map((answer) => Number(answer.value))).toEqual(Array.from({ length: 256 }, (_, value) => value))
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(256)
    expect((await kept('at once')).map((row) => row.value)).toEqual(Array.from({ length: 256 }, (_, value) => value))
    const [traced] = await rows(
      'select count(*)::int from outbox where id = any($1)',
      answers.map((answer) => answer.id),
    )
    const [answered] = await rows(`select count(*)::int from idempotency where key like 'at once %'`)
    expect([traced?.count, answered?.count]).toEqual([256, 256])
  })

  test('of which one cannot be written leave the others alone', async () => {
    await everything.query(`
      create function poisoned() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
      create trigger poison before insert on check_ins for each row when (new.blockers = 'poison') execute function poisoned()`)
    const said = ['fine', 'poison', 'fine', 'fine'].map((blockers, value) =>
      maya.call(
        'check-ins.make',
        { id: first(), value, blockers, note: 'poisoned group' },
        { idempotencyKey: `poisoned ${value}` },
      ),
    )
    const answers = await Promise.allSettled(said)
    await everything.query('drop trigger poison on check_ins')
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect((await kept('poisoned group')).map((row) => row.value)).toEqual([0, 2, 3])
    const again = await maya.call(
      'check-ins.make',
      { id: first(), value: 1, blockers: 'poison', note: 'poisoned group' },
      { idempotencyKey: 'poisoned 1' },
    )
    expect(again.value).toBe('1')
  })

  test('of which one is refused leave the others alone, and only its caller hears why', async () => {
    const future = { id: first(), value: 1, measuredOn: '2099-01-01' }
    const [good, bad, other] = await Promise.allSettled([
      maya.call('check-ins.make', { id: first(), value: 1, note: 'one refused' }),
      maya.call('check-ins.make', future),
      maya.call('check-ins.make', { id: first(), value: 2, note: 'one refused' }),
    ])
    expect([good.status, bad.status, other.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((bad as PromiseRejectedResult).reason.facts.errors[0].pointer).toBe('/measuredOn')
    expect(await kept('one refused')).toHaveLength(2)
  })
})

describe('A check-in that is sent again with its key', () => {
  const said = { value: 7, note: 'sent again' }

  test('is answered as before, to the letter, and made once', async () => {
    const [before, after] = [
      await maya.send('check-ins.make', { id: first(), ...said }, { idempotencyKey: 'again' }),
      await maya.send('check-ins.make', { id: first(), ...said }, { idempotencyKey: 'again' }),
    ]
    expect(after.text).toBe(before.text)
    expect([after.status, after.data]).toEqual([before.status, before.data])
    expect(await kept('sent again')).toHaveLength(1)
  })

  test('while it is under way is refused rather than kept waiting', async () => {
    const both = [1, 2].map(() =>
      maya.call('check-ins.make', { id: first(), value: 8, note: 'under way' }, { idempotencyKey: 'under way' }),
    )
    const answers = await Promise.allSettled(both)
    const [no] = answers.filter((answer) => answer.status === 'rejected')
    expect((no as PromiseRejectedResult).reason.facts).toMatchObject({ kind: 'conflict', rule: 'in-flight' })
    expect(await kept('under way')).toHaveLength(1)
  })

  test('to say something else is refused', async () => {
    await maya.call('check-ins.make', { id: first(), value: 9 }, { idempotencyKey: 'said' })
    const other = { kind: 'refused', rule: 'idempotency-key-reused' }
    expect(
      await refused(maya.call('check-ins.make', { id: first(), value: 10 }, { idempotencyKey: 'said' })),
    ).toMatchObject(other)
    expect(
      await refused(
        maya.call('check-ins.make', { id: customers[1] as KeyResultId, value: 9 }, { idempotencyKey: 'said' }),
      ),
    ).toMatchObject(other)
    const edit = { id: first(), title: 'New towns', reason: 'Clearer' }
    expect(await refused(maya.call('key-results.edit', edit, { idempotencyKey: 'said' }))).toMatchObject(other)
  })

  test('is another caller’s own key, whoever else used it', async () => {
    await maya.call('check-ins.make', { id: first(), value: 9 }, { idempotencyKey: 'shared' })
    const made = await marram.administrator.call(
      'check-ins.make',
      { id: first(), value: 11 },
      { idempotencyKey: 'shared' },
    )
    expect(made.value).toBe('11')
  })

  test('is answered as before even when it would be refused by now', async () => {
    const id = customers[3] as KeyResultId
    const before = await maya.call('check-ins.make', { id, value: 12 }, { idempotencyKey: 'before the close' })
    await marram.administrator.call('key-results.close', { id })
    expect(await maya.call('check-ins.make', { id, value: 12 }, { idempotencyKey: 'before the close' })).toEqual(before)
    expect((await refused(maya.call('check-ins.make', { id, value: 12 }))).rule).toBe('life')
  })
})

test('Check-ins and changes of structure go on beside each other, and none is lost', { timeout: 60_000 }, async () => {
  const id = customers[2] as KeyResultId
  const said = Array.from({ length: 60 }, (_, value) => maya.call('check-ins.make', { id, value, note: 'beside' }))
  const built = Array.from({ length: 12 }, (_, weight) =>
    marram.administrator.call('key-results.edit', { id, weight, reason: 'It matters' }),
  )
  const settled = Array.from({ length: 6 }, () => marram.drain())
  await Promise.all([...said, ...built, ...settled])
  expect(await kept('beside')).toHaveLength(60)
  await marram.drain()
  const shown = await maya.call('key-results.show', { id })
  const [last] = await rows(
    'select value::text from check_ins where key_result_id = $1 order by measured_on desc, counted_at desc, id desc limit 1',
    id,
  )
  expect(Number(shown.current)).toBe(Number(last?.value))
  expect((await maya.call('objectives.show', { id: objectiveId as never })).keyResultCount).toBe(4)
})

import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyResultId } from '#domain/id.ts'
import { chance } from '#test/chance.ts'
import { text } from '#test/fraction.ts'
import { type Caller, type Organization, openOrganization } from '#test/harness.ts'
import { figuresOf, progressOf } from '#test/oracle.ts'
import type { Known, Measured, World } from '#test/world.ts'
import { drain, needsDrain } from './drain.ts'

let marram: Organization
let everything: pg.Client
let maya: Caller
const world: World = { keyResults: new Map(), objectives: new Map(), links: [] }
let leaves: KeyResultId[]
let cycleId: string
let mayaId: string

/** A company's sales, of four regions, each of four customers' shares. */
beforeAll(async () => {
  marram = await openOrganization()
  everything = new pg.Client({ connectionString: marram.database.adminUrl })
  await everything.connect()
  const { administrator } = marram
  mayaId = (await administrator.call('people.create', { name: 'Maya Lindqvist' })).id
  maya = marram.as({ id: mayaId as never })
  cycleId = (await administrator.call('cycles.create', { name: 'Q4', startsOn: '2026-10-01', endsOn: '2026-12-31' })).id
  const company = await objective('company', null)
  const top = await keyResult(company, { kind: 'increase', start: '0', target: '1000000' }, 'USD')
  leaves = []
  for (let region = 0; region < 4; region++) {
    const here = await objective('group', company)
    const regional = await keyResult(here, { kind: 'increase', start: '0', target: '300000' }, 'USD')
    await contribute(regional, top, 'sum', null)
    for (let leaf = 0; leaf < 4; leaf++) {
      const id = await keyResult(here, { kind: 'increase', start: '0', target: '7' }, 'customers')
      await contribute(id, regional, 'sum', '10000')
      leaves.push(id)
    }
  }
})
afterAll(async () => {
  await everything.end()
  await marram.close()
})

async function objective(level: 'company' | 'group', above: string | null): Promise<string> {
  const body = { title: 'Grow', level, cycleId, leadId: mayaId, alignedToId: above } as never
  const { id } = await maya.call('objectives.create', body)
  await maya.call('objectives.publish', { id })
  world.objectives.set(id, { state: 'published', frozen: null })
  return id
}

async function keyResult(
  objectiveId: string,
  measure: Measured & { kind: 'increase' },
  unit: string,
): Promise<KeyResultId> {
  const body = { id: objectiveId, title: 'Sales', deadline: '2026-12-31', measure: { ...measure, unit } } as never
  const { id } = await maya.call('key-results.create', body)
  await maya.call('key-results.publish', { id })
  world.keyResults.set(id, { objective: objectiveId, state: 'published', weight: '1', measure, said: [], frozen: null })
  return id
}

async function contribute(from: KeyResultId, to: KeyResultId, rollUp: 'sum', share: string | null): Promise<void> {
  await maya.call('key-results.contribute', { id: from, toKeyResultId: to, rollUp, share })
  world.links.push({ from, to, rollUp, share, weight: '1' })
}

async function rows<T extends object>(statement: string, ...values: unknown[]): Promise<T[]> {
  return (await everything.query(statement, values)).rows
}

/** What the oracle makes of the check-ins that are there. */
async function expectEqualToTheOracle(): Promise<void> {
  for (const known of world.keyResults.values()) known.said = []
  const said = await rows<{ id: string; value: string; on: string }>(
    'select key_result_id as id, trim_scale(value)::text as value, measured_on::text as on from check_ins order by counted_at, check_ins.id',
  )
  for (const { id, value, on } of said) (world.keyResults.get(id) as Known).said.push({ value, measuredOn: on })
  const found = await rows<{ id: string; current: string; progress: string }>(
    'select key_result_id as id, trim_scale(current)::text as current, trim_scale(progress)::text as progress from key_result_values order by 1',
  )
  const expected = [...world.keyResults.keys()].toSorted().map((id) => {
    const { current, progress } = figuresOf(world, id)
    return { id, current: current && text(current), progress: progress && text(progress) }
  })
  expect(found).toEqual(expected)
  const objectives = await rows<{ id: string; progress: string }>(
    'select objective_id as id, trim_scale(progress)::text as progress from objective_values order by 1',
  )
  const progress = (id: string) => {
    const one = progressOf(world, id)
    return one && text(one)
  }
  expect(objectives).toEqual([...world.objectives.keys()].toSorted().map((id) => ({ id, progress: progress(id) })))
}

describe('A drain', () => {
  test('leaves every figure as the oracle has it, however writers and drains run into each other', {
    timeout: 60_000,
  }, async () => {
    const draw = chance(11)
    for (let round = 0; round < 6; round++) {
      const writers = Array.from({ length: 8 }, async () => {
        for (let report = 0; report < 8; report++)
          await maya.call('check-ins.make', { id: draw.pick(leaves), value: draw.below(9) })
      })
      let writing = true
      const drains = Array.from({ length: 4 }, async () => {
        while (writing) await marram.drain()
      })
      const edit = { id: draw.pick(leaves), title: `Sales ${round}`, reason: 'Clearer' }
      await Promise.all([...writers, maya.call('key-results.edit', edit)])
      writing = false
      await Promise.all(drains)
      await marram.drain()
      await expectEqualToTheOracle()
    }
  })

  test('takes each thing once, and finds nothing the second time', async () => {
    await maya.call('check-ins.make', { id: leaves[0] as KeyResultId, value: 3 })
    expect(await needsDrain(marram.store, marram.id)).toBe(true)
    expect(
      await Promise.all([drain(marram.store, marram.id), drain(marram.store, marram.id)]).then((taken) =>
        taken.toSorted(),
      ),
    ).toEqual([0, 1])
    expect(await needsDrain(marram.store, marram.id)).toBe(false)
    const before = await rows('select * from key_result_values order by key_result_id')
    const audit = await rows('select count(*) from audit')
    expect(await drain(marram.store, marram.id)).toBe(0)
    expect(await rows('select * from key_result_values order by key_result_id')).toEqual(before)
    expect(await rows('select count(*) from audit')).toEqual(audit)
  })

  test('that fails takes nothing, and the next one finds it all', async () => {
    await maya.call('check-ins.make', { id: leaves[0] as KeyResultId, value: 5 })
    await everything.query(`
      create function interrupted() returns trigger language plpgsql as $$ begin raise exception 'interrupted'; end $$;
      create trigger interruption before update on objective_values for each row execute function interrupted()`)
    await expect(marram.drain()).rejects.toThrow('interrupted')
    await everything.query('drop trigger interruption on objective_values')
    expect(await needsDrain(marram.store, marram.id)).toBe(true)
    await marram.drain()
    await expectEqualToTheOracle()
  })

  test('comes before a change of structure: what is frozen is frozen where the reports have put it', async () => {
    const id = leaves[1] as KeyResultId
    await maya.call('check-ins.make', { id, value: 6 })
    const closed = await maya.call('key-results.close', { id })
    expect(closed.current).toBe('6')
    await maya.call('key-results.reopen', { id })
  })
})

type Sealed = { number: number; first: number; last: number; hash: Buffer }

/** Recomputed from the first seal on: the number of the first that does not fit, or null where all do. */
async function firstBrokenSeal(): Promise<number | null> {
  const seals = await rows<Sealed>(
    'select number::int, first_position::int as first, last_position::int as last, hash from seals order by seals.number',
  )
  const lines = await rows<{ position: number; whole: Buffer }>(
    `select position::int, record_send(row(position, id, operation, actor_id, actor_kind, noun, noun_id, objective_id, fields, hash, made_at)) as whole
     from audit order by audit.position`,
  )
  let before: Uint8Array = Buffer.alloc(0)
  let next = 1
  for (const { number, first, last, hash } of seals) {
    const block = lines.filter(({ position }) => position >= first && position <= last)
    const sealed = createHash('sha256')
      .update(Buffer.concat([before, ...block.map(({ whole }) => whole)]))
      .digest()
    if (first !== next || block.length !== last - first + 1 || !sealed.equals(hash)) return number
    before = hash
    next = last + 1
  }
  return next === lines.length + 1 ? null : seals.length + 1
}

describe('The audit', () => {
  test('has every change and every check-in once, in positions without gaps, oldest first', async () => {
    await marram.drain()
    const positions = await rows<{ position: number }>('select position::int from audit order by audit.position')
    expect(positions.map(({ position }) => position)).toEqual(positions.map((_, index) => index + 1))
    const [told] = await rows<{ missing: number; twice: number }>(
      `select (select count(*)::int from (select id from changes union all select id from check_ins except all select id from audit) x) as missing,
        (select count(*)::int from (select id, noun_id from audit group by 1, 2 having count(*) > 1) x) as twice`,
    )
    expect(told).toEqual({ missing: 0, twice: 0 })
  })

  test('is sealed from the first row to the last', async () => {
    expect((await rows('select from seals')).length).toBeGreaterThan(10)
    expect(await firstBrokenSeal()).toBeNull()
  })

  test.each([
    ['who did it', `update audit set actor_id = gen_random_uuid() where position = $1`],
    ['what was done', `update audit set operation = 'objectives.show' where position = $1`],
    ['when', `update audit set made_at = made_at + interval '1 microsecond' where position = $1`],
    ['what it was done to', `update audit set noun_id = gen_random_uuid() where position = $1`],
    ['which fields it touched', `update audit set fields = array_append(fields, 'title') where position = $1`],
    ['the values, by their hash', `update audit set hash = sha256('other') where position = $1`],
    ['a row as a whole', `delete from audit where position = $1`],
  ])('shows when somebody has tampered with %s', async (_, tampering) => {
    await everything.query('begin')
    const position = 30
    await everything.query(tampering, [position])
    const [seal] = await rows<{ number: number }>(
      'select number::int from seals where $1 between first_position and last_position',
      position,
    )
    const broken = await firstBrokenSeal()
    await everything.query('rollback')
    expect(broken).toBe(seal?.number)
  })

  test('shows when somebody has exchanged two rows, or sealed a block anew', async () => {
    const resealed = `update seals set hash = sha256('other') where number = 3`
    const exchanged =
      'update audit set position = case position when 40 then -41 else -40 end where position in (40, 41)'
    for (const tampering of [resealed, `${exchanged}; update audit set position = -position where position < 0`]) {
      await everything.query('begin')
      await everything.query(tampering)
      const broken = await firstBrokenSeal()
      await everything.query('rollback')
      expect(broken, tampering).not.toBeNull()
    }
  })
})

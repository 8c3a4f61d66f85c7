import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf, OutputOf } from '#client/client.ts'
import type { KeyResultId } from '#domain/id.ts'
import type { Call } from '#domain/problem.ts'
import { type Organization, openOrganization, refused } from '#test/harness.ts'

type Cascade = InputOf<'imports.cascade'>['cascade']

const QUARTER = { startsOn: '2026-10-01', endsOn: '2026-12-31' }

const node = (
  id: string,
  parent_id: string | null,
  type: string,
  owner: string | null,
  text: string,
  level = 'group',
) => ({ id, parent_id, type, owner, text, level })

const RIVER: Cascade = {
  title: 'Marram, the year before',
  org: 'Marram',
  period: '2025',
  nodes: [
    node('1', null, 'objective', 'CEO', 'Be the warning that people act on', 'company'),
    node('2', '1', 'key_result', 'CEO', 'Alerts acknowledged within ten minutes', 'company'),
    node('3', '1', 'objective', 'Forecasting', 'See the flood before the river does'),
    node('4', '3', 'unknown', null, 'Median warning time of 90 minutes'),
    node('5', '2', 'objective', 'Apps', 'Make an alert impossible to misread'),
    node('6', '5', 'key_result', null, 'Acknowledged by two of three wardens'),
    node('7', '6', 'initiative', null, 'Redraw the alert screen'),
    node('9', '5', 'initiative', 'Apps', 'Ask the wardens'),
    node('10', '3', 'initiative', null, 'Buy a radar'),
    node('8', null, 'key_result', 'Depot', 'Spares in stock for every station'),
  ],
}

let marram: Organization
beforeAll(async () => {
  marram = await openOrganization()
  await marram.administrator.call('people.create', { name: 'Ingrid Solheim', role: 'administrator' })
})
afterAll(() => marram.close())

const bring = (cascade: Cascade, dryRun = false) =>
  marram.administrator.send('imports.cascade', { cascade, ...QUARTER, dryRun })
const line = (report: OutputOf<'imports.cascade'>, nodeId: string) => report.lines.find((one) => one.nodeId === nodeId)

async function everything() {
  const { administrator } = marram
  const of = async (name: 'objectives.list' | 'key-results.list' | 'people.list' | 'groups.list' | 'cycles.list') =>
    (await administrator.call(name, { limit: 200 })).items
  return {
    objectives: await of('objectives.list'),
    keyResults: await of('key-results.list'),
    people: await of('people.list'),
    groups: await of('groups.list'),
    cycles: await of('cycles.list'),
  }
}

describe('A published cascade', () => {
  test('is told of, and not yet brought in, by a dry run', async () => {
    const before = await everything()
    const { data, changeId } = await bring(RIVER, true)
    expect(data).toMatchObject({
      dryRun: true,
      cycle: { id: null, name: '2025' },
      made: { objectives: 4, keyResults: 4, initiatives: 2, alignments: 1, people: 4, groups: 4, cycles: 1 },
      leftOut: 1,
    })
    expect([changeId, await everything()]).toEqual([null, before])
  })

  test('comes in as what it is, a second time changes nothing, and can be undone', async () => {
    const before = await everything()
    const first = await bring(RIVER)
    const { administrator } = marram
    const show = (nodeId: string) =>
      administrator.call('objectives.show', { id: line(first.data, nodeId)?.id as never })
    const showKeyResult = (nodeId: string) =>
      administrator.call('key-results.show', { id: line(first.data, nodeId)?.id as never })

    expect(await show('1')).toMatchObject({
      title: 'Be the warning that people act on',
      level: 'company',
      state: 'published',
      groupId: null,
    })
    expect(await show('3')).toMatchObject({
      alignedToId: line(first.data, '1')?.id,
      alignment: { state: 'accepted' },
      progress: null,
    })
    expect(await show('5')).toMatchObject({ alignedToId: null, publishedUnderId: line(first.data, '2')?.id })
    const owner = (await everything()).people.find((person) => 'name' in person && person.name === 'Forecasting')
    expect(await showKeyResult('4')).toMatchObject({
      objectiveId: line(first.data, '3')?.id,
      ownerId: owner?.id,
      state: 'published',
      conforms: false,
      measure: null,
      deadline: '2026-12-31',
    })
    expect(line(first.data, '10')).toMatchObject({
      becomes: 'left-out',
      id: null,
      reasons: [{ key: 'import.cascade.initiative-without-key-result' }],
    })
    const work = await administrator.call('initiatives.list', { id: line(first.data, '6')?.id as never })
    expect(work.items).toMatchObject([{ id: line(first.data, '7')?.id, title: 'Redraw the alert screen' }])
    // An Objective that stood under a Key Result is work's way up to it.
    expect(line(first.data, '9')).toMatchObject({
      becomes: 'initiative',
      reasons: [{ key: 'import.cascade.initiative', values: { node: '2' } }],
    })
    expect(first.data.lines.find((one) => one.nodeId === null)).toMatchObject({
      becomes: 'objective',
      text: 'Published without an Objective',
    })
    const line4 = await administrator.call('key-results.line-of-sight', { id: line(first.data, '4')?.id as never })
    expect(line4).toMatchObject({ unbroken: true })

    const afterFirst = await everything()
    const second = await bring(RIVER)
    expect(second.changeId).toBe(null)
    expect(second.data).toMatchObject({
      alreadyThere: 9,
      leftOut: 1,
      made: { objectives: 0, keyResults: 0, initiatives: 0, alignments: 0, people: 0, groups: 0, cycles: 0 },
    })
    expect(line(second.data, '3')?.id).toBe(line(first.data, '3')?.id)
    expect(await everything()).toEqual(afterFirst)

    await administrator.call('changes.undo', { id: first.changeId as never })
    expect(await everything()).toEqual(before)
  })

  test('of another period finds the same owners, and what was added to a file finds its place', async () => {
    const first = await bring(RIVER)
    const later = await bring({ ...RIVER, title: 'Marram, half a year later', period: '2026' })
    expect(later.data.made).toMatchObject({ objectives: 4, people: 0, groups: 0, cycles: 1 })
    const more = await bring({
      ...RIVER,
      nodes: [...RIVER.nodes, node('11', '3', 'objective', 'Sensors', 'Hear what the river bed says')],
    })
    expect(more.data.made).toMatchObject({ objectives: 1, alignments: 1, people: 1, cycles: 0 })
    const added = await marram.administrator.call('objectives.show', { id: line(more.data, '11')?.id as never })
    expect(added.alignedToId).toBe(line(first.data, '3')?.id)
  })

  test('that stood under Key Results is told the ways out, line by line, each as it works', async () => {
    const { administrator } = marram
    const nodes = [
      node('a', null, 'objective', 'CEO', 'Be the warning that people act on', 'company'),
      node('k', 'a', 'key_result', 'CEO', 'Alerts acknowledged within ten minutes', 'company'),
      node('x', 'k', 'objective', 'Apps', 'Make an alert impossible to misread'),
      node('y', 'k', 'objective', 'Radio', 'Be heard where no phone rings'),
      node('z', 'k', 'objective', 'Towns', 'Be the voice that a town knows'),
      node('yy', 'y', 'key_result', 'Radio', 'Valleys with a siren of their own'),
      node('v', 'k', 'objective', 'Field', 'Reach the last farm'),
      node('vv', 'v', 'objective', 'Field', 'Know where the last farm is'),
    ]
    const cascade = { title: 'Under Key Results', nodes }
    expect((await bring(cascade, true)).data.lines.every(({ repairs }) => repairs.length === 0)).toBe(true)
    const { data } = await bring(cascade)
    const waysOf = (report: OutputOf<'imports.cascade'>, id: string) => line(report, id)?.repairs ?? []
    const keys = (report: OutputOf<'imports.cascade'>, id: string) =>
      waysOf(report, id).map(({ reason }) => reason.key.split('.')[1])
    const all = ['align-to-its-objective', 'turn-into-key-result', 'explore']
    for (const id of ['x', 'y', 'z']) expect(keys(data, id)).toEqual(all)
    // Something is aligned to it: it can be no Key Result while that is so.
    expect(keys(data, 'v')).toEqual(['align-to-its-objective', 'explore'])
    for (const id of ['a', 'k', 'yy', 'vv']) expect(keys(data, id)).toEqual([])

    await administrator.repair(waysOf(data, 'x')[0] as Call)
    const turned = await administrator.repair(waysOf(data, 'y')[1] as Call)
    const explored = await administrator.repair(waysOf(data, 'z')[2] as Call)
    const idOf = (id: string) => line(data, id)?.id
    expect(await administrator.call('objectives.show', { id: idOf('x') as never })).toMatchObject({
      publishedUnderId: idOf('k'),
      alignmentOffer: { toObjectiveId: idOf('a'), onBehalf: true },
    })
    expect(turned).toMatchObject({ title: 'Be heard where no phone rings', state: 'draft' })
    const { items } = await administrator.call('initiatives.list', { id: (turned as { id: KeyResultId }).id })
    expect(items.map(({ title }) => title)).toEqual(['Valleys with a siren of their own'])
    expect(explored).toMatchObject({ objectiveId: idOf('a'), attemptId: idOf('z') })

    const again = await bring(cascade)
    expect([again.changeId, again.data.alreadyThere]).toEqual([null, nodes.length])
    expect(['x', 'y', 'z', 'v'].map((id) => keys(again.data, id).length)).toEqual([0, 0, 3, 2])
  })

  test('whose owners another one has taken over is not undone', async () => {
    const nodes = [node('a', null, 'objective', 'Logistics', 'Reach every station in a day')]
    const first = await bring({ title: 'First', nodes })
    await bring({ title: 'Second', nodes })
    const attempt = marram.administrator.call('changes.undo', { id: first.changeId as never })
    expect(await refused(attempt)).toMatchObject({ kind: 'conflict', rule: 'touched-since' })
  })

  test('gives what nobody owns to whoever imports, and a namesake what is theirs', async () => {
    const ben = await marram.administrator.call('people.create', { name: 'Ben Carver' })
    const nodes = [
      node('a', null, 'objective', null, 'Sell where we are not known'),
      node('b', 'a', 'key_result', 'Ben Carver', 'Towns that have heard of us'),
    ]
    const { data } = await marram
      .as(ben, 'administrator')
      .send('imports.cascade', { cascade: { title: 'Sales', nodes }, ...QUARTER })
    expect(data.made).toMatchObject({ people: 0, groups: 0 })
    expect(data.cycle.name).toBe('2026-10-01 – 2026-12-31')
    const objective = await marram.administrator.call('objectives.show', { id: line(data, 'a')?.id as never })
    const keyResult = await marram.administrator.call('key-results.show', { id: line(data, 'b')?.id as never })
    expect([objective.leadId, keyResult.ownerId]).toEqual([ben.id, ben.id])
  })

  test.each([
    [
      'a ring',
      [node('x', 'y', 'objective', 'A', 'X'), node('y', 'x', 'objective', 'A', 'Y')],
      ['/cascade/nodes/0/parent_id', 'ring'],
    ],
    [
      'an id twice',
      [node('x', null, 'objective', 'A', 'X'), node('x', null, 'objective', 'A', 'Y')],
      ['/cascade/nodes/1/id', 'twice'],
    ],
    ['a parent that is missing', [node('x', 'q', 'objective', 'A', 'X')], ['/cascade/nodes/0/parent_id', 'no-parent']],
  ])('with %s brings in nothing and names the node', async (_, nodes, [pointer, fault]) => {
    const before = await everything()
    const facts = await refused(
      bring({ title: 'Broken', nodes: [node('whole', null, 'objective', 'A', 'Whole'), ...nodes].slice(1) }),
    )
    expect(facts).toMatchObject({
      kind: 'invalid',
      errors: [{ pointer, reason: { key: `import.cascade.fault.${fault}` } }],
    })
    expect(await everything()).toEqual(before)
  })

  test('of an owner of an earlier one who has left since is whoever’s took over from them, for now', async () => {
    const { administrator } = marram
    const nodes = (text: string) => [
      node('1', null, 'objective', 'Harbours', text),
      node('2', '1', 'key_result', 'Harbours', text),
    ]
    await bring({ title: 'Before they left', nodes: nodes('Be first in every harbour') })
    const [owner] = (await administrator.call('people.list', { name: 'Harbours' })).items
    const [ingrid] = (await administrator.call('people.list', { name: 'Ingrid Solheim' })).items
    await administrator.call('people.leave', { id: owner?.id as never })
    const { data } = await bring({ title: 'After they left', nodes: nodes('Stay first in every harbour') })
    const [objective, keyResult] = ['1', '2'].map((id) => line(data, id)?.id as never)
    expect(await administrator.call('objectives.show', { id: objective as never })).toMatchObject({
      leadId: ingrid?.id,
      leadInterim: true,
    })
    expect(await administrator.call('key-results.show', { id: keyResult as never })).toMatchObject({
      ownerId: ingrid?.id,
      interim: true,
    })
  })

  test('is an administrator’s to bring in', async () => {
    expect(
      await refused(marram.service('member').call('imports.cascade', { cascade: RIVER, ...QUARTER })),
    ).toMatchObject({ kind: 'forbidden' })
  })

  test('of many nodes takes seconds, not minutes', async () => {
    const nodes = Array.from({ length: 3000 }, (_, at) =>
      node(
        `n${at}`,
        at === 0 ? null : `n${Math.floor((at - 1) / 3)}`,
        at % 2 ? 'key_result' : 'objective',
        `Owner ${at % 50}`,
        `Sentence number ${at}`,
      ),
    )
    const began = performance.now()
    const { data } = await bring({ title: 'Large', period: '2025', nodes })
    expect(data.lines.length).toBeGreaterThanOrEqual(3000)
    expect(performance.now() - began).toBeLessThan(15_000)
  }, 60_000)
})

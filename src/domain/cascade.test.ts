import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CascadeNode, downward, faultsIn } from './cascade.ts'

const node = (id: string, parent_id: string | null, more: Partial<CascadeNode> = {}): CascadeNode => ({
  id,
  parent_id,
  text: `Text of ${id}`,
  ...more,
})

describe('A cascade', () => {
  test('without faults is taken', () => {
    expect(faultsIn([node('b', 'a'), node('a', null), node('c', 'b')])).toEqual([])
  })

  test('names an id that comes twice, at its second place', () => {
    expect(faultsIn([node('a', null), node('b', 'a'), node('a', 'b')])).toEqual([
      { position: 2, field: 'id', reason: { key: 'import.cascade.fault.twice', values: { node: 'a', first: 1 } } },
    ])
  })

  test('names a parent that is not there', () => {
    expect(faultsIn([node('a', 'z')])).toEqual([
      {
        position: 0,
        field: 'parent_id',
        reason: { key: 'import.cascade.fault.no-parent', values: { node: 'a', parent: 'z' } },
      },
    ])
  })

  test('names each ring once, and the way round it', () => {
    const faults = faultsIn([node('out', 'x'), node('x', 'y'), node('y', 'z'), node('z', 'x'), node('self', 'self')])
    expect(faults.map((fault) => [fault.position, fault.reason.values?.ring])).toEqual([
      [1, 'x → y → z → x'],
      [4, 'self → self'],
    ])
  })

  test('has a ring exactly when following the parents never ends', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(15), { nil: null }), { minLength: 1, maxLength: 16 }), (parents) => {
        const nodes = parents.map((parent, at) =>
          node(`${at}`, parent === null || parent >= parents.length ? null : `${parent}`),
        )
        const endless = nodes.some((one) => {
          let here: CascadeNode | undefined = one
          for (let steps = 0; here?.parent_id != null && steps <= nodes.length; steps++)
            here = nodes[Number(here.parent_id)]
          return here?.parent_id != null
        })
        expect(faultsIn(nodes).length > 0).toBe(endless)
      }),
    )
  })

  test('can be walked downward, however deep it is', () => {
    const deep = Array.from({ length: 20_000 }, (_, at) => node(`${at}`, at === 0 ? null : `${at - 1}`)).reverse()
    expect(faultsIn(deep)).toEqual([])
    expect(downward(deep).map((one) => one.id)).toEqual(deep.map((one) => one.id).reverse())
  })
})

import type { Reason } from './problem.ts'

/**
 * A company's goals as it published them: nodes that name the node they stood under. Names of fields and types are
 * those of the published file.
 */
export type CascadeNode = {
  id: string
  parent_id?: string | null | undefined
  /** objective, key_result, initiative or unknown; anything else is read as unknown. */
  type?: string | null | undefined
  /** company, group or individual. */
  level?: string | null | undefined
  owner?: string | null | undefined
  text: string
}

/** Why a cascade is none: at which node, in which field. */
export type Fault = { position: number; field: 'id' | 'parent_id'; reason: Reason }

/** Every fault of a cascade: an id that comes twice, a parent that is not there, a ring among the parents. */
export function faultsIn(nodes: readonly CascadeNode[]): Fault[] {
  const positions = new Map<string, number>()
  const faults: Fault[] = []
  nodes.forEach(({ id }, position) => {
    const first = positions.get(id)
    if (first === undefined) positions.set(id, position)
    else
      faults.push({
        position,
        field: 'id',
        reason: { key: 'import.cascade.fault.twice', values: { node: id, first: first + 1 } },
      })
  })
  nodes.forEach(({ id, parent_id: parent }, position) => {
    if (parent == null || positions.has(parent)) return
    faults.push({
      position,
      field: 'parent_id',
      reason: { key: 'import.cascade.fault.no-parent', values: { node: id, parent } },
    })
  })
  for (const ring of ringsIn(nodes, positions)) {
    const [first] = ring as [string]
    const way = ring.length > LONGEST_SHOWN ? [...ring.slice(0, LONGEST_SHOWN), '…', first] : [...ring, first]
    faults.push({
      position: positions.get(first) ?? 0,
      field: 'parent_id',
      reason: { key: 'import.cascade.fault.ring', values: { node: first, ring: way.join(' → ') } },
    })
  }
  return faults.sort((a, b) => a.position - b.position)
}

const LONGEST_SHOWN = 12

/** Each ring once, from the node of it that stands first in the file, in the direction of the parents. */
function ringsIn(nodes: readonly CascadeNode[], positions: ReadonlyMap<string, number>): string[][] {
  const rings: string[][] = []
  const walkOf = new Map<string, number>()
  nodes.forEach(({ id }, walk) => {
    const path: string[] = []
    let here: string | null = id
    while (here !== null && !walkOf.has(here)) {
      walkOf.set(here, walk)
      path.push(here)
      const position = positions.get(here)
      here = (position === undefined ? null : nodes[position]?.parent_id) ?? null
    }
    if (here !== null && walkOf.get(here) === walk) rings.push(path.slice(path.indexOf(here)))
  })
  return rings
}

/** The nodes with every parent before its children. Needs a cascade without faults. */
export function downward(nodes: readonly CascadeNode[]): CascadeNode[] {
  const children = Map.groupBy(nodes, (node) => node.parent_id ?? null)
  const ordered = [...(children.get(null) ?? [])]
  // The list grows while it is walked: each node appends its children.
  for (const node of ordered) for (const child of children.get(node.id) ?? []) ordered.push(child)
  return ordered
}

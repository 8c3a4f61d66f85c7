import { faultIn } from './json-fault.ts'

type Node = { id?: unknown }

/** The nodes of a published file, as far as it has any. */
export function nodesOf(text: string): Node[] {
  const { nodes } = JSON.parse(text) as { nodes?: unknown }
  return Array.isArray(nodes)
    ? nodes.map((node) => (typeof node === 'object' && node !== null ? (node as Node) : {}))
    : []
}

/** The line on which a node gives its id; undefined where the file's layout does not tell. */
export function lineOfNode(text: string, nodes: readonly Node[], position: number): number | undefined {
  const from = /"nodes"\s*:/.exec(text)?.index ?? 0
  const ids = [...text.slice(from).matchAll(/"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)/g)].slice(0, position + 1)
  // A node without an id, or with parts that have ids of their own, would shift the count.
  const inStep = ids.every(([, id = ''], at) => JSON.parse(id) === nodes[at]?.id)
  const found = ids[position]
  return found && inStep ? lineAt(text, from + found.index) : undefined
}

/** The line on which a text stops being JSON. */
export function brokenLine(text: string): number {
  return lineAt(text, faultIn(text))
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

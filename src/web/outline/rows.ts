import type { Branch } from './tree.ts'

export type Stroke = 'none' | 'plain' | 'mine' | 'offered'

/** One row of the outline, with the lines that run beside it. */
export type Row = {
  branch: Branch
  /** 1 at the top of a tree of lines. */
  level: number
  /** The same as assistive technology counts it: headings are a level too. */
  depth: number
  position: number
  siblings: number
  parentId: string | null
  /** Null where nothing hangs below. */
  expanded: boolean | null
  /** Lines that pass by on their way to later rows, outermost first. */
  passing: Stroke[]
  /** From the parent's line to this row, on past it, and from this row down. */
  elbow: Stroke
  upper: Stroke
  after: Stroke
  below: Stroke
}

export type Unfolded = (branch: Branch, level: number) => boolean

type Place = { parentId: string | null; level: number; depth: number; passing: Stroke[] }

const TOP: Place = { parentId: null, level: 1, depth: 1, passing: [] }

/** The tree as rows, without what is folded away. My line runs unbroken in its own stroke. */
export function rowsOf(branches: readonly Branch[], unfolded: Unfolded): Row[] {
  const rows: Row[] = []
  lay(branches, TOP)
  return rows

  function lay(siblings: readonly Branch[], place: Place): void {
    siblings.forEach((branch, index) => {
      const after = place.level === 1 ? 'none' : strokeOf(siblings.slice(index + 1))
      const expanded = branch.children.length === 0 ? null : unfolded(branch, place.level)
      const elbow = place.level === 1 ? 'none' : branch.offered ? 'offered' : branch.mine ? 'mine' : 'plain'
      rows.push({
        ...place,
        branch,
        position: index + 1,
        siblings: siblings.length,
        expanded,
        elbow,
        upper: elbow === 'mine' || after === 'mine' ? 'mine' : elbow,
        after,
        below: expanded === true && branch.kind !== 'section' ? strokeOf(branch.children) : 'none',
      })
      if (expanded === true) lay(branch.children, placeUnder(branch, place, after))
    })
  }
}

/** Under a heading a tree of lines begins anew. */
function placeUnder(branch: Branch, { level, depth, passing }: Place, after: Stroke): Place {
  const under = { parentId: branch.id, depth: depth + 1 }
  if (branch.kind === 'section') return { ...under, level: 1, passing: [] }
  return { ...under, level: level + 1, passing: level === 1 ? [] : [...passing, after] }
}

function strokeOf(branches: readonly Branch[]): Stroke {
  if (branches.length === 0) return 'none'
  return branches.some((branch) => branch.mine && !branch.offered) ? 'mine' : 'plain'
}

import type { Branch } from './tree.ts'

export type Stroke = 'none' | 'plain' | 'mine' | 'offered'

/** One row of the outline, with the lines that run beside it. */
export type Row = {
  branch: Branch
  /** 1 at the top, as assistive technology counts. */
  level: number
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

/** The tree as rows, without what is folded away. My line runs unbroken in its own stroke. */
export function rowsOf(branches: readonly Branch[], unfolded: Unfolded): Row[] {
  const rows: Row[] = []
  lay(branches, null, 1, [])
  return rows

  function lay(siblings: readonly Branch[], parentId: string | null, level: number, passing: Stroke[]): void {
    siblings.forEach((branch, index) => {
      const later = siblings.slice(index + 1)
      const after = level === 1 ? 'none' : strokeOf(later)
      const expanded = branch.children.length === 0 ? null : unfolded(branch, level)
      const elbow = level === 1 ? 'none' : branch.offered ? 'offered' : branch.mine ? 'mine' : 'plain'
      const upper = elbow === 'mine' || after === 'mine' ? 'mine' : elbow
      const below = expanded === true && branch.kind !== 'section' ? strokeOf(branch.children) : 'none'
      rows.push({
        branch,
        level,
        position: index + 1,
        siblings: siblings.length,
        parentId,
        expanded,
        passing,
        elbow,
        upper,
        after,
        below,
      })
      if (expanded === true)
        lay(
          branch.children,
          branch.id,
          branch.kind === 'section' ? 1 : level + 1,
          level === 1 ? [] : [...passing, after],
        )
    })
  }
}

function strokeOf(branches: readonly Branch[]): Stroke {
  if (branches.length === 0) return 'none'
  return branches.some((branch) => branch.mine && !branch.offered) ? 'mine' : 'plain'
}

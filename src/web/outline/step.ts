import type { Row } from './rows.ts'

/** What a key does in the outline: go to a row, fold or unfold one, or nothing. */
export type Step = { go: number } | { fold: Row } | { unfold: Row } | null

/** The keys of a tree grid. `inline` arrows come already turned for right-to-left. */
export function stepFor(key: string, rows: readonly Row[], at: number, page: number): Step {
  const row = rows[at]
  if (!row) return null
  switch (key) {
    case 'ArrowDown':
      return to(at + 1, rows)
    case 'ArrowUp':
      return to(at - 1, rows)
    case 'PageDown':
      return to(at + page, rows)
    case 'PageUp':
      return to(at - page, rows)
    case 'Home':
      return to(0, rows)
    case 'End':
      return to(rows.length - 1, rows)
    case 'ArrowRight':
      if (row.expanded === false) return { unfold: row }
      return row.expanded === true ? to(at + 1, rows) : null
    case 'ArrowLeft':
      if (row.expanded === true) return { fold: row }
      return row.parentId === null ? null : { go: rows.findIndex(({ branch }) => branch.id === row.parentId) }
    default:
      return null
  }
}

function to(index: number, rows: readonly Row[]): Step {
  return { go: Math.max(0, Math.min(rows.length - 1, index)) }
}

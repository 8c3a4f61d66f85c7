/** A table of one-line cells. Where it would be wider than the terminal, its widest column is cut. */
export function tableLines(headings: string[], rows: string[][], columns: number | null): string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll(/\s*\n\s*/g, ' ')))
  const widths = headings.map((heading, at) =>
    Math.max(lengthOf(heading), ...cells.map((row) => lengthOf(row[at] ?? ''))),
  )
  const total = widths.reduce((sum, width) => sum + width + GAP, -GAP)
  const widest = widths.indexOf(Math.max(...widths.filter((_, at) => headings[at] !== 'id')))
  if (columns !== null && total > columns && widest >= 0)
    widths[widest] = Math.max(NARROWEST, (widths[widest] ?? 0) - (total - columns))
  const line = (row: string[]) =>
    row
      .map((cell, at) => fitted(cell, widths[at] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd()
  return [line(headings.map((heading) => heading.toUpperCase())), ...cells.map(line)]
}

const GAP = 2
const NARROWEST = 12

function fitted(cell: string, width: number): string {
  const length = lengthOf(cell)
  if (length <= width) return cell + ' '.repeat(width - length)
  return `${[...cell].slice(0, width - 1).join('')}…`
}

function lengthOf(cell: string): number {
  return [...cell].length
}

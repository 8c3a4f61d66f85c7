import type { CSSProperties } from 'react'
import classes from './gutter.module.css'
import type { Row } from './rows.ts'

/** The lines beside a row, and the ring or dot in which they end. */
export function Gutter({ row }: { row: Row }) {
  const { branch, level } = row
  const node = branch.kind === 'key-result' ? 'dot' : level === 1 ? 'ring' : 'via'
  if (branch.kind === 'section') return null
  return (
    <span className={classes.gutter} style={at(level)} aria-hidden="true">
      {row.passing.map((stroke, column) => (
        <i key={String(column)} className={classes.pass} data-stroke={stroke} style={at(column)} />
      ))}
      {level > 1 && (
        <>
          <i className={classes.after} data-stroke={row.after} style={at(level - 2)} />
          <i className={classes.upper} data-stroke={row.upper} style={at(level - 2)} />
          <i className={classes.elbow} data-stroke={row.elbow} style={at(level - 2)} />
        </>
      )}
      <i className={classes.below} data-stroke={row.below} style={at(level - 1)} />
      <i
        className={classes[node]}
        data-mine={branch.mine || undefined}
        data-more={row.expanded === false || undefined}
        style={at(level - 1)}
      />
    </span>
  )
}

/** Columns are as wide as `--step`, which is less on a phone. */
function at(column: number): CSSProperties {
  return { '--column': column } as CSSProperties
}

import classes from './gutter.module.css'
import type { Row } from './rows.ts'

const STEP = 22

/** The lines beside a row, and the ring or dot in which they end. */
export function Gutter({ row }: { row: Row }) {
  const { branch, level } = row
  const node = branch.kind === 'key-result' ? 'dot' : level === 1 ? 'ring' : 'via'
  if (branch.kind === 'section') return null
  return (
    <span className={classes.gutter} style={{ width: level * STEP }} aria-hidden="true">
      {row.passing.map((stroke, column) => (
        <i
          key={String(column)}
          className={classes.pass}
          data-stroke={stroke}
          style={{ insetInlineStart: middle(column) }}
        />
      ))}
      {level > 1 && (
        <>
          <i className={classes.after} data-stroke={row.after} style={{ insetInlineStart: middle(level - 2) }} />
          <i className={classes.upper} data-stroke={row.upper} style={{ insetInlineStart: middle(level - 2) }} />
          <i
            className={classes.elbow}
            data-stroke={row.elbow}
            style={{ insetInlineStart: middle(level - 2), width: STEP }}
          />
        </>
      )}
      <i className={classes.below} data-stroke={row.below} style={{ insetInlineStart: middle(level - 1) }} />
      <i
        className={classes[node]}
        data-mine={branch.mine || undefined}
        data-more={row.expanded === false || undefined}
        style={{ insetInlineStart: middle(level - 1) }}
      />
    </span>
  )
}

function middle(column: number): number {
  return column * STEP + STEP / 2
}

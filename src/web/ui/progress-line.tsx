import type { CSSProperties } from 'react'
import classes from './progress-line.module.css'

type Props = {
  /** 0 to 1; beyond is drawn as its end. Null: nothing is known, the line is only a track. */
  progress: number | null
  /** Where it would stand with what is being typed. */
  typed?: number | null
  /** Said instead of shown: a full sentence. */
  label: string
  mine?: boolean
  large?: boolean
}

/** How far the line is drawn, from its start to the ring at its target. */
export function ProgressLine({ progress, typed = null, label, mine = false, large = false }: Props) {
  const now = within(progress ?? 0)
  const place = {
    '--now': share(now),
    '--from': share(Math.min(now, within(typed ?? now))),
    '--to': share(Math.max(now, within(typed ?? now))),
  }
  return (
    <span
      className={classes.line}
      role="img"
      aria-label={label}
      data-mine={mine || undefined}
      data-large={large || undefined}
      style={place as CSSProperties}
    >
      <i className={classes.track} />
      {progress !== null && <i className={classes.drawn} />}
      {typed !== null && <i className={classes.typed} />}
      {progress !== null && <i className={classes.dot} />}
      <i className={classes.ring} />
    </span>
  )
}

function within(ratio: number): number {
  return Math.min(1, Math.max(0, ratio))
}

function share(ratio: number): string {
  return `${(ratio * 100).toFixed(2)}%`
}

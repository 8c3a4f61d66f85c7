import classes from './waiting.module.css'

/** What will stand here, as shapes. Faint at first: nobody who waits less than 300 ms sees it. */
export function Waiting({ label, lines = 6 }: { label: string; lines?: number }) {
  return (
    <div className={classes.waiting} role="status" aria-label={label}>
      <span className={classes.title} />
      {Array.from({ length: lines }, (_, line) => (
        <span key={String(line)} className={classes.line} style={{ width: `${92 - ((line * 37) % 48)}%` }} />
      ))}
    </div>
  )
}

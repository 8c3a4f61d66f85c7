import classes from './share-bar.module.css'

export type Part = { id: string; kind: 'taken' | 'offered' | 'open'; size: number; text: string; mine?: boolean }

/** A target, and who has taken how much of it. The sentence below it says the same in words. */
export function ShareBar({ parts, label, over = null }: { parts: Part[]; label: string; over?: number | null }) {
  return (
    <div className={classes.bar} role="img" aria-label={label}>
      {parts
        .filter((part) => part.size > 0)
        .map((part) => (
          <span
            key={part.id}
            className={classes[part.kind]}
            data-mine={part.mine || undefined}
            style={{ flexGrow: part.size }}
          >
            <b>{part.text}</b>
          </span>
        ))}
      {over !== null && <i className={classes.need} style={{ insetInlineStart: `${over * 100}%` }} />}
    </div>
  )
}

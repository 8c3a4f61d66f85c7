import classes from './face.module.css'

/** Initials in a disc. It repeats the name that stands beside it, so nothing is read out. */
export function Face({ name, mine = false, size = 'sm' }: { name: string; mine?: boolean; size?: 'sm' | 'lg' }) {
  return (
    <span className={classes.face} data-mine={mine || undefined} data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words
  return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('')
}

import classes from './choice.module.css'

type Props = {
  label: string
  value: string
  options: { value: string; label: string }[]
  onChange(value: string): void
}

/** A chip that is a list: what it is about, and what is chosen. */
export function Choice({ label, value, options, onChange }: Props) {
  return (
    <label className={classes.choice} data-set={value !== '' || undefined}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

import classes from './arrow.module.css'

/** Neither typeface carries an arrow: it is drawn, and said as a word. */
export function Arrow({ word }: { word: string }) {
  return (
    <>
      <span className="unseen"> {word} </span>
      <svg className={classes.arrow} viewBox="0 0 19 14" aria-hidden="true">
        <path
          d="M1 7H17M11.5 2L17 7L11.5 12"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </>
  )
}

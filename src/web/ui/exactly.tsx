/** What is rounded for the eye; exact to whoever points at it or hears it. */
export function Exactly({ shown, exact }: { shown: string; exact: string }) {
  if (shown === exact) return <>{exact}</>
  return (
    <>
      <span aria-hidden="true" title={exact}>
        {shown}
      </span>
      <span className="unseen">{exact}</span>
    </>
  )
}

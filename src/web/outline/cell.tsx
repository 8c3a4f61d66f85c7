import type { ReactNode } from 'react'

/** A cell of the tree grid. */
export function Cell({ className, children }: { className: string | undefined; children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be windowed
    // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus, as the tree grid pattern allows
    <span role="gridcell" className={className}>
      {children}
    </span>
  )
}

import type { ReactNode } from 'react'
import classes from './mark.module.css'

export type Shape = 'draft' | 'offered' | 'unfit' | 'postponed' | 'closed' | 'cancelled' | 'hidden' | 'stop'

const ring = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 }

const SHAPES: Record<Shape, ReactNode> = {
  draft: <circle cx="6" cy="6" r="4.75" {...ring} strokeDasharray="3 2" />,
  offered: (
    <circle cx="6" cy="6" r="4.75" {...ring} strokeDasharray="0.1 2.6" strokeLinecap="round" strokeWidth={1.8} />
  ),
  unfit: <path d="M6 1.2L11 10.4H1Z" {...ring} strokeLinejoin="round" strokeDasharray="2.4 1.6" />,
  postponed: <path d="M4 1.5V10.5M8 1.5V10.5" {...ring} strokeWidth={2} />,
  closed: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  cancelled: <path d="M9.4 2.6A4.8 4.8 0 1 1 2.6 9.4A4.8 4.8 0 0 1 9.4 2.6L2.6 9.4" {...ring} />,
  hidden: <path d="M2.5 5.5H9.5V10.5H2.5ZM4 5.5V3.8A2 2 0 0 1 8 3.8V5.5" {...ring} strokeLinejoin="round" />,
  stop: <path d="M6 1V7M1.5 8H10.5" {...ring} strokeWidth={2.2} strokeLinecap="round" />,
}

/** A shape and a word, tinted last: never a colour alone. */
export function Mark({
  shape,
  tone = 'dim',
  children,
}: {
  shape: Shape
  tone?: 'dim' | 'warn' | 'bad' | 'good'
  children: ReactNode
}) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        {SHAPES[shape]}
      </svg>
      {children}
    </span>
  )
}

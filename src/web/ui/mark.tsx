import type { ReactNode } from 'react'
import classes from './mark.module.css'

export type Shape =
  | 'draft'
  | 'offered'
  | 'unfit'
  | 'postponed'
  | 'closed'
  | 'cancelled'
  | 'hidden'
  | 'stop'
  | 'not-started'
  | 'on-track'
  | 'behind'
  | 'at-risk'
  | 'silent'
  | 'achieved'
  | 'missed'

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
  'not-started': <circle cx="6" cy="6" r="4.75" {...ring} />,
  'on-track': <path d="M1 6H10M6.8 2.6L10.2 6L6.8 9.4" {...ring} strokeLinecap="round" strokeLinejoin="round" />,
  behind: <path d="M11 6H2M5.2 2.6L1.8 6L5.2 9.4" {...ring} strokeLinecap="round" strokeLinejoin="round" />,
  'at-risk': <path d="M6 1.2L11 10.4H1ZM6 4.6V7.2M6 8.9V8.95" {...ring} strokeLinecap="round" strokeLinejoin="round" />,
  silent: <path d="M2 6H2.05M6 6H6.05M10 6H10.05" {...ring} strokeWidth={2.4} strokeLinecap="round" />,
  achieved: (
    <path d="M1.5 6.5L4.6 9.6L10.5 2.8" {...ring} strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" />
  ),
  missed: <path d="M2.5 2.5L9.5 9.5M9.5 2.5L2.5 9.5" {...ring} strokeWidth={1.8} strokeLinecap="round" />,
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

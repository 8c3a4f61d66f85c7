import type { Fraction } from './fraction.ts'

/** A small world of plain texts: what the oracle reads. */

export type Said = { measuredOn: string; value?: string; steps?: string[]; done?: boolean; takenBack?: boolean }
export type Step = { id: string; weight: string }
export type By = { percent: string } | { amount: string }
export type Metric = {
  kind: 'increase' | 'decrease'
  start: string | null
  baseline?: boolean
  target: string | null
  by?: By | null
}
export type Measured =
  | Metric
  | { kind: 'maintain'; atLeast: string | null; atMost: string | null }
  | { kind: 'milestone'; steps: Step[] }
export type State = 'draft' | 'published' | 'postponed' | 'closed' | 'cancelled' | 'discarded'

/** `said` in the order of recording, each with its correction already in its place. `frozen`: as it stood then. */
export type Known = {
  objective: string
  state: State
  weight: string
  measure: Measured | null
  startsOn?: string
  deadline?: string
  said: Said[]
  frozen: Figures | null
}
export type Link = {
  from: string
  to: string
  rollUp: 'sum' | 'average' | 'shown'
  share: string | null
  weight: string
}
/** `counts`: unless it is private and does not count. `above`: what it is aligned to. */
export type Purpose = {
  state: State
  counts?: boolean
  above?: string | null
  frozen: { progress: Fraction | null } | null
}
/** Everything published conforms here; `links` are the accepted ones. */
export type World = {
  keyResults: Map<string, Known>
  objectives: Map<string, Purpose>
  links: Link[]
  today?: string
  includeAligned?: boolean
}

/** `whole` is progress before it is rounded: what a share is multiplied with. */
export type Figures = { current: Fraction | null; whole: Fraction | null; progress: Fraction | null }

import type { GroupKey } from './groups.ts'
import type { PersonKey } from './people.ts'

/** An Objective of the sample, whole: whom it serves, how one will know, what was reported so far. */
export type Goal = {
  title: string
  why: string
  level: 'company' | 'group' | 'individual'
  group?: GroupKey
  lead: PersonKey
  /** The Objective above: accepted by whoever leads it, unless it is only offered yet. */
  aligned?: { to: string; statement: string; offered?: true }
  keyResults: Record<string, Result>
}

export type Result = {
  title: string
  owner: PersonKey
  measure: Increase | Milestone
  /** Days before the end of the quarter. */
  early?: number
  /** The Key Result that it adds to. */
  adds?: { to: string; share?: string }
  reports?: Report[]
}

type Increase = { kind: 'increase' | 'decrease'; start: string; target: string; unit: string }
type Milestone = { kind: 'milestone'; evidence: string; steps: { title: string; weight: string }[] }

/** So many weeks ago. `steps` is how many are done, from the first. */
export type Report = {
  weeks: number
  value?: string
  steps?: number
  confidence: number
  note?: string
  blockers?: string
}

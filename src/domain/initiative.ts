import type { Day } from './day.ts'
import type { InitiativeId, KeyResultId, PersonId } from './id.ts'
import type { KeyResult } from './key-result.ts'
import { type By, isMetric, type Maintain, type Measure, type Metric, type Step } from './measure.ts'
import { breaks } from './problem.ts'

/** Work that is done to move a Key Result. It is tracked, and never counted into progress. */
export type Initiative = {
  id: InitiativeId
  keyResultId: KeyResultId
  title: string
  note: string | null
  /** Who does it. */
  leadId: PersonId
  dueOn: Day | null
  /** Where it lives: the tools in which the work itself is kept. */
  links: readonly WebLink[]
  state: InitiativeState
  externalRef: string | null
  version: number
}

export type WebLink = { url: string; title: string | null }

export type InitiativeState = 'planned' | 'started' | 'finished' | 'dropped'

const VERBS = {
  start: { from: ['planned'], to: 'started' },
  finish: { from: ['planned', 'started'], to: 'finished' },
  drop: { from: ['planned', 'started'], to: 'dropped' },
  reopen: { from: ['finished', 'dropped'], to: 'started' },
} as const satisfies Record<string, { from: readonly InitiativeState[]; to: InitiativeState }>

export type InitiativeVerb = keyof typeof VERBS

/** The state a verb leads to; refused from a state it does not start in. */
export function initiativeAfter(verb: InitiativeVerb, state: InitiativeState): InitiativeState {
  const step = VERBS[verb]
  if (!(step.from as readonly InitiativeState[]).includes(state)) breaks('life', 'wrong-state', { verb, state })
  return step.to
}

export function isToDo({ state }: Pick<Initiative, 'state'>): boolean {
  return state === 'planned' || state === 'started'
}

type Described = Pick<Initiative, 'title' | 'note' | 'leadId' | 'dueOn'>
type Worded = Pick<KeyResult, 'title' | 'ownerId' | 'deadline' | 'measure'>

/**
 * What was written as a Key Result and is work for another one. An Initiative has no measure: what it said stands in
 * the note. Null where nothing was said yet.
 */
export function asInitiative({ title, ownerId, deadline, measure }: Worded): Described | null {
  const said = measure === null ? [] : wordsOf(measure)
  const [first] = said
  if (title === '' && first === undefined) return null
  return { title: title || (first as string), note: said.join('\n') || null, leadId: ownerId, dueOn: deadline }
}

function wordsOf(measure: Measure): string[] {
  if (measure.kind === 'milestone') return [measure.evidence ?? '', ...measure.steps.map(stepOf)].filter(Boolean)
  return [
    aimOf(measure),
    ...(isMetric(measure) ? measure.phases.map(({ on, value }) => `– ${value} (${on})`) : []),
  ].filter(Boolean)
}

function aimOf(measure: Metric | Maintain): string {
  const unit = measure.unit ?? ''
  if (measure.kind === 'maintain') {
    const bounds = [measure.atLeast && `≥ ${measure.atLeast}`, measure.atMost && `≤ ${measure.atMost}`].filter(Boolean)
    return [bounds.join(', '), unit].filter(Boolean).join(' ')
  }
  const target = measure.target ?? (measure.by === null ? null : byOf(measure.kind, measure.by))
  if (measure.start === null && target === null) return unit
  return [measure.start ?? '…', '→', target ?? '…', unit].join(' ').trim()
}

function byOf(kind: Metric['kind'], by: By): string {
  const sign = kind === 'increase' ? '+' : '−'
  return 'percent' in by ? `${sign}${by.percent} %` : `${sign}${by.amount}`
}

function stepOf({ title, weight, deadline }: Step): string {
  const more = [weight === '1' ? '' : `× ${weight}`, deadline ?? ''].filter(Boolean)
  return more.length === 0 ? `– ${title}` : `– ${title} (${more.join(', ')})`
}

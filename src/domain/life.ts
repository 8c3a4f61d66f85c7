import { breaks } from './problem.ts'
import type { State } from './roll-up.ts'

/** The verbs that change a state, and from which state each may. Objectives and Key Results share them. */
export const LIFE = {
  publish: { from: ['draft'], to: 'published' },
  close: { from: ['published', 'postponed'], to: 'closed' },
  reopen: { from: ['closed', 'cancelled'], to: 'published' },
  postpone: { from: ['published'], to: 'postponed' },
  resume: { from: ['postponed'], to: 'published' },
  cancel: { from: ['published', 'postponed'], to: 'cancelled' },
  discard: { from: ['draft'], to: 'discarded' },
} as const satisfies Record<string, { from: readonly State[]; to: State }>

export type LifeVerb = keyof typeof LIFE

/** The state a verb leads to; refused from a state it does not start in. */
export function after(verb: LifeVerb, state: State): State {
  const step = LIFE[verb]
  if (!(step.from as readonly State[]).includes(state)) breaks('life', 'wrong-state', { verb, state })
  return step.to
}

/**
 * The states in which a Key Result is taken along when something is done to its Objective, which stands in `state`: the
 * open ones, and those that were frozen with it.
 */
export function takenAlong(verb: LifeVerb, state: State): readonly State[] {
  return verb === 'close' || verb === 'cancel' ? LIFE[verb].from : [state]
}

/** Frozen: check-ins are refused, the value stays. */
export function isFrozen(state: State): boolean {
  return state === 'postponed' || state === 'closed' || state === 'cancelled'
}

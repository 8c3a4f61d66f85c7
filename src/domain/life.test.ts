import { describe, expect, test } from 'vitest'
import { after, isFrozen, LIFE, type LifeVerb } from './life.ts'
import type { Problem } from './problem.ts'
import type { State } from './roll-up.ts'

const STATES: State[] = ['draft', 'published', 'postponed', 'closed', 'cancelled', 'discarded']

const leadsTo = (verb: LifeVerb, state: State): State | null => {
  try {
    return after(verb, state)
  } catch (error) {
    expect((error as Problem).facts).toMatchObject({
      kind: 'refused',
      rule: 'life',
      reason: { values: { verb, state } },
    })
    return null
  }
}

describe('The life of an Objective and a Key Result', () => {
  test('leads from state to state by these verbs and by no other', () => {
    const steps = Object.keys(LIFE).flatMap((verb) =>
      STATES.flatMap((state) => {
        const to = leadsTo(verb as LifeVerb, state)
        return to === null ? [] : [`${verb}: ${state} → ${to}`]
      }),
    )
    expect(steps).toEqual([
      'publish: draft → published',
      'close: published → closed',
      'close: postponed → closed',
      'reopen: closed → published',
      'reopen: cancelled → published',
      'postpone: published → postponed',
      'resume: postponed → published',
      'cancel: published → cancelled',
      'cancel: postponed → cancelled',
      'discard: draft → discarded',
    ])
  })

  test('is frozen while postponed, closed or cancelled', () => {
    expect(STATES.filter(isFrozen)).toEqual(['postponed', 'closed', 'cancelled'])
  })
})

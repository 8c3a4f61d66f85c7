import type { Cycle } from './cycle.ts'
import { lies } from './cycle.ts'
import type { Day } from './day.ts'
import type { Decimal } from './decimal.ts'
import type { BarrierId, KeyResultId, ObjectiveId, PersonId } from './id.ts'
import { gapsIn, isMetric, type Measure } from './measure.ts'
import type { Ambition } from './objective.ts'
import type { State } from './roll-up.ts'

/** How we will know: a measure, one owner, a deadline. A draft may lack all but its owner. */
export type KeyResult = {
  id: KeyResultId
  objectiveId: ObjectiveId
  title: string
  /** The one directly responsible individual. Published without one does not exist. */
  ownerId: PersonId
  contributorIds: readonly PersonId[]
  startsOn: Day | null
  deadline: Day | null
  weight: Decimal
  kept: Decimal
  ambition: Ambition
  measure: Measure | null
  /** The Key Result it adds to: an accepted contribution. Never an Objective. */
  contributesToId: KeyResultId | null
  /** The barrier whose fall it shows, of the exploration that its Objective came out of. */
  barrierId: BarrierId | null
  state: State
  /** False: imported as published elsewhere, and a wall still stands against it. Left out of every mean and sum. */
  conforms: boolean
  externalRef: string | null
  version: number
}

export type Wall = { rule: 'measurable' | 'time-bound' | 'one-owner'; key: string; pointer: string }

/** The walls that stand between a Key Result and its publication, in the order a form shows its fields. */
export function wallsAgainst(
  keyResult: Pick<KeyResult, 'measure' | 'deadline' | 'startsOn'>,
  cycle: Pick<Cycle, 'startsOn' | 'endsOn'>,
  ownerIsActive: boolean,
): Wall[] {
  const walls: Wall[] = gapsIn(keyResult.measure).map((gap) => ({
    rule: 'measurable',
    key: `rule.measurable.${gap}`,
    pointer: gap === 'measure' ? '/measure' : `/measure/${gap}`,
  }))
  if (!ownerIsActive) walls.push({ rule: 'one-owner', key: 'rule.one-owner.inactive', pointer: '/ownerId' })
  for (const index of phasesOutside(keyResult, cycle))
    walls.push({ rule: 'time-bound', key: 'rule.time-bound.phase-outside', pointer: `/measure/phases/${index}/on` })
  const time = whyNotInTime(keyResult, cycle)
  if (time)
    walls.push({
      rule: 'time-bound',
      key: `rule.time-bound.${time}`,
      pointer: time === 'start-outside' ? '/startsOn' : '/deadline',
    })
  return walls
}

/** The phases that do not end between its start day and the day before its deadline, by their places. */
function phasesOutside(
  { measure, startsOn, deadline }: Pick<KeyResult, 'measure' | 'deadline' | 'startsOn'>,
  cycle: Pick<Cycle, 'startsOn' | 'endsOn'>,
): number[] {
  if (!isMetric(measure)) return []
  const outside = (on: Day) => on < (startsOn ?? cycle.startsOn) || (deadline !== null && on >= deadline)
  return measure.phases.flatMap(({ on }, index) => (outside(on) ? [index] : []))
}

/** Why a Key Result is not time-bound, or null. */
function whyNotInTime(
  keyResult: Pick<KeyResult, 'deadline' | 'startsOn'>,
  cycle: Pick<Cycle, 'startsOn' | 'endsOn'>,
): 'no-deadline' | 'outside' | 'start-outside' | 'ends-before-start' | null {
  if (keyResult.deadline === null) return 'no-deadline'
  if (!lies(keyResult.deadline, cycle)) return 'outside'
  if (keyResult.startsOn === null) return null
  if (!lies(keyResult.startsOn, cycle)) return 'start-outside'
  return keyResult.startsOn > keyResult.deadline ? 'ends-before-start' : null
}

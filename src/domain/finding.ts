import type { Cycle } from './cycle.ts'
import type { Day } from './day.ts'
import type { Decimal } from './decimal.ts'
import type { GroupId, KeyResultId, ObjectiveId, PersonId } from './id.ts'
import type { KeyResult } from './key-result.ts'
import type { Reason, Repair } from './problem.ts'
import { RULES, type RuleName, type Severity } from './rules.ts'
import { type Settings, weightOf } from './settings.ts'

/** What stands against something or is to be said of it: which rule, how much it weighs, about what, and the ways out. */
export type Finding = {
  rule: RuleName
  severity: Severity
  about: About
  reason: Reason
  /** The field that it is about, of what it is about. */
  pointer: string
  repairs: Repair[]
}

export type About =
  | { noun: 'objective'; id: ObjectiveId }
  | { noun: 'key-result'; id: KeyResultId }
  | { noun: 'group'; id: GroupId }

/** An Objective with all that its rules are asked about. */
export type Examined = {
  id: ObjectiveId
  title: string
  why: string | null
  lead: { id: PersonId; isActive: boolean }
  cycle: Pick<Cycle, 'startsOn' | 'endsOn'>
  /** How many Objectives its group has in its cycle, itself among them; null where no group counts them. */
  inGroup: { name: string; count: number } | null
  /** The Objective above, where that belongs to a group below its own. */
  below: { title: string; group: string } | null
  /** Those that are published, or are to be. */
  keyResults: readonly ExaminedKeyResult[]
  today: Day
}

export type ExaminedKeyResult = Pick<
  KeyResult,
  'id' | 'title' | 'measure' | 'startsOn' | 'deadline' | 'ambition' | 'state'
> & {
  ownerName: string
  ownerIsActive: boolean
  /** At most three scores of its owner's closed Key Results of the same ambition, the latest first. */
  lastScores: readonly Decimal[]
  /** Since when its baseline has been owing; null while it is a draft, or none is. */
  baselineSince: Day | null
  /** The Key Result that it adds to, where its Objective has no line to that one's, and whether that was reported on. */
  offTheLine: { title: string; reported: boolean } | null
}

/** One thing that an examiner says. `severity`: where it weighs something else than its rule. */
export type Remark = Pick<Finding, 'about' | 'reason' | 'pointer'> & {
  severity?: Exclude<Severity, 'wall'>
  repairs?: Repair[]
}

export type Examiner = (objective: Examined, settings: Settings) => Remark[]

/** Who examines which rule; those without one are asked elsewhere (always), or come with the coach (wording). */
export type Examiners = Partial<Record<RuleName, Examiner>>

/** All that is found, in the order of the rules. */
export function examine(objective: Examined, settings: Settings, examiners: Examiners): Finding[] {
  return RULES.flatMap(({ name }) => weigh(name, examiners[name]?.(objective, settings) ?? [], settings))
}

/** A group in a cycle, with all that its own rules are asked about. */
export type ExaminedGroup = {
  id: GroupId
  name: string
  /** How many Objectives it has there. */
  count: number
  /** Who is in it, or in a group below it, and stands below the grade that is set; null where none is. */
  belowGrade: { people: number; ownSomething: boolean } | null
}

/** What is found of a group in a cycle, as a whole. */
export function examineGroup(group: ExaminedGroup, settings: Settings): Finding[] {
  return [
    ...weigh('few', hasTooMany(group, settings), settings),
    ...weigh('owned-only-at-the-top', isOwnedAtTheTop(group, settings), settings),
  ]
}

function hasTooMany({ id, name, count }: ExaminedGroup, { few }: Settings): Remark[] {
  if (count <= few.objectives) return []
  const reason = { key: 'rule.few.objectives', values: { group: name, count, limit: few.objectives } }
  return [{ about: { noun: 'group', id }, reason, pointer: '' }]
}

function isOwnedAtTheTop({ id, name, belowGrade }: ExaminedGroup, { ownershipGrade: grade }: Settings): Remark[] {
  if (belowGrade === null || belowGrade.people === 0 || belowGrade.ownSomething) return []
  const values = { group: name, grade, people: belowGrade.people }
  return [
    { about: { noun: 'group', id }, reason: { key: 'rule.owned-only-at-the-top.nobody-below', values }, pointer: '' },
  ]
}

/** Those that refuse a publication, or an edit of what is published. */
export function wallsAmong(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'wall')
}

function weigh(rule: RuleName, remarks: readonly Remark[], settings: Settings): Finding[] {
  const weight = weightOf(settings, rule)
  if (weight === 'off') return []
  return remarks.map(({ severity = weight, repairs = [], ...remark }) => ({ rule, severity, ...remark, repairs }))
}

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

/** What is found of a group in a cycle, as a whole. */
export function examineGroup(group: { id: GroupId; name: string; count: number }, settings: Settings): Finding[] {
  const { id, name, count } = group
  const limit = settings.few.objectives
  const reason = { key: 'rule.few.objectives', values: { group: name, count, limit } }
  return weigh('few', count > limit ? [{ about: { noun: 'group', id }, reason, pointer: '' }] : [], settings)
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

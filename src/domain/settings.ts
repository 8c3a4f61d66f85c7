import type { Cadence } from './cadence.ts'
import type { Decimal } from './decimal.ts'
import type { PersonId } from './id.ts'
import { isSettable, RULES, type RuleName, type SettableRule, type Setting } from './rules.ts'
import type { Unit } from './unit.ts'

/** What an organization decides about its rules and numbers. */
export type Settings = {
  /** What each rule that may be set weighs here. */
  rules: Record<SettableRule, Setting>
  /** Points under pace, confidence, and windows without a report, from which a status changes. */
  status: { behind: number; atRisk: number; lowConfidence: number; silentAfter: number }
  /** Points that a maintained value may miss. */
  maintainTolerance: number
  /** The score at which what is aspirational is achieved. */
  aspirationalScore: Decimal
  cadence: Cadence
  /** Per name of a unit: whether it may be added up. Names that are not listed may. */
  units: Record<Unit, boolean>
  /** Whether an Objective's progress includes the Objectives aligned to it. */
  includeAligned: boolean
  /** How many Objectives of a group in a cycle, and Key Results of an Objective, are still few. */
  few: { objectives: number; keyResults: number }
  /** After how many days a baseline is overdue. */
  baselineAfterDays: number
  /** The grade below which somebody should own something; null while nobody has said. */
  ownershipGrade: string | null
  /** Who edits, publishes and closes company Objectives beside their leads and administrators. */
  companyEditorIds: readonly PersonId[]
}

/** What differs from the defaults: all that is stored. */
export type Stored = { [Field in keyof Settings]?: Partial<Settings[Field]> | Settings[Field] }

export const DEFAULTS: Settings = {
  rules: Object.fromEntries(
    RULES.filter(isSettable).map(({ name, severity }) => [name, severity]),
  ) as Settings['rules'],
  status: { behind: 10, atRisk: 25, lowConfidence: 3, silentAfter: 2 },
  maintainTolerance: 5,
  aspirationalScore: '0.7' as Decimal,
  cadence: { every: 'week', dueOn: 1 },
  units: {},
  includeAligned: false,
  few: { objectives: 5, keyResults: 5 },
  baselineAfterDays: 14,
  ownershipGrade: null,
  companyEditorIds: [],
}

/** The settings that hold: what is stored over the defaults. */
export function settingsOf(stored: Stored): Settings {
  return merged(DEFAULTS, stored)
}

/** What has to be stored for these settings to hold. */
export function differences(settings: Settings): Stored {
  const differs = Object.entries(settings).flatMap(([field, value]) => {
    const usual: unknown = DEFAULTS[field as keyof Settings]
    if (!isGroup(value) || !isGroup(usual)) return same(value, usual) ? [] : [[field, value]]
    const parts = Object.entries(value).filter(([part, one]) => !same(one, usual[part]))
    return parts.length === 0 ? [] : [[field, Object.fromEntries(parts)]]
  })
  return Object.fromEntries(differs)
}

/** Settings with some of them changed; of a group of settings, those that are given. */
export function merged(settings: Settings, patch: Stored): Settings {
  const changed = Object.entries(patch).map(([field, value]) => {
    const before = settings[field as keyof Settings]
    return [field, isGroup(before) && isGroup(value) ? { ...before, ...value } : value]
  })
  return { ...settings, ...Object.fromEntries(changed) }
}

/** What a rule weighs here. */
export function weightOf(settings: Settings, rule: RuleName): Setting {
  const set = (settings.rules as Partial<Record<RuleName, Setting>>)[rule]
  return set ?? (RULES.find(({ name }) => name === rule) as (typeof RULES)[number]).severity
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

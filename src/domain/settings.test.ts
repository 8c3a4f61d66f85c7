import { describe, expect, test } from 'vitest'
import type { PersonId } from './id.ts'
import { RULES, type Setting } from './rules.ts'
import { DEFAULTS, differences, merged, settingsOf, weightOf } from './settings.ts'

describe('An organization that has decided nothing', () => {
  test('has the numbers of DOMAIN.md', () => {
    expect(settingsOf({})).toMatchObject({
      status: { behind: 10, atRisk: 25, lowConfidence: 3, silentAfter: 2 },
      maintainTolerance: 5,
      aspirationalScore: '0.7',
      cadence: { every: 'week', dueOn: 1 },
      units: {},
      includeAligned: false,
      few: { objectives: 5, keyResults: 5 },
      baselineAfterDays: 14,
      ownershipGrade: null,
      companyEditorIds: [],
    })
  })

  test('weighs every rule as the table does', () => {
    for (const { name, severity } of RULES) expect([name, weightOf(DEFAULTS, name)]).toEqual([name, severity])
  })
})

describe('The table of rules', () => {
  const may = (name: string) => RULES.find((rule) => rule.name === name)?.may as readonly Setting[] | undefined

  test('lets the walls marked ° become warnings, and warnings walls or nothing; the others are fixed', () => {
    const movable = ['measurable', 'time-bound', 'contribution-follows-alignment']
    for (const rule of RULES) {
      if (rule.severity === 'warning')
        expect([rule.name, may(rule.name)]).toEqual([rule.name, ['warning', 'wall', 'off']])
      else if (movable.includes(rule.name))
        expect([rule.name, may(rule.name)]).toEqual([rule.name, ['wall', 'warning']])
      else expect([rule.name, may(rule.name)]).toEqual([rule.name, [rule.severity]])
    }
  })

  test('has each of DOMAIN.md’s rules once, and settings for just those that may be set', () => {
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(24)
    expect(Object.keys(DEFAULTS.rules).sort()).toEqual(
      RULES.filter(({ may: all }) => all.length > 1)
        .map(({ name }): string => name)
        .sort(),
    )
  })
})

describe('What is stored', () => {
  test('is what differs from the defaults, and gives the settings back', () => {
    const set = merged(DEFAULTS, {
      rules: { few: 'wall' },
      status: { behind: 5, atRisk: 25 },
      units: { seats: false },
      companyEditorIds: ['someone' as PersonId],
      maintainTolerance: 5,
    })
    expect(differences(set)).toEqual({
      rules: { few: 'wall' },
      status: { behind: 5 },
      units: { seats: false },
      companyEditorIds: ['someone'],
    })
    expect(settingsOf(differences(set))).toEqual(set)
    expect(differences(merged(set, { rules: { few: 'warning' }, companyEditorIds: [] }))).toEqual({
      status: { behind: 5 },
      units: { seats: false },
    })
  })

  test('changes nothing but what is named: the other numbers of its group stay', () => {
    const set = merged(merged(DEFAULTS, { few: { objectives: 3 } }), { few: { keyResults: 4 } })
    expect(set.few).toEqual({ objectives: 3, keyResults: 4 })
    expect(weightOf(merged(DEFAULTS, { rules: { few: 'off' } }), 'few')).toBe('off')
    expect(weightOf(merged(DEFAULTS, { rules: { few: 'off' } }), 'no-why')).toBe('warning')
  })
})

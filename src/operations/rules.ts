import { RULES } from '#domain/rules.ts'
import { weightOf } from '#domain/settings.ts'
import * as declared from './declared/rules.ts'
import { reading } from './operation.ts'

export const listRules = reading(declared.listRules, {
  run: async ({ settings }) => ({
    items: RULES.map(({ name, stage, severity, may }) => ({
      name,
      says: { key: `rule.${name}.says` },
      stage,
      default: severity,
      setting: weightOf(settings, name),
      may: [...may],
    })),
    nextCursor: null,
  }),
})

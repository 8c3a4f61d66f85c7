import * as z from 'zod'
import { RULES } from '#domain/rules.ts'
import { declare } from './declaration.ts'
import { page, told } from './shape.ts'

export const ruleName = z.enum(RULES.map(({ name }) => name))
export const severity = z.enum(['wall', 'warning', 'hint'])
const setting = z.enum([...severity.options, 'off'])

/** Every rule of the house, in the order of the table. */
export const listRules = declare({
  name: 'rules.list',
  method: 'GET',
  path: '/v1/rules',
  output: page(
    z.strictObject({
      name: ruleName,
      says: told,
      /** When it is asked: at every write, at publish and at later edits, or whenever somebody looks. */
      stage: z.enum(['always', 'at publish', 'finding']),
      default: severity,
      /** What it weighs here. */
      setting,
      /** What it may be set to; one alone is fixed. */
      may: z.array(setting),
    }),
  ),
})

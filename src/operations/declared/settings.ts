import * as z from 'zod'
import type { OrganizationId, PersonId } from '#domain/id.ts'
import { isSettable, RULES, type Rule, type RuleName, type SettableRule, type Setting } from '#domain/rules.ts'
import type { Settings } from '#domain/settings.ts'
import { isName } from '#domain/unit.ts'
import { cadence } from './cadences.ts'
import { declare } from './declaration.ts'
import { score } from './life.ts'
import { figure, id, line, reason } from './shape.ts'

const points = z.number().int().min(0).max(100)
const few = z.number().int().min(1).max(1000)

/** What a rule may be set to, by its name. */
function weights<Name extends RuleName>(rules: readonly Rule[]) {
  return Object.fromEntries(rules.map(({ name, may }) => [name, z.enum(may)])) as unknown as Record<
    Name,
    z.ZodType<Setting, Setting>
  >
}

const settings = z.strictObject({
  rules: z.strictObject(weights<SettableRule>(RULES.filter(isSettable))),
  status: z.strictObject({
    behind: points,
    atRisk: points,
    lowConfidence: z.number().int().min(0).max(10),
    silentAfter: z.number().int().min(1).max(52),
  }),
  maintainTolerance: points,
  aspirationalScore: figure,
  cadence,
  units: z.record(line(40).refine(isName, { error: 'field.unit-name' }), z.boolean()),
  includeAligned: z.boolean(),
  few: z.strictObject({ objectives: few, keyResults: few }),
  baselineAfterDays: z.number().int().min(0).max(366),
  ownershipGrade: line(100).nullable(),
  companyEditorIds: z.array(id<PersonId>()).max(200),
}) satisfies z.ZodType<Settings>

const { rules: _, status, few: __, ...whole } = settings.shape

/** Any part of them; a group of settings keeps those that are not named. A fixed rule may only stay what it is. */
const patch = z
  .strictObject({
    ...whole,
    rules: z.strictObject(weights<RuleName>(RULES), { error: 'field.rule' }).partial(),
    status: status.partial(),
    few: settings.shape.few.partial(),
    aspirationalScore: score,
    reason,
  })
  .partial()

const one = z.strictObject({ id: id<OrganizationId>() })
const output = z.strictObject({ ...settings.shape, version: z.number() })

export const showSettings = declare({
  name: 'organizations.settings',
  method: 'GET',
  path: '/v1/organizations/{id}/settings',
  params: one,
  output,
})

export const editSettings = declare({
  name: 'organizations.edit-settings',
  method: 'PATCH',
  path: '/v1/organizations/{id}/settings',
  params: one,
  body: patch,
  output,
})

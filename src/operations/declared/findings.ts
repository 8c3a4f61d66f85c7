import * as z from 'zod'
import type { CycleId, GroupId, ObjectiveId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { ruleName, severity } from './rules.ts'
import { id, page, repair, told } from './shape.ts'

/** What stands against something, or is to be said of it. */
const finding = z.strictObject({
  rule: ruleName,
  severity,
  about: z.strictObject({ noun: z.enum(['objective', 'key-result', 'group']), id: id<string>() }),
  reason: told,
  /** The field of it that this is about. */
  pointer: z.string(),
  /** The ways out, as calls that can be sent as they are. */
  repairs: z.array(repair),
})

/** Of the Objective and of its Key Results, as far as the caller sees them. */
export const listObjectiveFindings = declare({
  name: 'objectives.findings',
  method: 'GET',
  path: '/v1/objectives/{id}/findings',
  params: z.strictObject({ id: id<ObjectiveId>() }),
  output: page(finding),
})

/** Of a group in a cycle: of itself, and of all its Objectives that the caller sees. */
export const listGroupFindings = declare({
  name: 'groups.findings',
  method: 'GET',
  path: '/v1/groups/{id}/findings',
  params: z.strictObject({ id: id<GroupId>() }),
  query: z.strictObject({ cycleId: id<CycleId>() }),
  output: page(finding),
})

import { type ExaminedGroup, examineGroup, type Finding } from '#domain/finding.ts'
import type { CycleId, GroupId } from '#domain/id.ts'
import { belowGradeIn, lastScores } from '#store/examined.ts'
import { listKeyResults } from '#store/key-results.ts'
import { listObjectives, type ObjectiveWithFigures } from '#store/objectives.ts'
import * as declared from './declared/findings.ts'
import { findingsOf } from './examining.ts'
import { type Context, reading } from './operation.ts'
import { theGroup, theObjective } from './resolve.ts'

export const listObjectiveFindings = reading(declared.listObjectiveFindings, {
  subject: async (context, { params }) => ({ relations: [], objective: await theObjective(context, params.id) }),
  run: async (context, _, { objective }) => whole(await seenFindings(context, [objective])),
})

/** Of its Objectives each finding is told, but that they are too many is told once, of the group. */
export const listGroupFindings = reading(declared.listGroupFindings, {
  subject: async (context, { params }) => ({ relations: [], group: await theGroup(context, params.id) }),
  run: async (context, { query }, { group }) => {
    const filter = { groupId: group.id, cycleId: query.cycleId, level: 'group' } as const
    const objectives = await listObjectives(context.tx, context.actor, filter, { limit: MOST })
    const count = objectives.filter(({ state }) => state === 'published' || state === 'closed').length
    const each = await seenFindings(context, objectives.filter(isOpen))
    const own = each.filter(({ rule, pointer }) => rule !== 'few' || pointer !== '/groupId')
    const belowGrade = await standingBelow(context, group.id, query.cycleId)
    return whole([...examineGroup({ ...group, count, belowGrade }, context.settings), ...own])
  },
})

/** More than that no group has in a cycle that is still to be led. */
const MOST = 1000

async function standingBelow(context: Context, id: GroupId, cycleId: CycleId): Promise<ExaminedGroup['belowGrade']> {
  const { tx, actor, settings, today } = context
  if (settings.ownershipGrade === null) return null
  return belowGradeIn(tx, actor, { id, cycleId, grade: settings.ownershipGrade }, today)
}

async function seenFindings(context: Context, objectives: readonly ObjectiveWithFigures[]): Promise<Finding[]> {
  const { tx, actor } = context
  const filter = { objectiveIds: objectives.map(({ id }) => id), states: COUNTED }
  const keyResults = await listKeyResults(tx, actor, filter, { limit: 10 * MOST })
  const owners = new Set(keyResults.map(({ ownerId }) => ownerId))
  return findingsOf(context, objectives, keyResults, await lastScores(tx, actor, [...owners]))
}

function isOpen({ state }: ObjectiveWithFigures): boolean {
  return state !== 'cancelled' && state !== 'closed'
}

const COUNTED = ['draft', 'published', 'postponed', 'closed'] as const

function whole(items: Finding[]) {
  return { items, nextCursor: null }
}

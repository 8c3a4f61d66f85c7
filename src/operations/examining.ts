import { FACTS } from '#domain/examiners.ts'
import { type Examined, type ExaminedKeyResult, examine, type Finding } from '#domain/finding.ts'
import { weightOf } from '#domain/settings.ts'
import { alignedToGroupBelow, contributionsAstray, objectivesIn, type Placed, type Scores } from '#store/examined.ts'
import { type KeyResult, type KeyResultWithFigures, measureOf } from '#store/key-results.ts'
import type { Objective } from '#store/objectives.ts'
import { type Cycle, cyclesAmong, groupsAmong, type Person, peopleAmong } from '#store/people.ts'
import { firstDay } from './judging.ts'
import type { Context } from './operation.ts'
import { isActive } from './resolve.ts'

/** A Key Result as it is or would be; whether a baseline is known only its figures tell. */
export type Row = KeyResult & Partial<Pick<KeyResultWithFigures, 'startHolds'>>

/**
 * All that is found of these Objectives. `keyResults`: theirs that are published, or are to be. `scores`: what their
 * owners have scored before, which only a hint asks about: where walls are looked for, nothing.
 */
export async function findingsOf(
  context: Context,
  objectives: readonly Objective[],
  keyResults: readonly Row[],
  scores: Scores = new Map(),
): Promise<Finding[]> {
  const known = { ...(await load(context, objectives, keyResults)), scores }
  return objectives.flatMap((objective) => examine(examined(context, objective, known), context.settings, FACTS))
}

type Known = Awaited<ReturnType<typeof load>> & { scores: Scores }

/** Everything that the rules ask about, in sets. */
async function load(context: Context, objectives: readonly Objective[], keyResults: readonly Row[]) {
  const { tx, actor, settings } = context
  const cycleIds = unique(objectives.map((one) => one.cycleId))
  const groupIds = unique(objectives.flatMap((one) => one.groupId ?? []))
  const personIds = unique([...objectives.map((one) => one.leadId), ...keyResults.map((one) => one.ownerId)])
  // While the rule is a wall, there are none.
  const mayStray = weightOf(settings, 'contribution-follows-alignment') !== 'wall'
  const astray = mayStray ? keyResults.map((one) => one.id) : []
  return {
    cycles: await cyclesAmong(tx, cycleIds),
    groups: await groupsAmong(tx, groupIds),
    people: await peopleAmong(tx, personIds),
    placed: await objectivesIn(tx, actor, cycleIds, groupIds),
    below: await alignedToGroupBelow(
      tx,
      actor,
      objectives.map((one) => one.id),
    ),
    astray: await contributionsAstray(tx, actor, astray),
    keyResults: Map.groupBy(keyResults, (one) => one.objectiveId),
  }
}

function examined(context: Context, objective: Objective, known: Known): Examined {
  const cycle = known.cycles.get(objective.cycleId) as Cycle
  const isThere = (person: Person | undefined) => person !== undefined && isActive(person, context.today)
  return {
    id: objective.id,
    title: objective.title,
    why: objective.why,
    lead: { id: objective.leadId, isActive: isThere(known.people.get(objective.leadId)) },
    cycle,
    inGroup: inGroup(context, objective, known),
    below: known.below.get(objective.id) ?? null,
    keyResults: (known.keyResults.get(objective.id) ?? []).map(
      (row): ExaminedKeyResult => ({
        ...row,
        measure: measureOf(row),
        ownerName: known.people.get(row.ownerId)?.name ?? '',
        ownerIsActive: isThere(known.people.get(row.ownerId)),
        lastScores: known.scores.get(row.ownerId)?.[row.ambition] ?? [],
        baselineSince: baselineSince(context, row, cycle),
        offTheLine: known.astray.get(row.id) ?? null,
      }),
    ),
    today: context.today,
  }
}

/** The company counts as the group of its own Objectives; a person's are nobody's to count. */
function inGroup({ organization }: Context, objective: Objective, { placed, groups }: Known): Examined['inGroup'] {
  const name =
    objective.level === 'company' ? organization.name : objective.groupId && groups.get(objective.groupId)?.name
  if (objective.level === 'individual' || !name) return null
  const others = placed.filter((other) => other.id !== objective.id && isBeside(objective, other))
  return { name, count: others.length + 1 }
}

function isBeside(one: Placed, other: Placed): boolean {
  if (one.cycleId !== other.cycleId || one.level !== other.level) return false
  return one.level === 'company' || one.groupId === other.groupId
}

function baselineSince(context: Context, row: Row, cycle: Cycle): string | null {
  return row.state === 'published' && row.startHolds === null ? firstDay(context, row, cycle) : null
}

function unique<Id extends string>(ids: readonly Id[]): Id[] {
  return [...new Set(ids)]
}

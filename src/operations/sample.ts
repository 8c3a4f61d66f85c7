import { type Actor, type Role, theMachine } from '#domain/actor.ts'
import { dayAt } from '#domain/day.ts'
import type { CycleId, GroupId, KeyResultId, ObjectiveId, OrganizationId, PersonId } from '#domain/id.ts'
import { addOrganization } from '#store/organizations.ts'
import { type Act, actingIn, actorOf } from './sample/acting.ts'
import type { Goal, Report, Result } from './sample/goal.ts'
import { GROUPS, type GroupKey } from './sample/groups.ts'
import { GROWTH } from './sample/growth.ts'
import { OTHERS } from './sample/others.ts'
import { emailOf, PEOPLE, type PersonKey } from './sample/people.ts'
import { before, notBefore, type Quarter, quarterAround } from './sample/quarter.ts'
import type { Services } from './services.ts'

const GOALS = { ...GROWTH, ...OTHERS }

type ObjectiveKey = keyof typeof GOALS
type KeyResultKey = { [Key in ObjectiveKey]: keyof (typeof GOALS)[Key]['keyResults'] }[ObjectiveKey]

/** Everybody and everything in the sample company, by the names that its authors use. */
export type Sample = {
  organizationId: OrganizationId
  people: Record<PersonKey, PersonId>
  groups: Record<GroupKey, GroupId>
  cycles: { year: CycleId; quarter: CycleId }
  objectives: Record<ObjectiveKey, ObjectiveId>
  keyResults: Record<KeyResultKey, KeyResultId>
}

/** What is already made, while the rest is being made from it. */
type Making = Sample & { act: Act; machine: Actor; quarter: Quarter; today: string }

const TIME_ZONE = 'Europe/Oslo'

/**
 * Marram, makers of flood-warning stations, in the middle of the quarter that it is now. Made by the product's own
 * verbs, each done by whoever would do it, all in one transaction.
 */
export async function createSample(services: Services): Promise<Sample> {
  const organizationId = services.newId() as OrganizationId
  return await services.store.write(organizationId, async (tx) => {
    await addOrganization(tx, { name: 'Marram', timeZone: TIME_ZONE, sample: true })
    const today = dayAt(tx.now, TIME_ZONE)
    const making: Making = {
      organizationId,
      people: {} as Sample['people'],
      groups: {} as Sample['groups'],
      cycles: {} as Sample['cycles'],
      objectives: {} as Sample['objectives'],
      keyResults: {} as Sample['keyResults'],
      act: actingIn(services, tx),
      machine: theMachine(organizationId),
      quarter: quarterAround(today),
      today,
    }
    await makeCycles(making)
    await makePeople(making)
    for (const key of Object.keys(GOALS) as ObjectiveKey[]) await makeGoal(making, key, GOALS[key])
    const { act: _, machine: __, quarter: ___, today: ____, ...sample } = making
    return sample
  })
}

async function makeCycles({ act, machine, quarter, cycles }: Making): Promise<void> {
  const { year, name, startsOn, endsOn } = quarter
  const around = { name: year, startsOn: `${year}-01-01`, endsOn: `${year}-12-31` }
  cycles.year = (await act(machine, 'cycles.create', { body: around })).id
  cycles.quarter = (await act(machine, 'cycles.create', { body: { name, startsOn, endsOn, parentId: cycles.year } })).id
}

/** People, then the groups that they lead, then who belongs where. */
async function makePeople({ act, machine, people, groups }: Making): Promise<void> {
  for (const [key, { name, grade, site, ...more }] of entries(PEOPLE)) {
    const managerId = 'manager' in more ? people[more.manager] : null
    const role: Role = 'role' in more ? more.role : 'member'
    const body = { name, email: emailOf(key), grade, site, role, managerId }
    people[key] = (await act(machine, 'people.create', { body })).id
  }
  for (const [key, { name, lead, ...more }] of entries(GROUPS)) {
    const parentId = 'parent' in more ? groups[more.parent] : null
    groups[key] = (await act(machine, 'groups.create', { body: { name, leadId: people[lead], parentId } })).id
  }
  for (const [key, person] of entries(PEOPLE)) {
    if (!('group' in person)) continue
    await act(machine, 'people.edit', { params: { id: people[key] }, body: { groupIds: [groups[person.group]] } })
  }
}

/** Drafted and published by its lead; its links accepted by whoever has to; what was reported, by the owners. */
async function makeGoal(making: Making, key: ObjectiveKey, goal: Goal): Promise<void> {
  const { act, people, groups, cycles, objectives } = making
  const lead = acting(making, goal.lead)
  const { title, why, level } = goal
  const groupId = goal.group ? groups[goal.group] : null
  const drafted = await act(lead, 'objectives.create', {
    body: { title, why, level, groupId, leadId: people[goal.lead], cycleId: cycles.quarter },
  })
  objectives[key] = drafted.id
  for (const [name, result] of Object.entries(goal.keyResults))
    await draftResult(making, key, name as KeyResultKey, result)
  await act(lead, 'objectives.publish', { params: { id: drafted.id } })
  if (goal.aligned) await align(making, key, goal.lead, goal.aligned)
  for (const [name, result] of Object.entries(goal.keyResults)) await beginResult(making, name as KeyResultKey, result)
}

async function draftResult(making: Making, objective: ObjectiveKey, key: KeyResultKey, result: Result): Promise<void> {
  const { act, people, objectives, keyResults, quarter } = making
  const { title, owner, measure, early = 0 } = result
  const body = { title, measure, ownerId: people[owner], deadline: before(quarter.endsOn, early) }
  const goal: Goal = GOALS[objective]
  keyResults[key] = (
    await act(acting(making, goal.lead), 'key-results.create', { params: { id: objectives[objective] }, body })
  ).id
}

async function align(
  making: Making,
  key: ObjectiveKey,
  lead: PersonKey,
  { to, statement, offered }: NonNullable<Goal['aligned']>,
): Promise<void> {
  const { act, objectives } = making
  const params = { id: objectives[key] }
  await act(acting(making, lead), 'objectives.align', {
    params,
    body: { toObjectiveId: objectives[to as ObjectiveKey], statement },
  })
  const above: Goal = GOALS[to as ObjectiveKey]
  if (!offered) await act(acting(making, above.lead), 'objectives.accept-alignment', { params })
}

async function beginResult(making: Making, key: KeyResultKey, { owner, adds, reports = [] }: Result): Promise<void> {
  const { act, keyResults } = making
  const params = { id: keyResults[key] }
  if (adds) {
    const body = {
      toKeyResultId: keyResults[adds.to as KeyResultKey],
      rollUp: 'sum' as const,
      share: adds.share ?? null,
    }
    await act(acting(making, owner), 'key-results.contribute', { params, body })
    await act(acting(making, ownerOf(adds.to)), 'key-results.accept-contribution', { params })
  }
  for (const report of reports) await checkIn(making, key, owner, report)
}

/** Measured in the weeks behind us, as far as the quarter reaches back. A batch of one: it stays in our transaction. */
async function checkIn(
  making: Making,
  key: KeyResultKey,
  owner: PersonKey,
  { weeks, steps, ...report }: Report,
): Promise<void> {
  const { act, keyResults, today, quarter } = making
  const id = keyResults[key]
  const measuredOn = notBefore(quarter.startsOn, before(today, weeks * 7))
  const done = steps === undefined ? {} : { steps: (await stepsOf(making, key)).slice(0, steps) }
  const call = {
    method: 'POST' as const,
    path: `/v1/key-results/${id}/check-ins`,
    body: { ...report, ...done, measuredOn },
  }
  await act(acting(making, owner), 'changes.make', { body: { calls: [call] } })
}

async function stepsOf({ act, machine, keyResults }: Making, key: KeyResultKey): Promise<string[]> {
  const { measure } = await act(machine, 'key-results.show', { params: { id: keyResults[key] } })
  return measure?.kind === 'milestone' ? measure.steps.map((step) => step.id) : []
}

function acting({ organizationId, people }: Making, key: PersonKey): Actor {
  const person = PEOPLE[key]
  return actorOf(organizationId, people[key], 'role' in person ? person.role : 'member')
}

function ownerOf(key: string): PersonKey {
  const goals: Goal[] = Object.values(GOALS)
  const owner = goals.flatMap((goal) => Object.entries(goal.keyResults)).find(([name]) => name === key)?.[1].owner
  return owner as PersonKey
}

function entries<T extends Record<string, unknown>>(record: T): [keyof T & string, T[keyof T]][] {
  return Object.entries(record) as [keyof T & string, T[keyof T]][]
}

import type { InputOf } from '#client/client.ts'
import type { CycleId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import type { Caller } from './harness.ts'

type Wanted = Partial<InputOf<'objectives.create'>> & { cycleId: CycleId; draft?: boolean }

/** An Objective that its lead writes and, unless it is to stay a draft, publishes. */
export async function objective(lead: Caller, { draft = false, ...body }: Wanted): Promise<ObjectiveId> {
  const made = await lead.call('objectives.create', { title: 'What is to be achieved', ...body })
  if (!draft) await lead.call('objectives.publish', { id: made.id })
  return made.id
}

type Measured = Partial<Omit<InputOf<'key-results.create'>, 'id'>> & { draft?: boolean }

/** A Key Result of 0 to 300,000 USD, unless it is to be measured otherwise; published unless it is to stay a draft. */
export async function keyResult(
  lead: Caller,
  objectiveId: ObjectiveId,
  { draft = false, ...body }: Measured = {},
): Promise<KeyResultId> {
  const measure = { kind: 'increase' as const, start: '0', target: '300000', unit: 'USD' }
  const wanted = { id: objectiveId, title: 'How we will know', deadline: '2026-12-31', measure, ...body }
  const made = await lead.call('key-results.create', wanted)
  if (!draft) await lead.call('key-results.publish', { id: made.id })
  return made.id
}

export function idOf(caller: Caller): PersonId {
  return caller.actor.personId as PersonId
}

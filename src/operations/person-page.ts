import type * as z from 'zod'
import { isAbsent, standInOn } from '#domain/absence.ts'
import { delegationOn } from '#domain/delegate.ts'
import type { PersonId } from '#domain/id.ts'
import { absencesOf, stoodInBy } from '#store/absences.ts'
import { groupsLedBy, kpisOwnedBy } from '#store/holdings.ts'
import { listKeyResults } from '#store/key-results.ts'
import { listObjectives } from '#store/objectives.ts'
import type { Person } from '#store/people.ts'
import type { personPage as declared } from './declared/people.ts'
import type { Context } from './operation.ts'

/** So many of each at most: whoever holds more lists them. */
const MOST = { limit: 200 }

/** Somebody as their page shows them; of what they hold and report on, what the caller sees. */
export async function personPage(context: Context, person: Person): Promise<z.output<typeof declared>> {
  const { tx, actor, today } = context
  const absences = await absencesOf(tx, person.id, today)
  const standsInFor = await stoodInBy(tx, person.id, today)
  const named = await listKeyResults(tx, actor, { delegateId: person.id }, MOST)
  return {
    ...personView(person),
    isAway: isAbsent({ absences }, today),
    standInId: standInOn({ absences }, today),
    absences: absences.map(({ startsOn, endsOn, delegateId }) => ({ from: startsOn, until: endsOn, delegateId })),
    standsInFor: standsInFor.map(({ startsOn, endsOn, personId }) => ({ from: startsOn, until: endsOn, personId })),
    reportsOnIds: named.filter((row) => delegationOn(row, today) !== null).map(idOf),
    interim: await heldInterim(context, person.id),
  }
}

async function heldInterim({ tx, actor }: Context, id: PersonId) {
  const keyResults = await listKeyResults(tx, actor, { ownerId: id, interim: true }, MOST)
  const objectives = await listObjectives(tx, actor, { leadId: id, leadInterim: true }, MOST)
  const groups = (await groupsLedBy(tx, id)).filter((group) => group.leadInterim)
  const kpis = (await kpisOwnedBy(tx, id)).filter(({ interim }) => interim)
  return {
    keyResultIds: keyResults.map(idOf),
    objectiveIds: objectives.map(idOf),
    groupIds: groups.map(idOf),
    kpiIds: kpis.map(idOf),
  }
}

function idOf<Id>({ id }: { id: Id }): Id {
  return id
}

export function personView({ organizationId: _, hasLeft: __, ...person }: Person) {
  return person
}

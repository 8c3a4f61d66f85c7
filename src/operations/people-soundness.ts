import type { GroupId, PersonId } from '#domain/id.ts'
import { refuse } from '#domain/problem.ts'
import type { ChangeEntry } from '#store/changes.ts'
import { holdingsOf, isNothing } from '#store/holdings.ts'
import { liesAbove, manages, type Person } from '#store/people.ts'
import { reportsTo } from '#store/reporting-line.ts'
import { find } from '#store/rows.ts'
import { assertAdministratorStays, stays } from './leaving.ts'
import type { WriteContext } from './operation.ts'
import { isActive } from './resolve.ts'

/** Nobody stands above themselves, nor below somebody who has left; who has left holds nothing; some administrator stays. */
export async function assertPersonSound(context: WriteContext, { nounId, after }: ChangeEntry): Promise<void> {
  const { tx, today } = context
  const id = nounId as PersonId
  const person = await find(tx, 'people', id)
  if (after && stays(after as Person) && !(person && stays(person))) await assertAdministratorStays(tx, id)
  if (!person) return
  if (await manages(tx, id, id)) touched('people', id)
  if (isActive(person, today)) {
    if (!(await isHere(context, person.managerId))) touched('people', id)
  } else if ((await reportsTo(tx, id, today)).length > 0 || !isNothing(await holdingsOf(tx, id))) {
    touched('people', id)
  }
}

/** Whoever stands in is here. Other absences of that person's count its version up: they are not overlooked. */
export async function assertAbsenceSound(context: WriteContext, { nounId: id }: ChangeEntry): Promise<void> {
  const absence = await find(context.tx, 'absences', id)
  if (absence && !(await isHere(context, absence.delegateId))) touched('absences', id)
}

/** A group is led by somebody who is here, and does not stand below itself. */
export async function assertGroupSound(context: WriteContext, { nounId: id }: ChangeEntry): Promise<void> {
  const group = await find(context.tx, 'groups', id)
  if (!group) return
  if (group.parentId && (await liesAbove(context.tx, id as GroupId, group.parentId))) touched('groups', id)
  if (!(await isHere(context, group.leadId))) touched('groups', id)
}

/** A KPI is owned by somebody who is here. */
export async function assertKpiSound(context: WriteContext, { nounId: id }: ChangeEntry): Promise<void> {
  const kpi = await find(context.tx, 'kpis', id)
  if (kpi && !(await isHere(context, kpi.ownerId))) touched('kpis', id)
}

/** Nobody is nobody who has left. */
export async function isHere({ tx, today }: WriteContext, id: PersonId | null): Promise<boolean> {
  if (id === null) return true
  const person = await find(tx, 'people', id)
  return person !== undefined && isActive(person, today)
}

export function touched(noun: string, id: string): never {
  refuse({
    kind: 'conflict',
    rule: 'touched-since',
    reason: { key: 'problem.touched-since.reason', values: { noun, id } },
  })
}

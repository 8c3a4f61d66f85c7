import type { AbsenceId, PersonId } from '#domain/id.ts'
import { invalid, notFound } from '#domain/problem.ts'
import { absencesOf } from '#store/absences.ts'
import { manages, type Person } from '#store/people.ts'
import { find, touch } from '#store/rows.ts'
import { announce, endAbsence as end } from './being-away.ts'
import * as declared from './declared/absences.ts'
import { theHolder } from './handing-over.ts'
import { type Context, type WriteContext, writing } from './operation.ts'
import { personPage } from './person-page.ts'
import { activePerson, thePerson } from './resolve.ts'

export const announceAbsence = writing(declared.announceAbsence, {
  subject: async (context, { params, body }) => {
    if (body.until < body.from) invalid('/until', 'absence.ends-before-start')
    if (body.delegateId === params.id) invalid('/delegateId', 'delegate.themselves')
    if (body.delegateId) await theHolder(context, '/delegateId', body.delegateId)
    return whoIsAway(context, params.id)
  },
  run: async (context, { params, body: { from, until, delegateId } }) => {
    const { tx, today } = context
    await activePerson(context, '#/params/id', params.id)
    const next = { startsOn: from, endsOn: until, delegateId }
    return counted(context, params.id, () => announce(tx, params.id, next, { id: context.newId<AbsenceId>(), today }))
  },
})

export const endAbsence = writing(declared.endAbsence, {
  subject: async (context, { params }) => {
    const [next] = await absencesOf(context.tx, params.id, context.today)
    return { ...(await whoIsAway(context, params.id)), next }
  },
  run: async (context, { params }, { next }) => {
    const absence = next ?? notFound('absence', params.id)
    return counted(context, params.id, () => end(context.tx, absence, context.today))
  },
})

async function whoIsAway(context: Context, id: PersonId) {
  const person = await thePerson(context, id)
  const me = context.actor.personId
  const relations: ('self' | 'manager')[] = me === id ? ['self'] : []
  if (me !== null && (await manages(context.tx, me, id))) relations.push('manager')
  return { relations, version: person.version, current: () => personPage(context, person) }
}

/** An absence is part of the person's entry: its version counts up with it. */
async function counted({ tx, ...context }: WriteContext, id: PersonId, act: () => Promise<void>) {
  const known = tx.recorder.entries.length
  await act()
  const person = (await find(tx, 'people', id)) as Person
  const after = tx.recorder.entries.length === known ? person : await touch(tx, 'people', person)
  return personPage({ ...context, tx }, after)
}

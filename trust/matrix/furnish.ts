import type { InputOf } from '#client/client.ts'
import type { GroupId, ObjectiveId } from '#domain/id.ts'
import { PEOPLE, type PersonKey } from '#operations/sample/people.ts'
import type { Sample } from '#operations/sample.ts'
import { idOf, keyResult, objective } from '#test/goals.ts'
import { type Caller, organizationOn } from '#test/harness.ts'
import type { House } from '../caller/house.ts'

type Cast = Record<PersonKey, Caller>

/**
 * Puts into the sample company what it lacks, so that everybody stands to something in every way: drafts of some for
 * others, what is private, every state, and links that wait to be decided by either end.
 */
export async function furnish(house: House, sample: Sample): Promise<void> {
  const { services, database } = house.server
  const clock = { now: services.clock, set: () => {}, pass: () => {} }
  const installation = { database, store: services.store, services, clock, close: async () => {} }
  const organization = organizationOn(installation, sample.organizationId)
  const cast = Object.fromEntries(
    Object.entries(PEOPLE).map(([key, person]) => [
      key,
      organization.as({ id: sample.people[key as PersonKey] }, 'role' in person ? person.role : 'member'),
    ]),
  ) as Cast
  const group = { level: 'group' as const, cycleId: sample.cycles.quarter }
  const company = await objective(cast.ingrid, { ...group, level: 'company', title: 'What all of us want' })
  const draft = await drafts(cast, group)
  const home = await inAGroup(cast, { ...group, groupId: sample.groups.northAmerica })
  await besides(cast, [draft, home, company], await objective(cast.ingrid, { ...group, title: 'Serves many' }))
  await inEveryState(cast, group)
  await inPrivate(cast, group, company)
  await undecided(cast, group, company)
  await keysAndChanges(cast, group)
  await helped(cast, group)
  await explored(cast, company, sample.groups.northAmerica)
  await away(organization.administrator, cast)
  await organization.administrator.call('organizations.edit-settings', {
    id: sample.organizationId,
    companyEditorIds: [sample.people.jun],
  })
  await organization.drain()
}

type Common = Pick<InputOf<'objectives.create'>, 'level' | 'cycleId' | 'groupId'>

/** Written by Noor for Maya, with a Key Result for Ben; one that Hanna keeps to herself, and one she shares. */
async function drafts({ noor, maya, ben, hanna, aisha }: Cast, common: Common): Promise<ObjectiveId> {
  const theirs = await objective(noor, { ...common, title: 'A draft for another', leadId: idOf(maya), draft: true })
  await keyResult(maya, theirs, { ownerId: idOf(ben), draft: true })
  const own = await objective(hanna, { ...common, title: 'A draft of her own', draft: true })
  await keyResult(hanna, own, { draft: true, externalRef: 'draft/1' })
  await objective(hanna, { ...common, title: 'A draft that is shared', viewerIds: [idOf(aisha)], draft: true })
  const home = await objective(hanna, { ...common, title: 'With a draft in it' })
  await keyResult(hanna, home, { ownerId: idOf(noor), title: 'Not yet', draft: true })
  return theirs
}

/** Led by Maya, in the group that Priya leads, with a Key Result of Luisa's. */
async function inAGroup({ maya, luisa }: Cast, common: Common): Promise<ObjectiveId> {
  const home = await objective(maya, { ...common, title: 'Of the group' })
  const key = await keyResult(maya, home, { ownerId: idOf(luisa), externalRef: 'crm/1' })
  await luisa.call('check-ins.make', { id: key, value: 1000, note: 'The first ones' })
  await keyResult(maya, home, { ownerId: idOf(luisa), draft: true })
  return home
}

/** The draft for another, what is the group's, and what is the company's also support the same. */
async function besides({ maya, ingrid }: Cast, all: ObjectiveId[], objectiveId: ObjectiveId): Promise<void> {
  for (const id of all) await (id === all.at(-1) ? ingrid : maya).call('objectives.also-support', { id, objectiveId })
}

async function inEveryState({ tomas, ben }: Cast, common: Common): Promise<void> {
  for (const state of ['postpone', 'close', 'cancel'] as const) {
    const all = await objective(tomas, { ...common, title: `To ${state}` })
    await keyResult(tomas, all, { ownerId: idOf(ben) })
    await tomas.call(`objectives.${state}`, { id: all })
    const home = await objective(tomas, { ...common, title: `With one to ${state}` })
    const one = await keyResult(tomas, home, { ownerId: idOf(ben) })
    await keyResult(tomas, home)
    await ben.call(`key-results.${state}`, { id: one })
  }
  const gone = await objective(tomas, { ...common, title: 'Thrown away', draft: true })
  await tomas.call('objectives.discard', { id: gone })
}

/** Hanna's, for Tomás too; it serves what all want, and counts towards it. */
async function inPrivate({ hanna, tomas, ingrid, luisa }: Cast, common: Common, company: ObjectiveId): Promise<void> {
  const above = await keyResult(ingrid, company)
  const hidden = { ...common, title: 'Among ourselves', why: 'Nobody else is to know', visibility: 'named' as const }
  const id = await objective(hanna, { ...hidden, viewerIds: [idOf(tomas), idOf(luisa)] })
  const key = await keyResult(hanna, id, { title: 'A private number' })
  await hanna.call('check-ins.make', { id: key, value: 70, note: 'Among ourselves', blockers: 'Nobody may know' })
  await hanna.call('objectives.align', { id, toObjectiveId: company, statement: 'Because they want that' })
  await ingrid.call('objectives.accept-alignment', { id })
  await hanna.call('key-results.contribute', { id: key, toKeyResultId: above, rollUp: 'sum' })
  await ingrid.call('key-results.accept-contribution', { id: key })
  // What Luisa serves is hidden from her by now.
  const below = await objective(luisa, { ...common, level: 'individual', title: 'Serves what is private' })
  const theirs = await keyResult(luisa, below)
  await luisa.call('objectives.align', { id: below, toObjectiveId: id, statement: 'What she does for it' })
  await hanna.call('objectives.accept-alignment', { id: below })
  await luisa.call('key-results.contribute', { id: theirs, toKeyResultId: key, rollUp: 'sum' })
  await hanna.call('key-results.accept-contribution', { id: theirs, already: 'included' })
  for (const who of [tomas, luisa]) {
    const another = await objective(who, { ...common, title: 'Serves it besides' })
    await who.call('objectives.also-support', { id: another, objectiveId: id })
    await who.call('objectives.also-support', { id: another, objectiveId: company })
  }
  await hanna.call('objectives.edit', { id, viewerIds: [idOf(tomas)], reason: 'Fewer' })
}

/** Offers from below and from above, of alignments and of contributions. */
async function undecided(
  { ben, noor, daniel, ingrid, piet }: Cast,
  common: Common,
  company: ObjectiveId,
): Promise<void> {
  const individual = { ...common, level: 'individual' as const }
  for (const who of [ben, noor]) {
    const id = await objective(who, { ...individual, title: 'Wants to serve' })
    await who.call('objectives.align', { id, toObjectiveId: company })
  }
  const asked = await objective(piet, { ...common, title: 'Is asked to serve' })
  await ingrid.call('objectives.align', { id: asked, toObjectiveId: company })
  const [parent, another] = [
    await keyResult(ingrid, company),
    await keyResult(ingrid, company, { ownerId: idOf(daniel) }),
  ]
  await daniel.call('key-results.name-delegate', { id: another, personId: idOf(piet) })
  for (const who of [ben, noor]) {
    const home = await objective(who, { ...individual, title: 'Wants to add' })
    await who.call('objectives.align', { id: home, toObjectiveId: company })
    await ingrid.call('objectives.accept-alignment', { id: home })
    const key = await keyResult(who, home)
    await who.call('key-results.contribute', { id: key, toKeyResultId: parent, rollUp: 'sum' })
    const other = await keyResult(who, home)
    await daniel.call('key-results.contribute', { id: other, toKeyResultId: another, rollUp: 'sum', share: '100' })
  }
}

async function keysAndChanges({ maya, ben, noor, jun }: Cast, common: Common): Promise<void> {
  for (const who of [maya, ben, noor, jun]) {
    await who.call('api-keys.create', { name: 'A key of one’s own' })
    const id = await objective(who, { ...common, level: 'individual', title: 'One’s own', draft: true })
    await who.call('objectives.edit', { id, title: 'In other words' })
  }
}

/** With somebody who reports for the owner, somebody who helps, work that is done for it, and words about it. */
async function helped({ tomas, ben, noor, luisa, aisha }: Cast, common: Common): Promise<void> {
  const home = await objective(tomas, { ...common, title: 'With helpers' })
  const id = await keyResult(tomas, home, { ownerId: idOf(ben), contributorIds: [idOf(luisa)] })
  await ben.call('key-results.name-delegate', { id, personId: idOf(noor) })
  for (const who of [ben, luisa])
    await who.call('initiatives.create', { id, title: 'Work for it', leadId: idOf(aisha) })
  await aisha.call('objectives.comment', { id: home, text: 'What about the summer?' })
  await aisha.call('key-results.comment', { id, text: 'And the autumn?' })
  await luisa.call('kpis.create', { name: 'Stations that answer', unit: '%' })
}

/** By Noor for herself, and by Aisha for a group that she is not of, with a barrier of Noor's. */
async function explored({ noor, aisha }: Cast, id: ObjectiveId, groupId: GroupId): Promise<void> {
  await noor.call('explorations.open', { id, barriers: ['Nobody knows us there'] })
  const theirs = await aisha.call('explorations.open', { id, groupId, barriers: ['Nobody speaks as they do'] })
  await noor.call('barriers.add', { id: theirs.id, text: 'It is far' })
}

/** Ben for some weeks, with Noor in his place; others before long. */
async function away(administrator: Caller, { ben, noor, maya }: Cast): Promise<void> {
  const weeks = { from: '2026-11-20', until: '2026-12-11' }
  await ben.call('people.announce-absence', { id: idOf(ben), ...weeks, delegateId: idOf(noor) })
  await maya.call('people.announce-absence', { id: idOf(maya), from: '2026-12-20', until: '2026-12-31' })
  const { items } = await administrator.call('people.list', { limit: 200 })
  for (const { id } of items.slice(-8)) await administrator.call('people.announce-absence', { id, ...weeks })
}

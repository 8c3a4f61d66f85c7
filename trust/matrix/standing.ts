import type { Relation } from '#operations/access.ts'
import type { Operation } from '../caller/document.ts'
import type { Draft } from '../caller/request.ts'
import type { Model, Row } from './model.ts'
import { leadsGroupOf, manages, offeredFrom, type Somebody, sees } from './seeing.ts'

/** What a request is about: a row, and where it is about a link both its ends. Undefined where there is none. */
export type Subject = {
  verb: string
  table: string
  row: Row
  link?: { row: Row | null; below: Row; above: Row }
}

/** The words of a link; a verb that asks for one of them is about the link, and not about what it leads up from. */
const OF_LINKS: readonly Relation[] = ['below', 'above', 'decides', 'offers']

/** Of what is offered, and not of what stands. */
const ONE_OFFERED: readonly Relation[] = ['decides', 'offers']

function isAboutLink(asked: readonly Relation[]): boolean {
  return asked.some((relation) => OF_LINKS.includes(relation))
}

/** The table that an id in the path of a verb stands in: `/v1/key-results/{id}/…` is about key_results. */
export function tableBefore({ path }: Operation, place: string): string {
  const parts = path.split('/')
  return (parts[parts.indexOf(place) - 1] ?? '').replaceAll('-', '_')
}

/** How somebody stands to a subject, worked out anew from DOMAIN.md's "who may" over plain rows. */
export function relationsTo(model: Model, me: Somebody, subject: Subject): Relation[] {
  return (Object.keys(STANDS) as Relation[]).filter((relation) => STANDS[relation](model, me, subject))
}

type Stands = (model: Model, me: Somebody, subject: Subject) => boolean

/** Every relation that a verb can ask for. One that is added does not compile until it is said here what it means. */
const STANDS: Record<Relation, Stands> = {
  self: (_, me, { table, row }) =>
    (table === 'people' ? row.id : table === 'changes' ? row.actor_id : row.person_id) === me.id,
  manager: (model, me, { table, row }) => table === 'people' && manages(model, me, row.id),
  // Of an Objective or a Key Result whoever wrote it has no more to say once it is published.
  author: (model, me, { row }) =>
    (row.author_id === me.id || explorationOf(model, row)?.author_id === me.id) &&
    !['published', 'postponed', 'closed', 'cancelled', 'discarded'].includes(String(row.state)),
  lead: (_, me, { row }) => row.lead_id === me.id,
  'group lead': (model, me, subject) => {
    const exploration = explorationOf(model, subject.row)
    if (exploration) return model.find('groups', exploration.group_id)?.lead_id === me.id
    const objective = objectiveOf(model, subject)
    return objective !== undefined && leadsGroupOf(model, me, objective)
  },
  'group member': (model, me, { row }) => {
    const groupId = explorationOf(model, row)?.group_id
    return groupId != null && isAmong(model.find('people', me.id)?.group_ids, groupId)
  },
  'company editor': (model, me, { table, row }) => {
    const { settings } = model.find('organizations', row.organization_id) as unknown as { settings: Settings }
    return table === 'objectives' && row.level === 'company' && isAmong(settings.companyEditorIds, me.id)
  },
  owner: (model, me, { row }) => (keyResultOf(model, row) ?? row).owner_id === me.id,
  'objective lead': (model, me, subject) =>
    subject.table !== 'objectives' && objectiveOf(model, subject)?.lead_id === me.id,
  contributor: (model, me, { row }) => isAmong((keyResultOf(model, row) ?? row).contributor_ids, me.id),
  delegate: (model, me, { verb, row }) =>
    row.delegate_id === me.id ||
    row.delegate_service_id === me.id ||
    // Whoever stands in for somebody who is away reports for them, and ends nothing.
    (verb === 'check-ins.make' &&
      model.rows('absences').some((one) => one.person_id === row.owner_id && one.delegate_id === me.id)),
  below: (model, me, { link }) => link !== undefined && speaksFor(model, me, link.below),
  above: (model, me, { link }) => link !== undefined && speaksFor(model, me, link.above),
  // The end that did not offer it decides, and the one that did takes it back.
  decides: (model, me, { link }) => !!link?.row && speaksFor(model, me, endOf(link, 'deciding')),
  offers: (model, me, { link }) => !!link?.row && speaksFor(model, me, endOf(link, 'offering')),
}

type Settings = { companyEditorIds?: string[] }

function isAmong(ids: unknown, id: unknown): boolean {
  return Array.isArray(ids) && ids.includes(id)
}

/** The exploration that a row is, or that a barrier belongs to. */
function explorationOf(model: Model, row: Row): Row | undefined {
  return model.find('explorations', row.exploration_id ?? row.id)
}

/** The Key Result that work is done for. */
function keyResultOf(model: Model, row: Row): Row | undefined {
  return model.find('key_results', row.key_result_id)
}

function objectiveOf(model: Model, { table, row }: Pick<Subject, 'table' | 'row'>): Row | undefined {
  return table === 'objectives' ? row : model.find('objectives', (keyResultOf(model, row) ?? row).objective_id)
}

function endOf({ row, below, above }: NonNullable<Subject['link']>, end: 'offering' | 'deciding'): Row {
  return (row?.offered_by === 'below') === (end === 'offering') ? below : above
}

/** Whoever leads an Objective, or its group; whoever owns a Key Result, or leads its Objective. */
function speaksFor(model: Model, me: Somebody, end: Row): boolean {
  const table = end.objective_id === undefined ? 'objectives' : 'key_results'
  const subject = { verb: '', table, row: end }
  return (['lead', 'group lead', 'owner', 'objective lead'] as const).some((one) => STANDS[one](model, me, subject))
}

/** What a draft of a request is about; undefined where it names nothing that is there. */
export function subjectOf(model: Model, me: Somebody, draft: Draft, asked: readonly Relation[]): Subject | undefined {
  const { name: verb, params } = draft.operation
  const [param] = params
  if (!param) return undefined
  if (param.name === 'ref') return byReference(model, me, draft)
  const table = tableBefore(draft.operation, `{${param.name}}`)
  const row = model.find(table, draft.params[param.name])
  if (!row || !leadsWhere(model, me, draft, row)) return undefined
  if (!isAboutLink(asked)) return { verb, table, row }
  const links = table === 'objectives' ? 'alignments' : 'contributions'
  const target = targetIn(draft)
  // What makes a link names its other end; what ends one takes the accepted one first; what decides on one, or
  // takes it back, the offered one.
  const offered = offeredFrom(model, links, row.id)[0]
  const accepted = model.rows(links).find((link) => link.from_id === row.id && link.state === 'accepted')
  const link =
    target !== undefined ? null : asked.some((one) => ONE_OFFERED.includes(one)) ? offered : (accepted ?? offered)
  const above = link === null ? meantBy(model, me, table, target) : model.find(table, link?.to_id)
  return link === undefined || !above ? undefined : { verb, table, row, link: { row: link, below: row, above } }
}

/** What a link is to lead to, as it is named. */
function targetIn({ body }: Draft): unknown {
  const { toObjectiveId, toKeyResultId } = (body ?? {}) as Record<string, unknown>
  return toObjectiveId ?? toKeyResultId
}

/** An Objective that is to align to a Key Result, which one sees, means that one's Objective. */
function meantBy(model: Model, me: Somebody, table: string, id: unknown): Row | undefined {
  const keyResult = table === 'objectives' ? model.find('key_results', id) : undefined
  if (!keyResult) return model.find(table, id)
  return sees(model, me, 'key_results', keyResult) ? model.find(table, keyResult.objective_id) : undefined
}

/**
 * Whether what a second id in the path names is there: what is to be pointed at; of what points there already the row
 * itself, by its own id, or by that of what it leads to, which one has to see.
 */
function leadsWhere(model: Model, me: Somebody, { operation, params }: Draft, { id }: Row): boolean {
  const [first, second] = operation.params
  if (!first || !second) return true
  const ends = tableBefore(operation, `{${first.name}}`)
  const [named, end] = [params[second.name], model.find(ends, params[second.name])]
  const isSeen = end !== undefined && sees(model, me, ends, end)
  if (operation.method !== 'DELETE') return isSeen
  return linksAt(model, operation, id).some((link) => link.id === named || (link.to_id === named && isSeen))
}

/** What leads on from a row, where a verb's path names a second one: `/v1/objectives/{id}/also-supports/{objectiveId}`. */
export function linksAt(model: Model, operation: Operation, id: string): Row[] {
  const [, second] = operation.params
  return second ? model.rows(tableBefore(operation, `{${second.name}}`)).filter((link) => link.from_id === id) : []
}

/** What somebody does not see bears no reference for them. */
function byReference(model: Model, me: Somebody, { operation, params, body }: Draft): Subject | undefined {
  const found = model
    .rows('key_results')
    .find((row) => row.external_ref === params.ref && sees(model, me, 'key_results', row))
  const verb = operation.name
  if (found) return { verb, table: 'key_results', row: found }
  const home = model.find('objectives', (body as { objectiveId?: string }).objectiveId)
  return home && { verb, table: 'objectives', row: home }
}

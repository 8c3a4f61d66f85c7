import type { Relation } from '#operations/access.ts'
import type { Operation } from '../caller/document.ts'
import type { Draft } from '../caller/request.ts'
import type { Model, Row } from './model.ts'
import { leadsGroupOf, offeredFrom, type Somebody, sees } from './seeing.ts'

/** What a request is about: a row, and where it is about a link both its ends. Undefined where there is none. */
export type Subject = { table: string; row: Row; link?: { row: Row | null; below: Row; above: Row } }

/** The words of a link; a verb that asks for one of them is about the link, and not about what it leads up from. */
const OF_LINKS: readonly Relation[] = ['below', 'above', 'decides', 'offers']

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
  manager: (_, me, { table, row }) => table === 'people' && row.manager_id === me.id,
  // Whoever wrote it has no more to say once it is published.
  author: (_, me, { row }) => row.author_id === me.id && (row.state === undefined || row.state === 'draft'),
  lead: (_, me, { row }) => row.lead_id === me.id,
  'group lead': (model, me, { table, row }) => {
    const objective = table === 'objectives' ? row : model.find('objectives', row.objective_id)
    return objective !== undefined && leadsGroupOf(model, me, objective)
  },
  owner: (_, me, { row }) => row.owner_id === me.id,
  'objective lead': (model, me, { row }) => model.find('objectives', row.objective_id)?.lead_id === me.id,
  below: (model, me, { link }) => link !== undefined && speaksFor(model, me, link.below),
  above: (model, me, { link }) => link !== undefined && speaksFor(model, me, link.above),
  decides: (model, me, { link }) => {
    if (!link?.row) return false
    // The end that did not offer it decides.
    return speaksFor(model, me, link.row.offered_by === 'below' ? link.above : link.below)
  },
  offers: (model, me, { link }) => {
    if (!link?.row) return false
    return speaksFor(model, me, link.row.offered_by === 'below' ? link.below : link.above)
  },
  delegate: (_, me, { row }) => row.delegate_id === me.id || row.delegate_service_id === me.id,
  contributor: (_, me, { row }) => Array.isArray(row.contributor_ids) && row.contributor_ids.includes(me.id),
  'group member': (model, me, { row }) => {
    const groups = model.find('people', me.id)?.group_ids
    return Array.isArray(groups) && groups.includes(row.group_id)
  },
  // Whom the settings name is nobody here: the suite leaves them as they are.
  'company editor': () => false,
}

/** Whoever leads an Objective, or its group; whoever owns a Key Result, or leads its Objective. */
function speaksFor(model: Model, me: Somebody, end: Row): boolean {
  const table = end.objective_id === undefined ? 'objectives' : 'key_results'
  const subject = { table, row: end }
  return (['lead', 'group lead', 'owner', 'objective lead'] as const).some((one) => STANDS[one](model, me, subject))
}

/** What a draft of a request is about; undefined where it names nothing that is there. */
export function subjectOf(model: Model, me: Somebody, draft: Draft, asked: readonly Relation[]): Subject | undefined {
  const [param] = draft.operation.params
  if (!param) return undefined
  if (param.name === 'ref') return byReference(model, me, draft)
  const table = tableBefore(draft.operation, `{${param.name}}`)
  const row = model.find(table, draft.params[param.name])
  if (!row || !isAboutLink(asked)) return row && { table, row }
  const links = table === 'objectives' ? 'alignments' : 'contributions'
  const target = (draft.body as Record<string, unknown> | undefined)?.[
    table === 'objectives' ? 'toObjectiveId' : 'toKeyResultId'
  ]
  // What makes a link names its other end; what ends one takes the accepted one first; what decides takes the offered one.
  const offered = offeredFrom(model, links, row.id)[0]
  const accepted = model.rows(links).find((link) => link.from_id === row.id && link.state === 'accepted')
  const link = target !== undefined ? null : asked.includes('decides') ? offered : (accepted ?? offered)
  const above = model.find(table, link === null ? target : link?.to_id)
  return link === undefined || !above ? undefined : { table, row, link: { row: link, below: row, above } }
}

/** What somebody does not see bears no reference for them. */
function byReference(model: Model, me: Somebody, { params, body }: Draft): Subject | undefined {
  const found = model
    .rows('key_results')
    .find((row) => row.external_ref === params.ref && sees(model, me, 'key_results', row))
  if (found) return { table: 'key_results', row: found }
  const home = model.find('objectives', (body as { objectiveId?: string }).objectiveId)
  return home && { table: 'objectives', row: home }
}

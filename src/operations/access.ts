import type { Actor } from '#domain/actor.ts'
import type { OperationName } from './declared/catalogue.ts'

/** How a caller stands to what an operation is about. Worked out on the loaded object, never from the request. */
export type Relation =
  | 'self'
  | 'manager'
  | 'author'
  | 'lead'
  | 'group lead'
  | 'company editor'
  | 'owner'
  | 'objective lead'
  | 'below'
  | 'above'
  | 'decides'
  | 'delegate'
  | 'offers'
  | 'contributor'
  | 'group member'

/** `any`: whoever has the role. A list: whoever has the role and stands so. `on behalf`: any, and it shows as such. */
type Cell = 'any' | 'none' | 'on behalf' | readonly Relation[]

type Row = { administrator: Cell; member: Cell; guest: Cell }

const everyone: Row = { administrator: 'any', member: 'any', guest: 'any' }
const members: Row = { administrator: 'any', member: 'any', guest: 'none' }
const administrators: Row = { administrator: 'any', member: 'none', guest: 'none' }
const editsObjective: Row = {
  administrator: 'any',
  member: ['lead', 'group lead', 'company editor', 'author'],
  guest: 'none',
}
const runsObjective: Row = { administrator: 'any', member: ['lead', 'group lead', 'company editor'], guest: 'none' }
const editsKeyResult: Row = {
  administrator: 'any',
  member: ['owner', 'objective lead', 'group lead', 'author'],
  guest: 'none',
}
const runsKeyResult: Row = { administrator: 'any', member: ['owner', 'objective lead', 'group lead'], guest: 'none' }
const runsKpi: Row = { administrator: 'on behalf', member: ['owner'], guest: 'none' }
const editsInitiative: Row = {
  administrator: 'any',
  member: ['lead', 'owner', 'objective lead', 'group lead'],
  guest: 'none',
}
const explores: Row = { administrator: 'any', member: ['author', 'group lead', 'group member'], guest: 'none' }
const eitherEnd: Row = { administrator: 'on behalf', member: ['below', 'above'], guest: 'none' }
/** Whoever offered a link takes the offer back. */
const offeringEnd: Row = { administrator: 'on behalf', member: ['offers'], guest: 'none' }
const otherEnd: Row = { administrator: 'on behalf', member: ['decides'], guest: 'none' }

/**
 * Operation × role × relation: the single source of enforcement and of the tests. What a caller cannot see is not found
 * before this is asked. An operation without a row does not compile.
 */
export const ACCESS: Record<OperationName, Row> = {
  'me.show': everyone,
  'organizations.list': everyone,
  'organizations.show': everyone,
  'organizations.create': { administrator: 'any', member: 'any', guest: 'any' },
  'organizations.edit': administrators,
  'organizations.set-up': everyone,
  'organizations.settings': everyone,
  'organizations.edit-settings': administrators,
  'rules.list': everyone,
  'people.list': everyone,
  'people.show': everyone,
  'people.create': administrators,
  'people.edit': administrators,
  'people.leave': administrators,
  'people.return': administrators,
  'people.hand-over': { administrator: 'any', member: ['self'], guest: 'none' },
  'people.announce-absence': { administrator: 'any', member: ['self', 'manager'], guest: 'none' },
  'people.end-absence': { administrator: 'any', member: ['self', 'manager'], guest: 'none' },
  'people.sign-in-link': administrators,
  'people.line-of-sight': everyone,
  'groups.list': everyone,
  'groups.show': everyone,
  'groups.create': administrators,
  'groups.edit': { administrator: 'any', member: ['lead'], guest: 'none' },
  'groups.findings': everyone,
  'cycles.list': everyone,
  'cycles.show': everyone,
  'cycles.create': administrators,
  'cycles.edit': administrators,
  'objectives.list': everyone,
  'objectives.show': everyone,
  'objectives.findings': everyone,
  'objectives.create': members,
  'objectives.edit': editsObjective,
  'objectives.publish': runsObjective,
  'objectives.close': runsObjective,
  'objectives.reopen': runsObjective,
  'objectives.postpone': runsObjective,
  'objectives.resume': runsObjective,
  'objectives.cancel': runsObjective,
  'objectives.discard': editsObjective,
  'objectives.suggested-scores': everyone,
  'objectives.hand-over': runsObjective,
  'objectives.turn-into-key-result': editsObjective,
  'objectives.alignments': everyone,
  'objectives.align': eitherEnd,
  'objectives.accept-alignment': otherEnd,
  'objectives.decline-alignment': otherEnd,
  'objectives.end-alignment': eitherEnd,
  'objectives.withdraw-alignment': offeringEnd,
  'objectives.also-supports': everyone,
  'objectives.also-support': editsObjective,
  'objectives.end-also-support': editsObjective,
  'key-results.list': everyone,
  'key-results.show': everyone,
  'key-results.create': editsObjective,
  'key-results.edit': editsKeyResult,
  'key-results.by-ref': {
    administrator: 'any',
    // Where nothing bears the reference yet, it is asked of the Objective: its lead, and not only the Key Result's.
    member: ['owner', 'objective lead', 'group lead', 'author', 'lead'],
    guest: 'none',
  },
  'key-results.line-of-sight': everyone,
  'key-results.override-status': runsKeyResult,
  'key-results.lift-status-override': runsKeyResult,
  'key-results.publish': runsKeyResult,
  'key-results.close': runsKeyResult,
  'key-results.reopen': runsKeyResult,
  'key-results.postpone': runsKeyResult,
  'key-results.resume': runsKeyResult,
  'key-results.cancel': runsKeyResult,
  'key-results.discard': editsKeyResult,
  'key-results.suggested-score': everyone,
  'key-results.hand-over': runsKeyResult,
  'key-results.name-delegate': { administrator: 'any', member: ['owner'], guest: 'none' },
  'key-results.end-delegation': { administrator: 'any', member: ['owner', 'delegate'], guest: 'none' },
  'key-results.contributions': everyone,
  'key-results.contribute': eitherEnd,
  'key-results.accept-contribution': otherEnd,
  'key-results.decline-contribution': otherEnd,
  'key-results.end-contribution': eitherEnd,
  'key-results.withdraw-contribution': offeringEnd,
  'initiatives.list': everyone,
  'initiatives.show': everyone,
  'initiatives.create': {
    administrator: 'any',
    member: ['owner', 'contributor', 'objective lead', 'group lead'],
    guest: 'none',
  },
  'initiatives.edit': editsInitiative,
  'initiatives.start': editsInitiative,
  'initiatives.finish': editsInitiative,
  'initiatives.drop': editsInitiative,
  'initiatives.reopen': editsInitiative,
  'explorations.list': everyone,
  'explorations.show': everyone,
  'explorations.open': members,
  'explorations.draft': explores,
  'barriers.add': members,
  'barriers.reword': explores,
  'barriers.remove': explores,
  'check-ins.make': { administrator: 'on behalf', member: ['owner', 'delegate'], guest: 'none' },
  'check-ins.list': everyone,
  'check-ins.show': everyone,
  'objectives.comment': members,
  'objectives.comments': everyone,
  'key-results.comment': members,
  'key-results.comments': everyone,
  'check-ins.comment': members,
  'check-ins.comments': everyone,
  'comments.show': everyone,
  'comments.edit': { administrator: ['author'], member: ['author'], guest: 'none' },
  'comments.delete': { administrator: 'any', member: ['author'], guest: 'none' },
  'kpis.list': everyone,
  'kpis.show': everyone,
  'kpis.create': members,
  'kpis.edit': runsKpi,
  'kpis.archive': runsKpi,
  'kpis.restore': runsKpi,
  'kpis.report': runsKpi,
  'kpis.values': everyone,
  'search.find': everyone,
  'changes.make': members,
  'changes.undo': { administrator: 'any', member: ['self'], guest: 'none' },
  'activity.list': everyone,
  'api-keys.list': everyone,
  'api-keys.create': members,
  'api-keys.revoke': { administrator: 'any', member: ['self'], guest: 'none' },
  'imports.cascade': administrators,
}

export type Verdict = 'yes' | 'on behalf' | 'no'

/** Whether an actor who stands so to the object may do this. */
export function may(operation: OperationName, actor: Pick<Actor, 'role'>, relations: readonly Relation[]): Verdict {
  const row = ACCESS[operation]
  const cell = row[actor.role]
  if (cell === 'any') return 'yes'
  if (cell === 'none') return 'no'
  if (cell !== 'on behalf') return cell.some((relation) => relations.includes(relation)) ? 'yes' : 'no'
  const asThemselves = Array.isArray(row.member) && row.member.some((relation) => relations.includes(relation))
  return asThemselves ? 'yes' : 'on behalf'
}

import { actorId } from '#domain/actor.ts'
import type { Planned, Ref } from '#domain/cascade-plan.ts'
import type { AlignmentId, CycleId, InitiativeId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { cycleLike, type Referred } from '#store/imports.ts'
import { insertAll } from '#store/rows.ts'
import { type Owners, ownersFor } from './import-owners.ts'
import type { WriteContext } from './operation.ts'

type CycleWords = { name: string; startsOn: string; endsOn: string }

type Terms = {
  cycle: CycleWords
  known: ReadonlyMap<Ref, Referred>
  externalRef: (ref: Ref) => string
  dryRun: boolean
}

type PlannedObjective = Extract<Planned, { becomes: 'objective' }>
type PlannedKeyResult = Extract<Planned, { becomes: 'key-result' }>
type PlannedInitiative = Extract<Planned, { becomes: 'initiative' }>

/** What came in beside Objectives, Key Results and Initiatives, and by which id each place of the plan is known. */
export type Brought = {
  cycle: CycleWords & { id: CycleId | null }
  made: { alignments: number; people: number; groups: number; cycles: number }
  idOf(ref: Ref): string | null
}

/**
 * Writes what was planned, as published: nobody is asked, since whoever published it has decided. A link that the file
 * shows is accepted by having been made.
 */
export async function bringIn(context: WriteContext, planned: readonly Planned[], terms: Terms): Promise<Brought> {
  const objectives = planned.filter((one) => one.becomes === 'objective')
  const keyResults = planned.filter((one) => one.becomes === 'key-result')
  const initiatives = planned.filter((one) => one.becomes === 'initiative')
  const all = [...objectives, ...keyResults, ...initiatives]
  const owners = await ownersFor(
    context,
    all.map((one) => one.owner),
  )
  const there = await cycleLike(context.tx, terms.cycle)
  const cycleId = there?.id ?? context.newId<CycleId>()
  const anew = there === undefined && objectives.length + keyResults.length > 0
  const ids = new Map<Ref, string>([...terms.known].map(([ref, one]) => [ref, one.id]))
  if (!terms.dryRun) for (const one of all) ids.set(one.ref, context.newId())
  const alignments = objectives.filter((one) => one.alignsTo !== null)
  if (!terms.dryRun) {
    await insertAll(context.tx, 'people', owners.people)
    await insertAll(context.tx, 'groups', owners.groups)
    if (anew)
      await insertAll(context.tx, 'cycles', [{ ...terms.cycle, id: cycleId, parentId: null, externalRef: null }])
    const placed = { ...terms, cycleId, ids, owners }
    await insertAll(
      context.tx,
      'objectives',
      objectives.map((one) => objectiveRow(context, one, placed)),
    )
    await insertAll(
      context.tx,
      'keyResults',
      keyResults.map((one) => keyResultRow(context, one, placed)),
    )
    await insertAll(
      context.tx,
      'initiatives',
      initiatives.map((one) => initiativeRow(context, one, placed)),
    )
    await insertAll(
      context.tx,
      'alignments',
      alignments.map((one) => alignmentRow(context, one, placed)),
    )
    context.moves(
      keyResults.map((one) => idIn<KeyResultId>(ids, one.ref)),
      objectives.map((one) => idIn<ObjectiveId>(ids, one.ref)),
    )
  }
  return {
    cycle: { ...terms.cycle, id: anew && terms.dryRun ? null : (there?.id ?? (anew ? cycleId : null)) },
    made: {
      alignments: alignments.length,
      people: owners.people.length,
      groups: owners.groups.length,
      cycles: anew ? 1 : 0,
    },
    idOf: (ref) => ids.get(ref) ?? null,
  }
}

type Placed = Terms & { cycleId: CycleId; ids: ReadonlyMap<Ref, string>; owners: Owners }

function objectiveRow(
  { tx, actor, today }: WriteContext,
  one: PlannedObjective,
  { cycleId, ids, owners, externalRef }: Placed,
) {
  const { personId, groupId, interim } = owners.of(one.owner)
  return {
    id: idIn<ObjectiveId>(ids, one.ref),
    title: one.nodeId === null ? WITHOUT_OBJECTIVE : one.text,
    why: null,
    level: one.level,
    groupId: one.level === 'group' ? groupId : null,
    leadId: personId,
    leadInterim: interim,
    authorId: actorId(actor) as PersonId,
    cycleId,
    state: 'published' as const,
    publishedOn: today,
    publishedUnderId: one.publishedUnder === null ? null : idIn<KeyResultId>(ids, one.publishedUnder),
    externalRef: externalRef(one.ref),
    createdAt: tx.now,
  }
}

/** Part of what is stored, like the texts of the file: whoever leads it rewords it. */
export const WITHOUT_OBJECTIVE = 'Published without an Objective'

function keyResultRow(
  { tx, actor, today }: WriteContext,
  one: PlannedKeyResult,
  { cycle, ids, owners, externalRef }: Placed,
) {
  const { personId: ownerId, interim } = owners.of(one.owner)
  return {
    id: idIn<KeyResultId>(ids, one.ref),
    objectiveId: idIn<ObjectiveId>(ids, one.objective),
    title: one.text,
    ownerId,
    interim,
    authorId: actorId(actor) as PersonId,
    startsOn: cycle.startsOn,
    deadline: cycle.endsOn,
    measureKind: null,
    startValue: null,
    targetValue: null,
    unit: null,
    evidence: null,
    state: 'published' as const,
    publishedOn: today,
    conforms: one.conforms,
    lenient: one.lenient,
    externalRef: externalRef(one.ref),
    createdAt: tx.now,
  }
}

function initiativeRow({ tx, actor }: WriteContext, one: PlannedInitiative, { ids, owners, externalRef }: Placed) {
  return {
    id: idIn<InitiativeId>(ids, one.ref),
    keyResultId: idIn<KeyResultId>(ids, one.keyResult),
    title: one.text,
    note: null,
    leadId: owners.of(one.owner).personId,
    authorId: actorId(actor),
    dueOn: null,
    externalRef: externalRef(one.ref),
    createdAt: tx.now,
  }
}

function alignmentRow(context: WriteContext, one: PlannedObjective, { ids, owners }: Placed) {
  const { tx, actor } = context
  return {
    id: context.newId<AlignmentId>(),
    fromId: idIn<ObjectiveId>(ids, one.ref),
    toId: idIn<ObjectiveId>(ids, one.alignsTo as Ref),
    statement: null,
    accountableId: owners.of(one.owner).personId,
    state: 'accepted' as const,
    offeredBy: 'below' as const,
    offeredById: actor.personId,
    reason: null,
    offeredAt: tx.now,
    decidedAt: tx.now,
    endedAt: null,
  }
}

function idIn<Id extends string>(ids: ReadonlyMap<Ref, string>, ref: Ref): Id {
  return ids.get(ref) as Id
}

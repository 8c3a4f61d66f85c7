import { type Selectable, sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import { type Decimal, ratioUnits, units } from '#domain/decimal.ts'
import type { BarrierId, CheckInId, CycleId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { type By, isMetric, type Measure } from '#domain/measure.ts'
import type { Contributor, Figures, State } from '#domain/roll-up.ts'
import type { KeyResultRow } from './database.ts'
import type { Contribution } from './links.ts'
import { anyOf } from './named.ts'
import { pageStillSeen } from './past.ts'
import type { Page, Tx } from './store.ts'
import { sees, seesKeyResult } from './visible.ts'

export type KeyResult = Selectable<KeyResultRow>

export type KeyResultWithFigures = KeyResult & {
  /** Start and target as they hold: a baseline's are known once its first value was reported. */
  startHolds: string | null
  targetHolds: string | null
  /** The latest moment of a report that stands. */
  reportedAt: string | null
  own: string | null
  current: string | null
  numerator: string | null
  denominator: string | null
  progress: string | null
  confidence: number | null
  checkInId: CheckInId | null
  measuredOn: string | null
}

export type KeyResultFilter = {
  objectiveId?: ObjectiveId | undefined
  objectiveIds?: readonly ObjectiveId[] | undefined
  ownerId?: PersonId | undefined
  delegateId?: PersonId | undefined
  interim?: boolean | undefined
  cycleId?: CycleId | undefined
  contributesToId?: KeyResultId | undefined
  state?: State | undefined
  states?: readonly State[] | undefined
  externalRef?: string | undefined
  ids?: readonly KeyResultId[] | undefined
}

const FIGURES = [
  'v.own',
  'v.current',
  'v.numerator',
  'v.denominator',
  'v.progress',
  'v.confidence',
  'v.checkInId',
  'v.measuredOn',
  'v.startValue as startHolds',
  'v.targetValue as targetHolds',
  'v.reportedAt',
] as const

/** One that the actor sees, or undefined: absent and out of sight are the same. */
export async function findKeyResult(
  tx: Tx,
  actor: Actor | null,
  id: KeyResultId,
): Promise<KeyResultWithFigures | undefined> {
  return (await listKeyResults(tx, actor, { ids: [id] }, { limit: 1 }))[0]
}

/** A page of those that the actor sees, by id. */
export async function listKeyResults(
  tx: Tx,
  actor: Actor | null,
  filter: KeyResultFilter,
  page: Page,
): Promise<KeyResultWithFigures[]> {
  let query = tx.db
    .selectFrom('keyResults as k')
    .innerJoin('objectives as o', (join) =>
      join.onRef('o.organizationId', '=', 'k.organizationId').onRef('o.id', '=', 'k.objectiveId'),
    )
    .leftJoin('keyResultValues as v', (join) =>
      join.onRef('v.organizationId', '=', 'k.organizationId').onRef('v.keyResultId', '=', 'k.id'),
    )
    .selectAll('k')
    .select(FIGURES)
    .where('k.organizationId', '=', tx.organizationId)
    .where(sees(actor))
    .where(seesKeyResult(actor))
    .orderBy('k.id')
  if (filter.ids) query = query.where('k.id', '=', anyOf(filter.ids))
  if (filter.objectiveId) query = query.where('k.objectiveId', '=', filter.objectiveId)
  if (filter.objectiveIds) query = query.where('k.objectiveId', '=', anyOf(filter.objectiveIds))
  if (filter.states) query = query.where('k.state', 'in', filter.states)
  if (filter.ownerId) query = query.where('k.ownerId', '=', filter.ownerId)
  if (filter.delegateId) query = query.where('k.delegateId', '=', filter.delegateId)
  // Words, not values: a plan that is kept finds them by their own index.
  if (filter.interim !== undefined)
    query = query.where(filter.interim ? sql<boolean>`k.interim` : sql<boolean>`not k.interim`)
  if (filter.cycleId) query = query.where('o.cycleId', '=', filter.cycleId)
  if (filter.state) query = query.where('k.state', '=', filter.state)
  if (filter.externalRef) query = query.where('k.externalRef', '=', filter.externalRef)
  if (filter.contributesToId)
    query = query.where(sql<boolean>`exists (select from contributions l
    join key_results t on t.organization_id = l.organization_id and t.id = l.to_id
    join objectives p on p.organization_id = t.organization_id and p.id = t.objective_id and ${sees(actor, 'p')}
    where l.organization_id = k.organization_id and l.from_id = k.id and l.to_id = ${filter.contributesToId} and l.state = 'accepted')`)
  const read = ({ after, limit }: Page) =>
    (after ? query.where('k.id', '>', after as KeyResultId) : query).limit(limit).execute()
  if (actor === null) return await read(page)
  return await pageStillSeen(
    tx,
    page,
    read,
    ({ id }) => id,
    (now, ids) => keyResultsSeen(now, actor, ids),
  )
}

/** Of these ids, those of Key Results that the actor sees. */
export async function keyResultsSeen(tx: Tx, actor: Actor, ids: readonly KeyResultId[]): Promise<Set<KeyResultId>> {
  if (ids.length === 0) return new Set()
  return new Set((await listKeyResults(tx, actor, { ids }, { limit: ids.length })).map((row) => row.id))
}

/** Key Results by id with their figures, whoever asks: for arithmetic and rules, never for an answer. */
export async function loadKeyResults(
  tx: Tx,
  ids: readonly KeyResultId[],
): Promise<Map<KeyResultId, KeyResultWithFigures>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('keyResults as k')
    .leftJoin('keyResultValues as v', (join) =>
      join.onRef('v.organizationId', '=', 'k.organizationId').onRef('v.keyResultId', '=', 'k.id'),
    )
    .selectAll('k')
    .select(FIGURES)
    .where('k.organizationId', '=', tx.organizationId)
    .where('k.id', '=', anyOf(ids))
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Those of these Objectives that are published or closed, with their figures, whoever asks: what their means are of. */
export async function keyResultsUnder(tx: Tx, objectiveIds: readonly ObjectiveId[]): Promise<KeyResultWithFigures[]> {
  if (objectiveIds.length === 0) return []
  return await tx.db
    .selectFrom('keyResults as k')
    .leftJoin('keyResultValues as v', (join) =>
      join.onRef('v.organizationId', '=', 'k.organizationId').onRef('v.keyResultId', '=', 'k.id'),
    )
    .selectAll('k')
    .select(FIGURES)
    .where('k.organizationId', '=', tx.organizationId)
    .where('k.objectiveId', '=', anyOf(objectiveIds))
    .where('k.state', 'in', ['published', 'closed'])
    .orderBy('k.id')
    .execute()
}

export type MeasureColumn =
  | 'measureKind'
  | 'startValue'
  | 'baseline'
  | 'targetValue'
  | 'byPercent'
  | 'byAmount'
  | 'unit'
  | 'phases'
  | 'atLeast'
  | 'atMost'
  | 'evidence'
  | 'steps'

type MeasureColumns = Pick<KeyResult, MeasureColumn>

/** The measure as it was entered, out of its columns. */
export function measureOf(row: MeasureColumns): Measure | null {
  const exact = (text: string | null) => text as Decimal | null
  switch (row.measureKind) {
    case null:
      return null
    case 'milestone':
      return { kind: 'milestone', evidence: row.evidence, steps: row.steps }
    case 'maintain':
      return { kind: 'maintain', atLeast: exact(row.atLeast), atMost: exact(row.atMost), unit: row.unit }
    default:
      return {
        kind: row.measureKind,
        start: exact(row.startValue),
        baseline: row.baseline,
        target: exact(row.targetValue),
        by: byOf(row),
        unit: row.unit,
        phases: row.phases,
      }
  }
}

function byOf({ byPercent, byAmount }: Pick<KeyResult, 'byPercent' | 'byAmount'>): By | null {
  if (byPercent !== null) return { percent: byPercent as Decimal }
  return byAmount === null ? null : { amount: byAmount as Decimal }
}

/** The measure as it holds: with the start that a baseline has by now, and the target that follows from it. */
export function holdingMeasureOf(row: KeyResultWithFigures): Measure | null {
  const measure = measureOf(row)
  if (!isMetric(measure) || !measure.baseline) return measure
  const [start, target] = [row.startHolds, row.targetHolds] as [Decimal | null, Decimal | null]
  return { ...measure, start, target, baseline: false, by: null }
}

export function columnsOf(measure: Measure | null): MeasureColumns {
  if (measure === null) return UNMEASURED
  if (measure.kind === 'milestone')
    return { ...UNMEASURED, measureKind: 'milestone', evidence: measure.evidence, steps: measure.steps }
  const { kind: measureKind, unit } = measure
  if (measure.kind === 'maintain')
    return { ...UNMEASURED, measureKind, unit, atLeast: measure.atLeast, atMost: measure.atMost }
  const { start: startValue, baseline, target: targetValue, by, phases } = measure
  return {
    ...UNMEASURED,
    ...{ measureKind, unit, startValue, baseline, targetValue },
    byPercent: by && 'percent' in by ? by.percent : null,
    byAmount: by && 'amount' in by ? by.amount : null,
    phases,
  }
}

const UNMEASURED: MeasureColumns = {
  measureKind: null,
  startValue: null,
  baseline: false,
  targetValue: null,
  byPercent: null,
  byAmount: null,
  unit: null,
  phases: [],
  atLeast: null,
  atMost: null,
  evidence: null,
  steps: [],
}

/** A child with the terms of its link, as the roll-up takes it. */
export function contributorOf(
  row: KeyResultWithFigures,
  link: Pick<Contribution, 'rollUp' | 'share' | 'weight'>,
): Contributor {
  return {
    ...figuresOf(row),
    measure: holdingMeasureOf(row),
    state: row.state,
    conforms: row.conforms,
    rollUp: link.rollUp,
    share: link.share === null ? null : units(link.share),
    weight: units(link.weight),
  }
}

function figuresOf(row: KeyResultWithFigures): Figures {
  const known = row.numerator !== null && row.denominator !== null
  return {
    current: row.current === null ? null : units(row.current),
    progress: row.progress === null ? null : ratioUnits(row.progress),
    fraction: known
      ? { numerator: units(row.numerator as string), denominator: units(row.denominator as string) }
      : null,
  }
}

export type StatusOverride = Pick<
  KeyResult,
  'statusOverride' | 'statusOverrideReason' | 'statusOverrideById' | 'statusOverrideAt'
>

/** Those of an Objective in these states, by id. */
export async function keyResultsIn(tx: Tx, objectiveId: ObjectiveId, states: readonly State[]): Promise<KeyResult[]> {
  return await tx.db
    .selectFrom('keyResults')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('objectiveId', '=', objectiveId)
    .where('state', '=', sql<State>`any(${[...states]}::text[])`)
    .orderBy('id')
    .execute()
}

/** Those that say they show the fall of a barrier, by id, whoever asks and whatever their state. */
export async function keyResultsNaming(tx: Tx, barrierId: BarrierId): Promise<KeyResult[]> {
  return await tx.db
    .selectFrom('keyResults')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('barrierId', '=', barrierId)
    .orderBy('id')
    .execute()
}

/** A Key Result is taken back whole: its figures go with it. */
export async function forgetFigures(tx: Tx, id: KeyResultId): Promise<void> {
  await tx.db
    .deleteFrom('keyResultValues')
    .where('organizationId', '=', tx.organizationId)
    .where('keyResultId', '=', id)
    .execute()
}

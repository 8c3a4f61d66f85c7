import type { Generated } from 'kysely'
import type { Role, Scope } from '#domain/actor.ts'
import type { End, LinkState } from '#domain/contribution.ts'
import type {
  AbsenceId,
  AlignmentId,
  AlsoSupportsId,
  ApiKeyId,
  BarrierId,
  ChangeId,
  CheckInId,
  CommentId,
  ContributionId,
  CycleId,
  ExplorationId,
  GroupId,
  InitiativeId,
  KeyResultId,
  KpiId,
  KpiValueId,
  ObjectiveId,
  OrganizationId,
  PersonId,
  ServiceId,
} from '#domain/id.ts'
import type { InitiativeState, WebLink } from '#domain/initiative.ts'
import type { Phase, Step } from '#domain/measure.ts'
import type { Ambition, Level, Visibility } from '#domain/objective.ts'
import type { RollUp, State } from '#domain/roll-up.ts'

/** The tables as rows come and go: days and instants as ISO text, numerics as text. Columns are the snake_case twins. */
export type Database = {
  organizations: OrganizationRow
  accountPeople: { accountId: string; organizationId: OrganizationId; personId: PersonId }
  oneTimeLinks: OneTimeLinkRow
  tries: { key: Buffer; triedAt: string[] }
  people: PersonRow
  absences: AbsenceRow
  groups: GroupRow
  cycles: CycleRow
  objectives: ObjectiveRow
  keyResults: KeyResultRow
  alignments: AlignmentRow
  contributions: ContributionRow
  comments: CommentRow
  kpis: KpiRow
  kpiValues: KpiValueRow
  alsoSupports: AlsoSupportsRow
  initiatives: InitiativeRow
  explorations: ExplorationRow
  barriers: BarrierRow
  checkIns: CheckInRow
  keyResultValues: KeyResultValueRow
  objectiveValues: {
    organizationId: OrganizationId
    objectiveId: ObjectiveId
    progress: string | null
    movedOn: string | null
  }
  changes: ChangeRow
  changeEntries: ChangeEntryRow
  outbox: OutboxRow
  audit: Omit<OutboxRow, 'mark'> & { position: number }
  seals: { organizationId: OrganizationId; number: number; firstPosition: number; lastPosition: number; hash: Buffer }
  idempotency: IdempotencyRow
  services: ServiceRow
  apiKeys: ApiKeyRow
}

export type OrganizationRow = {
  id: OrganizationId
  name: string
  timeZone: string
  firstDayOfWeek: Generated<number>
  languages: Generated<string[]>
  sample: Generated<boolean>
  /** What differs from the defaults. */
  settings: Generated<Record<string, unknown>>
  /** The day that the figures stand for. */
  reckonedOn: Generated<string>
  /** The earliest day on which somebody leaves whose things have not passed on yet. */
  leavesOn: string | null
  createdAt: string
  version: Generated<number>
}

export type OneTimeLinkRow = {
  tokenHash: Buffer
  purpose: 'set-up' | 'sign-in'
  organizationId: OrganizationId | null
  personId: PersonId | null
  createdAt: string
  expiresAt: string
  usedAt: string | null
}

type Versioned = { organizationId: OrganizationId; version: Generated<number> }

export type PersonRow = Versioned & {
  id: PersonId
  name: string
  email: string | null
  role: Generated<Role>
  managerId: PersonId | null
  groupIds: Generated<GroupId[]>
  grade: string | null
  site: string | null
  timeZone: string | null
  locale: string | null
  joinedOn: string | null
  leftOn: string | null
  externalRef: string | null
  /** Their last day is over, and what they held has passed to others. */
  hasLeft: Generated<boolean>
}

export type AbsenceRow = Versioned & {
  id: AbsenceId
  personId: PersonId
  startsOn: string
  endsOn: string
  delegateId: PersonId | null
}

export type GroupRow = Versioned & {
  id: GroupId
  name: string
  parentId: GroupId | null
  leadId: PersonId | null
  externalRef: string | null
  leadInterim: Generated<boolean>
}

export type CycleRow = Versioned & {
  id: CycleId
  name: string
  startsOn: string
  endsOn: string
  parentId: CycleId | null
  cadence: Generated<CadenceJson | null>
  externalRef: string | null
}

export type ObjectiveRow = Versioned & {
  id: ObjectiveId
  title: string
  why: string | null
  level: Level
  groupId: GroupId | null
  leadId: PersonId
  authorId: PersonId | null
  cycleId: CycleId
  ambition: Generated<Ambition>
  visibility: Generated<Visibility>
  viewerIds: Generated<PersonId[]>
  state: Generated<State>
  conforms: Generated<boolean>
  publishedUnderId: KeyResultId | null
  /** False: private, and nothing of it counts towards what others see. */
  counts: Generated<boolean>
  publishedOn: string | null
  closedOn: string | null
  score: string | null
  scoreNote: string | null
  /** What it sets out to improve. */
  kpiId: KpiId | null
  externalRef: string | null
  createdAt: string
  leadInterim: Generated<boolean>
}

export type CadenceJson = { every: 'week' | 'two-weeks' | 'four-weeks' | 'month'; dueOn: number }

export type KeyResultRow = Versioned & {
  id: KeyResultId
  objectiveId: ObjectiveId
  title: string
  ownerId: PersonId
  authorId: PersonId | null
  contributorIds: Generated<PersonId[]>
  startsOn: string | null
  deadline: string | null
  weight: Generated<string>
  kept: Generated<string>
  ambition: Generated<Ambition>
  measureKind: 'increase' | 'decrease' | 'maintain' | 'milestone' | null
  startValue: string | null
  baseline: Generated<boolean>
  targetValue: string | null
  byPercent: string | null
  byAmount: string | null
  phases: Generated<readonly Phase[]>
  atLeast: string | null
  atMost: string | null
  unit: string | null
  evidence: string | null
  steps: Generated<readonly Step[]>
  state: Generated<State>
  conforms: Generated<boolean>
  /** Published while a wall of its was turned into a warning. */
  lenient: Generated<boolean>
  publishedOn: string | null
  closedOn: string | null
  score: string | null
  scoreNote: string | null
  statusOverride: string | null
  statusOverrideReason: string | null
  statusOverrideById: PersonId | null
  statusOverrideAt: string | null
  cadence: Generated<CadenceJson | null>
  externalRef: string | null
  createdAt: string
  interim: Generated<boolean>
  delegateId: PersonId | null
  delegateServiceId: ServiceId | null
  delegateUntil: string | null
  barrierId: Generated<BarrierId | null>
}

export type InitiativeRow = Versioned & {
  id: InitiativeId
  keyResultId: KeyResultId
  title: string
  note: string | null
  leadId: PersonId
  authorId: string | null
  dueOn: string | null
  links: Generated<WebLink[]>
  state: Generated<InitiativeState>
  externalRef: string | null
  createdAt: string
}

export type ExplorationRow = Versioned & {
  id: ExplorationId
  objectiveId: ObjectiveId
  groupId: GroupId | null
  attemptId: ObjectiveId | null
  draftId: ObjectiveId | null
  authorId: string
  createdAt: string
}

export type BarrierRow = Versioned & {
  id: BarrierId
  explorationId: ExplorationId
  text: string
  authorId: string
  createdAt: string
}

type LinkRow = Versioned & {
  state: LinkState
  offeredBy: End
  offeredById: PersonId | null
  onBehalf: Generated<boolean>
  reason: string | null
  offeredAt: string
  decidedAt: string | null
  endedAt: string | null
}

export type AlignmentRow = LinkRow & {
  id: AlignmentId
  fromId: ObjectiveId
  toId: ObjectiveId
  statement: string | null
  accountableId: PersonId | null
}

export type ContributionRow = LinkRow & {
  id: ContributionId
  fromId: KeyResultId
  toId: KeyResultId
  rollUp: RollUp
  withinObjective: boolean
  /** False while its child belongs to a private Objective that does not count. */
  counts: Generated<boolean>
  share: string | null
  weight: Generated<string>
}

export type CommentRow = Versioned & {
  id: CommentId
  objectiveId: ObjectiveId | null
  keyResultId: KeyResultId | null
  checkInId: CheckInId | null
  text: string | null
  mentionIds: Generated<PersonId[]>
  inReplyToId: CommentId | null
  authorId: string
  createdAt: string
  editedAt: string | null
  deletedAt: string | null
  deletedById: string | null
}

export type KpiRow = Versioned & {
  id: KpiId
  name: string
  description: string | null
  unit: string
  ownerId: PersonId
  groupId: GroupId | null
  atLeast: string | null
  atMost: string | null
  direction: 'increase' | 'decrease' | null
  authorId: string
  createdAt: string
  archivedAt: string | null
  interim: Generated<boolean>
}

export type KpiValueRow = {
  organizationId: OrganizationId
  id: KpiValueId
  kpiId: KpiId
  ownerId: PersonId
  reportedById: string
  value: string | null
  note: string | null
  measuredOn: string
  recordedAt: string
  countedAt: string
  correctsId: KpiValueId | null
  takesBack: boolean
}

/** An Objective that also supports another, beside the one it is aligned to. */
export type AlsoSupportsRow = Versioned & {
  id: AlsoSupportsId
  fromId: ObjectiveId
  toId: ObjectiveId
  madeById: PersonId | null
  madeAt: string
}

export type CheckInRow = {
  organizationId: OrganizationId
  id: CheckInId
  keyResultId: KeyResultId
  ownerId: PersonId
  reportedById: string
  value: string | null
  stepsDone: string[] | null
  done: boolean | null
  evidence: string | null
  confidence: number | null
  note: string | null
  blockers: string | null
  measuredOn: string
  recordedAt: string
  countedAt: string
  correctsId: CheckInId | null
  takesBack: boolean
  salt: Buffer
}

export type KeyResultValueRow = {
  organizationId: OrganizationId
  keyResultId: KeyResultId
  own: string | null
  current: string | null
  numerator: string | null
  denominator: string | null
  progress: string | null
  confidence: number | null
  checkInId: CheckInId | null
  measuredOn: string | null
  startValue: string | null
  targetValue: string | null
  reportedAt: string | null
  movedOn: string | null
}

export type ChangeRow = {
  organizationId: OrganizationId
  id: ChangeId
  operation: string
  actorId: string
  actorKind: 'person' | 'service'
  apiKeyId: ApiKeyId | null
  onBehalf: boolean
  onTheMachine: boolean
  forced: boolean
  reason: string | null
  madeAt: string
  undoesId: ChangeId | null
  undoneById: ChangeId | null
  salt: Buffer
}

export type ChangeEntryRow = {
  organizationId: OrganizationId
  changeId: ChangeId
  position: number
  noun: string
  nounId: string
  before: unknown
  after: unknown
}

/** `id` is that of the change (or check-in) it tells of. */
export type OutboxRow = {
  organizationId: OrganizationId
  id: string
  operation: string
  actorId: string
  actorKind: 'person' | 'service'
  noun: string
  nounId: string
  objectiveId: ObjectiveId | null
  fields: string[]
  hash: Buffer
  madeAt: string
  /** The Key Result whose figures a check-in moves. */
  mark: KeyResultId | null
}

export type IdempotencyRow = {
  organizationId: OrganizationId
  actorId: string
  key: string
  requestHash: Buffer
  status: number
  etag: string | null
  body: string | null
  madeAt: string
}

export type ServiceRow = Versioned & { id: ServiceId; name: string; role: Role }

export type ApiKeyRow = Versioned & {
  id: ApiKeyId
  name: string
  personId: PersonId | null
  serviceId: ServiceId | null
  scopes: Scope[]
  secretHash: Buffer
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
}

declare const kind: unique symbol

/** A UUIDv7 in text, branded by what it names: an Objective's id cannot be passed where a Key Result's is meant. */
type Id<Kind extends string> = string & { readonly [kind]: Kind }

export type OrganizationId = Id<'organization'>
export type PersonId = Id<'person'>
export type GroupId = Id<'group'>
export type AbsenceId = Id<'absence'>
export type CycleId = Id<'cycle'>
export type ObjectiveId = Id<'objective'>
export type KeyResultId = Id<'key-result'>
export type CheckInId = Id<'check-in'>
export type AlignmentId = Id<'alignment'>
export type AlsoSupportsId = Id<'also-supports'>
export type ContributionId = Id<'contribution'>
export type CommentId = Id<'comment'>
export type KpiId = Id<'kpi'>
export type KpiValueId = Id<'kpi-value'>
export type InitiativeId = Id<'initiative'>
export type ExplorationId = Id<'exploration'>
export type BarrierId = Id<'barrier'>
export type ServiceId = Id<'service'>
export type ApiKeyId = Id<'api-key'>
export type ChangeId = Id<'change'>

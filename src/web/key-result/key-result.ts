import type { OutputOf } from '#client/client.ts'
import type { Me } from '#web/me/me.ts'

export type KeyResult = OutputOf<'key-results.show'>
type Measure = NonNullable<KeyResult['measure']>
export type Metric = Extract<Measure, { kind: 'increase' | 'decrease' }>
export type Maintain = Extract<Measure, { kind: 'maintain' }>
export type Milestone = Extract<NonNullable<KeyResult['measure']>, { kind: 'milestone' }>

export function metricOf(keyResult: Pick<KeyResult, 'measure'>): Metric | null {
  const { measure } = keyResult
  return measure?.kind === 'increase' || measure?.kind === 'decrease' ? measure : null
}

export function maintainOf(keyResult: Pick<KeyResult, 'measure'>): Maintain | null {
  return keyResult.measure?.kind === 'maintain' ? keyResult.measure : null
}

export function milestoneOf(keyResult: Pick<KeyResult, 'measure'>): Milestone | null {
  return keyResult.measure?.kind === 'milestone' ? keyResult.measure : null
}

export function unitOf(keyResult: Pick<KeyResult, 'measure'>): string | null {
  return (metricOf(keyResult) ?? maintainOf(keyResult))?.unit ?? null
}

/** 0 to 1 and beyond, for a drawing; exact figures stay texts. */
export function drawn(progress: string | null): number | null {
  return progress === null ? null : Number(progress)
}

/** Whether to offer a check-in; the server decides. An administrator reports on behalf. */
export function offersCheckIn(keyResult: Pick<KeyResult, 'state' | 'ownerId'>, me: Me): boolean {
  return keyResult.state === 'published' && (keyResult.ownerId === me.id || me.role === 'administrator')
}

/** Whether to offer a change of it; the server decides. `leads` are those who lead its Objective, and its group. */
export function offersEdit(
  keyResult: Pick<KeyResult, 'state' | 'ownerId' | 'authorId'>,
  leads: readonly (string | null | undefined)[],
  me: Me,
): boolean {
  if (me.role === 'guest') return false
  const wrote = keyResult.state === 'draft' && keyResult.authorId === me.id
  return me.role === 'administrator' || keyResult.ownerId === me.id || leads.includes(me.id) || wrote
}

export function isMine(keyResult: Pick<KeyResult, 'ownerId'>, me: Me): boolean {
  return keyResult.ownerId === me.id
}

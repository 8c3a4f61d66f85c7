import type { InputOf, OutputOf } from '#client/client.ts'

export type CheckIn = OutputOf<'check-ins.list'>['items'][number]
export type Entry = Omit<InputOf<'check-ins.make'>, 'id'>

/** A check-in as it stands: what corrected it later, if anything. */
export type Told = { checkIn: CheckIn; correctedBy: CheckIn | null }

export function told(checkIns: readonly CheckIn[]): Told[] {
  const corrections = new Map<string, CheckIn>()
  for (const checkIn of checkIns)
    if (checkIn.corrects !== null && !corrections.has(checkIn.corrects)) corrections.set(checkIn.corrects, checkIn)
  return checkIns.map((checkIn) => ({ checkIn, correctedBy: corrections.get(checkIn.id) ?? null }))
}

/** The latest that still holds. */
export function latest(checkIns: readonly CheckIn[]): CheckIn | null {
  return told(checkIns).find(({ checkIn, correctedBy }) => correctedBy === null && !checkIn.takesBack)?.checkIn ?? null
}

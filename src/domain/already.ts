import type { Metric } from './measure.ts'
import { type Contributor, figures } from './roll-up.ts'

/** Whether what a parent's owner reported contains the part of a child. */
export type Answer = 'included' | 'additional'

/** When a link begins or ends to count under reports. One word answers both, an object each apart. */
export type Already = Answer | { ending?: Answer | undefined; beginning?: Answer | undefined }

export type Answers = { ending: Answer | undefined; beginning: Answer | undefined }

export function answersIn(already: Already | undefined): Answers {
  if (typeof already === 'object') return { ending: already.ending, beginning: already.beginning }
  return { ending: already, beginning: already }
}

/** What ends and begins to be added to one parent, in millionths; null: nothing is asked about it. */
export type Parts = { ending: bigint | null; beginning: bigint | null }

/**
 * By how much the parent's own report is corrected. What ended stays in it where the reports contain it, so own rises;
 * what begins was in it, so own falls.
 */
export function correctionBy(parts: Parts, answers: Answers): bigint {
  const stays = answers.ending === 'included' ? (parts.ending ?? 0n) : 0n
  const wasIn = answers.beginning === 'included' ? (parts.beginning ?? 0n) : 0n
  return stays - wasIn
}

/** Where a parent stands with so much reported and these children; 0 while it has no value. */
export function standsAt(measure: Metric, reported: bigint, children: readonly Contributor[]): bigint {
  return (
    figures(measure, { value: reported, first: null, byDay: [], stepsDone: [], done: false }, children).current ?? 0n
  )
}

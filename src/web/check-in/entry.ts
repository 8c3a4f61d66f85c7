import { type KeyResult, milestoneOf } from '#web/key-result/key-result.ts'
import type { Words } from '#web/words.tsx'
import type { CheckIn, Entry } from './check-in.ts'
import type { Draft } from './draft.ts'

/** What is sent for a draft. What was left empty is not said. */
export function entryOf(
  draft: Draft,
  keyResult: KeyResult,
  corrects: CheckIn | null,
  { typedNumber }: Pick<Words, 'typedNumber'>,
): Entry {
  const value = typedNumber(draft.value)
  return {
    ...(milestoneOf(keyResult) ? milestonePart(draft) : { ...(value === null ? {} : { value }) }),
    ...(draft.confidence === null ? {} : { confidence: draft.confidence }),
    ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
    ...(draft.blockers.trim() === '' ? {} : { blockers: draft.blockers.trim() }),
    measuredOn: draft.measuredOn,
    ...(corrects === null ? {} : { corrects: corrects.id }),
  }
}

function milestonePart({ steps, done, evidence }: Draft): Entry {
  return { steps, done, ...(done && evidence.trim() !== '' ? { evidence: evidence.trim() } : {}) }
}

/** An empty draft; a correction begins with what it corrects, a milestone with the steps already done. */
export function firstDraft(
  today: string,
  last: CheckIn | null,
  corrects: CheckIn | null,
  { writtenNumber }: Pick<Words, 'writtenNumber'>,
): Draft {
  return {
    value: corrects?.value == null ? '' : writtenNumber(corrects.value),
    steps: [...((corrects ?? last)?.steps ?? [])],
    done: (corrects ?? last)?.done ?? false,
    evidence: (corrects ?? last)?.evidence ?? '',
    confidence: corrects?.confidence ?? null,
    note: corrects?.note ?? '',
    blockers: corrects?.blockers ?? '',
    measuredOn: corrects?.measuredOn ?? today,
  }
}

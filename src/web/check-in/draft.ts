import { useCallback, useState } from 'react'

/** What somebody is about to report. Kept in this window, so that an expired session or a slip costs no words. */
export type Draft = {
  value: string
  steps: string[]
  done: boolean
  evidence: string
  confidence: number | null
  note: string
  blockers: string
  measuredOn: string
}

const keyOf = (keyResultId: string) => `throughline-check-in ${keyResultId}`

export function useDraft(keyResultId: string, first: Draft): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState<Draft>(() => ({ ...first, ...kept(keyResultId) }))
  const change = useCallback(
    (changed: Partial<Draft>) =>
      setDraft((before) => {
        const { measuredOn: _, ...words } = { ...before, ...changed }
        sessionStorage.setItem(keyOf(keyResultId), JSON.stringify(words))
        return { ...before, ...changed }
      }),
    [keyResultId],
  )
  return [draft, change]
}

export function forgetDraft(keyResultId: string): void {
  sessionStorage.removeItem(keyOf(keyResultId))
}

function kept(keyResultId: string): Partial<Draft> {
  return JSON.parse(sessionStorage.getItem(keyOf(keyResultId)) ?? '{}')
}

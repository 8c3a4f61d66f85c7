import { useCallback, useState } from 'react'
import type { Branch } from './tree.ts'

const KEY = 'throughline-outline-folding'

/** What somebody folded and unfolded, for as long as the window is open. */
export function useFolding(unfoldedAtFirst: (branch: Branch, level: number) => boolean) {
  const [chosen, setChosen] = useState<Record<string, boolean>>(() => JSON.parse(sessionStorage.getItem(KEY) ?? '{}'))
  const set = useCallback((id: string, unfolded: boolean) => {
    setChosen((before) => {
      const after = { ...before, [id]: unfolded }
      sessionStorage.setItem(KEY, JSON.stringify(after))
      return after
    })
  }, [])
  const unfolded = useCallback(
    (branch: Branch, level: number) => chosen[branch.id] ?? unfoldedAtFirst(branch, level),
    [chosen, unfoldedAtFirst],
  )
  return { unfolded, set }
}

import { useEffect, useRef } from 'react'

/** Does something on a single key, or with Ctrl/Cmd. Never while somebody writes, or while a panel lies over the page. */
export function useShortcut(key: string, act: (() => void) | null, { withCommand = false } = {}): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const command = event.ctrlKey || event.metaKey
      if (event.key.toLowerCase() !== key || event.altKey || event.shiftKey || command !== withCommand) return
      if (latest.current === null || event.defaultPrevented || isTaken(event.target)) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [key, withCommand])
}

function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"]')) return true
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

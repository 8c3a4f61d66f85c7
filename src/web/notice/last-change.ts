/** The change that Ctrl/Cmd Z takes back: the latest whose notice is still to be seen. */
let changes: string[] = []

export function remember(changeId: string): void {
  changes = [...changes.filter((id) => id !== changeId), changeId]
}

export function forget(changeId: string): void {
  changes = changes.filter((id) => id !== changeId)
}

export function lastChange(): string | null {
  return changes.at(-1) ?? null
}

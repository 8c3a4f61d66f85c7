import { readFileSync } from 'node:fs'

const POLL_MS = 1000
const SHELLS = ['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox']

/**
 * npm passes signals on, but not its own sudden death: a server would stay that nobody waits for. Calls `orphaned` once
 * the npm that started us is gone. Between npm and us there may be a shell, which would not notice either.
 */
export function watchNpm(orphaned) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const parent = process.ppid
  const shell = processOf(parent)
  const grandparent = shell && SHELLS.includes(shell.name) ? shell.parent : undefined
  const timer = setInterval(() => {
    if (process.ppid === parent && (!grandparent || processOf(parent)?.parent === grandparent)) return
    clearInterval(timer)
    orphaned()
  }, POLL_MS)
  timer.unref()
}

/** Only Linux tells without starting another program. */
function processOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
    return { name, parent: Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) }
  } catch {
    return undefined
  }
}

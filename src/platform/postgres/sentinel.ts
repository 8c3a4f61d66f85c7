import { spawn } from 'node:child_process'
import type { Account } from './account.ts'
import { beginningOf } from './processes.ts'
import { environment } from './run.ts'

/** `$1` is the server's process id, `$2` the moment it began. A line is a farewell; the end of the input is our death. */
const LINUX = `read -r _ && exit 0
stat=$(cat "/proc/$1/stat") && set -- "$1" "$2" \${stat##*) } && [ "\${22}" = "$2" ] && kill -INT "$1"`
const ELSEWHERE = `read -r _ && exit 0
[ "$(ps -o lstart= -p "$1" | sed 's/^ *//;s/ *$//')" = "$2" ] && kill -INT "$1"`

/**
 * A shell that outlives us only long enough to stop the server when we are killed. It holds one end of a pipe whose
 * other end the kernel closes with us. Returns how to dismiss it once the server has ended.
 */
export async function postSentinel(pid: number, account: Account | undefined): Promise<() => void> {
  if (process.platform === 'win32') return () => undefined
  const script = process.platform === 'linux' ? LINUX : ELSEWHERE
  const shell = spawn('/bin/sh', ['-c', script, 'throughline-sentinel', `${pid}`, await beginningOf(pid)], {
    ...account,
    cwd: '/',
    env: environment(),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  return () => shell.stdin.end('farewell\n')
}

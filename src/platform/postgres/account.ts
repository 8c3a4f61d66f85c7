import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'

/** The operating system's account that the database runs under; undefined is our own. */
export type Account = { uid: number; gid: number }

/** PostgreSQL refuses to run as root; "nobody" exists everywhere and owns nothing. */
const NOBODY: Account = { uid: 65534, gid: 65534 }

export function databaseAccount(): Account | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined
}

/** The folders and files an account needs are tried, not computed: mode bits, access lists and mounts all count. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  return tries('cd -- "$1"', folder, account)
}

export function canRun(file: string, account: Account | undefined): boolean {
  return tries('test -x "$1"', file, account)
}

/** The highest folder on the way to this one that the account may not enter. */
export function closedAncestor(folder: string, account: Account): string | undefined {
  const way = [folder]
  for (let at = folder; dirname(at) !== at; at = dirname(at)) way.unshift(dirname(at))
  return way.find((each) => !canEnter(each, account))
}

function tries(script: string, path: string, account: Account | undefined): boolean {
  if (!account) return true
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

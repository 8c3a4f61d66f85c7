import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { environment, run } from './run.ts'
import { postSentinel } from './sentinel.ts'
import { openServerLog, saidSince, serverLog } from './server-log.ts'
import { settings } from './settings.ts'

/** One life of the database server. */
export type Server = {
  pid: number
  /** Resolves with how it ended, whoever ended it. */
  ended: Promise<string>
  stop(): Promise<void>
}

const POLL_MS = 10
const FAST_SHUTDOWN_MS = 60_000
const IMMEDIATE_SHUTDOWN_MS = 10_000

/** Starts the server and resolves when it answers, however long it recovers; rejects with its own words when it ends. */
export async function startServer(cluster: Cluster, binaries: Binaries, fsync: boolean): Promise<Server> {
  const log = openServerLog(cluster.folder)
  const before = fstatSync(log).size
  const args = ['-D', cluster.data, ...settings(binaries, cluster.secrets.port, cluster.name, fsync)]
  const child = spawn(binaries.postgres, args, {
    ...cluster.account,
    cwd: '/',
    env: environment(),
    // A process group of its own: Ctrl-C in the terminal reaches us, and we stop it in order.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  const dismiss = child.pid
    ? await postSentinel(child.pid, cluster.account).catch(() => () => undefined)
    : () => undefined
  void ended.then(dismiss)
  const failed = await Promise.race([ready(cluster, child), ended])
  if (failed === undefined)
    return { pid: child.pid ?? 0, ended, stop: () => stopServer(cluster, binaries, child, ended) }
  const words = await saidSince(cluster.folder, before)
  throw new Error(`The database server did not start (${failed}). From ${serverLog(cluster.folder)}:\n${words}`)
}

/** PostgreSQL writes its state into the eighth line of its lock file; its first line is its process id. */
async function ready(cluster: Cluster, child: ChildProcess): Promise<undefined> {
  while (child.exitCode === null && child.signalCode === null) {
    const lines = (await readFile(join(cluster.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return
    await sleep(POLL_MS)
  }
  await new Promise(() => undefined)
}

async function stopServer(
  cluster: Cluster,
  binaries: Binaries,
  child: ChildProcess,
  ended: Promise<string>,
): Promise<void> {
  if (process.platform === 'win32') {
    await run(binaries.pgCtl, ['stop', '-D', cluster.data, '-m', 'fast'], undefined).catch(() => undefined)
  }
  child.kill('SIGINT')
  if (await endsWithin(ended, FAST_SHUTDOWN_MS)) return
  child.kill('SIGQUIT')
  if (await endsWithin(ended, IMMEDIATE_SHUTDOWN_MS)) return
  child.kill('SIGKILL')
  await ended
}

function endsWithin(ended: Promise<string>, ms: number): Promise<boolean> {
  const timeout = new AbortController()
  const late = sleep(ms, false, { signal: timeout.signal }).catch(() => false)
  return Promise.race([ended.then(() => true), late]).finally(() => timeout.abort())
}

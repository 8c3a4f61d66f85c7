import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { processesOf } from './processes.ts'
import { run } from './run.ts'

const POLL_MS = 20

type Step = { signal: NodeJS.Signals; ms: number }

const FAST: Step = { signal: 'SIGINT', ms: 60_000 }
const IMMEDIATE: Step = { signal: 'SIGQUIT', ms: 5_000 }
const KILL: Step = { signal: 'SIGKILL', ms: 10_000 }

/**
 * Ends what an earlier life of ours left running on this cluster, and removes the lock file that it left. PostgreSQL
 * itself only asks whether the process number in that file is in use: a zombie, a reused number or an empty file would
 * keep it from starting. Call it only while holding the data folder.
 */
export async function stopLeftovers(cluster: Cluster, binaries: Binaries): Promise<boolean> {
  const found = process.platform === 'win32' ? await stopOnWindows(cluster, binaries) : await stopProcesses(cluster)
  await rm(join(cluster.data, 'postmaster.pid'), { force: true })
  return found
}

async function stopProcesses(cluster: Cluster): Promise<boolean> {
  const found = await processesOf(cluster)
  const headless = !found.some((each) => each.postmaster)
  let left = found
  for (const { signal, ms } of headless ? [IMMEDIATE, KILL] : [FAST, IMMEDIATE, KILL]) {
    for (const { pid } of withoutHeirs(left)) send(pid, signal)
    const deadline = Date.now() + ms
    while (left.length > 0 && Date.now() < deadline) {
      await sleep(POLL_MS)
      left = await processesOf(cluster)
    }
  }
  return found.length > 0
}

/** There the only way to a clean stop is PostgreSQL's own program. */
async function stopOnWindows(cluster: Cluster, binaries: Binaries): Promise<boolean> {
  if (!existsSync(join(cluster.data, 'postmaster.pid'))) return false
  const stopping = run(binaries.pgCtl, ['stop', '-D', cluster.data, '-m', 'fast', '-t', '60'], undefined)
  return stopping.then(
    () => true,
    () => false,
  )
}

/** The children follow their postmaster; those of a dead one are told themselves. */
function withoutHeirs(left: { pid: number; postmaster: boolean }[]): { pid: number }[] {
  const postmasters = left.filter((each) => each.postmaster)
  return postmasters.length > 0 ? postmasters : left
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended in between.
  }
}

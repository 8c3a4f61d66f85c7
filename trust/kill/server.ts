import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '..', '..')

/** The product as a person starts it, on a data folder of its own. */
export type Running = { launcher: ChildProcess; url: string; folder: string; env: NodeJS.ProcessEnv; output(): string }

export async function startServer(folder: string, port: number): Promise<Running> {
  const env = { ...process.env, THROUGHLINE_DATA: folder, PORT: String(port), LOG_LEVEL: 'error', CI: 'true' }
  const launcher = spawn(process.execPath, [join(ROOT, 'bin', 'launch.mjs'), 'serve'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  launcher.stdout?.on('data', (data: Buffer) => (output += data))
  launcher.stderr?.on('data', (data: Buffer) => (output += data))
  const running = { launcher, url: `http://localhost:${port}`, folder, env, output: () => output }
  await ready(running.url, 120_000)
  return running
}

/** Waits until it answers and its database does. Returns after how many milliseconds. */
export async function ready(url: string, patience: number): Promise<number> {
  const began = Date.now()
  while (Date.now() - began < patience) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    if (answer?.ok) return Date.now() - began
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${url} was not ready within ${patience / 1000} s`)
}

export async function throughline(running: Running, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(ROOT, 'bin', 'throughline'), args, { env: running.env })
  return stdout.trim()
}

/** Asks it to stop and waits; true when nothing of it is left. */
export async function stopServer(running: Running): Promise<boolean> {
  running.launcher.kill('SIGTERM')
  await new Promise((resolve) =>
    running.launcher.exitCode === null ? running.launcher.once('exit', resolve) : resolve(null),
  )
  await new Promise((resolve) => setTimeout(resolve, 1000))
  return (await processesOn(running.folder)).length === 0
}

export type Process = { pid: number; parent: number; command: string }

/** The process that serves: the launcher's child. */
export async function serverOf(running: Running): Promise<Process | undefined> {
  return (await allProcesses()).find((one) => one.parent === running.launcher.pid)
}

/** The database's first process, which names its folder on its command line. */
export async function databaseOf(running: Running): Promise<Process | undefined> {
  const found = await processesOn(running.folder)
  return found.find((one) => !found.some((other) => other.pid === one.parent))
}

/** Whatever has the data folder on its command line, or is a child of what has. */
export async function processesOn(folder: string): Promise<Process[]> {
  const all = await allProcesses()
  const named = all.filter((one) => one.command.includes(folder))
  const children = all.filter((one) => named.some((parent) => parent.pid === one.parent) && !named.includes(one))
  return [...named, ...children]
}

async function allProcesses(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map((pid) => processAt(Number(pid)).catch(() => undefined)))
  return found.filter((one) => one !== undefined)
}

async function processAt(pid: number): Promise<Process | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8')
  const [state, parent] = status.slice(status.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z') return undefined
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  return { pid, parent: Number(parent), command }
}

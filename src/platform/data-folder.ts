import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT, StartupFailure } from './startup-failure.ts'

/** The folder with everything that a server keeps, held by one process at a time. */
export type DataFolder = {
  path: string
  /** Tells a second copy where this one is found. */
  announce(url: string): Promise<void>
  release(): Promise<void>
}

type Lock = { release(): void }

const PATIENCE_MS = 5000
const POLL_MS = 100
const BUSY = 5

/** Makes the folder if need be and holds it; a copy that is stopping just now is waited for. */
export async function holdDataFolder(path: string, patienceMs = PATIENCE_MS): Promise<DataFolder> {
  await make(path)
  const holder = join(path, 'running.json')
  const deadline = Date.now() + patienceMs
  let lock = await tryLock(join(path, 'lock'))
  while (!lock && Date.now() < deadline) {
    await sleep(POLL_MS)
    lock = await tryLock(join(path, 'lock'))
  }
  if (!lock) throw new StartupFailure(await whoHolds(holder), '', EXIT.busy)
  const held = lock
  await announce(holder, undefined)
  return {
    path,
    announce: (url) => announce(holder, url),
    async release() {
      await rm(holder, { force: true })
      held.release()
    },
  }
}

/** Only for us; the folders above it as the machine makes folders. */
async function make(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    if (!existsSync(path)) await mkdir(path, { mode: 0o700 })
    if (!existsSync(join(path, 'lock'))) await (await open(join(path, 'lock'), 'a', 0o600)).close()
  } catch (error) {
    const { message } = error as Error
    throw new StartupFailure(
      `The data folder ${path} cannot be used (${message}).`,
      'Set THROUGHLINE_DATA to a folder that you may write to.',
    )
  }
}

/**
 * SQLite is the one kernel file lock that Node brings: it goes with the process, however that ends, where a file with a
 * process id in it would stay. Undefined while somebody else holds it.
 */
async function tryLock(file: string): Promise<Lock | undefined> {
  const { DatabaseSync } = await quietly(() => import('node:sqlite'))
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive')
    return { release: () => database.close() }
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === BUSY) return undefined
    throw error
  }
}

/** node:sqlite announces itself as experimental; nobody who starts a server can use that. */
async function quietly<T>(act: () => Promise<T>): Promise<T> {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  return act().finally(() => {
    process.emitWarning = emitWarning
  })
}

function announce(file: string, url: string | undefined): Promise<void> {
  return writeFile(file, `${JSON.stringify({ pid: process.pid, url })}\n`, { mode: 0o600 })
}

async function whoHolds(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const { pid, url } = parse(text)
  const known = [pid && `pid ${pid}`, url].filter(Boolean).join(', ')
  return `Throughline is already running on this data folder${known && ` (${known})`}.`
}

function parse(text: string): { pid?: number; url?: string } {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

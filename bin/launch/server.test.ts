import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

/** The launcher's part that keeps the server running, without installing and building first. */
const SCRIPT = `import { keepServing } from ${JSON.stringify(join(import.meta.dirname, 'server.mjs'))}
  process.exit(await keepServing(process.execPath, ['src/main.ts', 'serve']))`

type Launch = { launcher: ChildProcess; said(): string; url(nth: number): Promise<string>; ended: Promise<number> }

let room: string
const launches: Launch[] = []

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'throughline-launch-'))
  await chmod(room, 0o711)
})
afterEach(async () => {
  for (const { launcher, ended } of launches.splice(0)) {
    launcher.kill('SIGTERM')
    await ended
  }
})
afterAll(() => rm(room, { recursive: true, force: true }))

test('a killed server is back by itself, and a stop leaves nothing', async () => {
  const launch = start()
  await launch.url(1)
  process.kill(await serverPid(), 'SIGKILL')
  const url = await launch.url(2)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  launch.launcher.kill('SIGTERM')
  expect(await launch.ended).toBe(0)
  expect(await processes()).toEqual([])
})

test('a killed launcher leaves no server and no database', async () => {
  const launch = start()
  await launch.url(1)
  launch.launcher.kill('SIGKILL')
  await expect.poll(processes, { timeout: 10_000 }).toEqual([])
})

test('a killed npm leaves no launcher', async () => {
  // As npm does it: through a shell, which stays between the two because of what it has still to do.
  const script = `import { spawn } from 'node:child_process'
    const args = ['-c', '"$0" --input-type=module -e "$1"; true', process.execPath, ${JSON.stringify(SCRIPT)}]
    spawn('/bin/sh', args, { stdio: 'inherit' })`
  const npm = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: environment({ npm_lifecycle_event: 'start' }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(npm.stdout, 'data')
  await expect.poll(processes, { timeout: 10_000 }).not.toEqual([])
  npm.kill('SIGKILL')
  await expect.poll(processes, { timeout: 10_000 }).toEqual([])
})

test('what a person has to mend is not tried again', async () => {
  const wrong = start({ PORT: 'http' })
  expect(await wrong.ended).toBe(78)
  expect(wrong.said()).toMatch(/^PORT=http must be.*\n$/)
})

test('a second copy says where the first one is', async () => {
  const first = start()
  const url = await first.url(1)
  const second = start()
  expect(await second.ended).toBe(75)
  expect(second.said()).toContain(`already running on this data folder (pid ${await serverPid()}, ${url})`)
})

function start(more: Record<string, string> = {}): Launch {
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    env: environment(more),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [launcher.stdout, launcher.stderr])
    stream.setEncoding('utf8').on('data', (piece) => (said += piece))
  const urls = () => [...said.matchAll(/is ready: (http:\/\/localhost:\d+)/g)].map((match) => match[1] ?? '')
  const launch: Launch = {
    launcher,
    said: () => said,
    url: async (nth) => {
      await expect.poll(() => urls().length, { timeout: 20_000 }).toBe(nth)
      return urls()[nth - 1] ?? ''
    },
    ended: once(launcher, 'close').then(([code]) => code),
  }
  launches.push(launch)
  return launch
}

function environment(more: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env
  return { PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', THROUGHLINE_DATA: folder(), ...more }
}

function folder(): string {
  return join(room, 'data')
}

async function serverPid(): Promise<number> {
  return JSON.parse(await readFile(join(folder(), 'running.json'), 'utf8')).pid
}

/** The server and the database, by what they hold: one the lock, the other the folder it was started with. */
async function processes(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,stat=,command='])
  const pid = await serverPid().catch(() => 0)
  const living = stdout.split('\n').filter((line) => line.trim() && !/^\s*\d+ Z/.test(line))
  return living.filter((line) => line.includes(folder()) || Number.parseInt(line, 10) === pid)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdDataFolder } from './data-folder.ts'

const MODULE = join(import.meta.dirname, 'data-folder.ts')

let room: string
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'throughline folder '))
})
afterEach(() => rm(room, { recursive: true, force: true }))

test('the folder is made for us alone, with the folders above it', async () => {
  const folder = await holdDataFolder(join(room, 'above', 'data'))
  expect((await stat(folder.path)).mode & 0o777).toBe(0o700)
  await folder.release()
})

test('a second copy hears where the first one runs', async () => {
  const first = await holdDataFolder(room)
  await first.announce('http://localhost:4000')
  await expect(holdDataFolder(room, 0)).rejects.toMatchObject({
    exitCode: 75,
    text: `Throughline is already running on this data folder (pid ${process.pid}, http://localhost:4000).`,
  })
  await first.release()
})

test('a copy that is stopping is waited for', async () => {
  const first = await holdDataFolder(room)
  setTimeout(() => first.release(), 200)
  const second = await holdDataFolder(room)
  await second.release()
})

test('a killed copy leaves the folder free, another one waits no moment', async () => {
  const holder = await holdElsewhere(room)
  await expect(holdDataFolder(room, 0)).rejects.toThrow(`pid ${holder.pid}`)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const ours = await holdDataFolder(room, 0)
  await ours.release()
})

test('a folder that cannot be made is said in one line', async () => {
  await expect(holdDataFolder('/dev/null/data')).rejects.toMatchObject({
    exitCode: 78,
    text: expect.stringMatching(/^The data folder \/dev\/null\/data cannot be used.*THROUGHLINE_DATA/),
  })
})

async function holdElsewhere(folder: string): Promise<ChildProcess> {
  const script = `import { holdDataFolder } from ${JSON.stringify(MODULE)}
    await holdDataFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  const words: Buffer[] = []
  child.stderr.on('data', (piece) => words.push(piece))
  await once(child.stdout, 'data')
  expect(Buffer.concat(words).toString()).toBe('')
  return child
}

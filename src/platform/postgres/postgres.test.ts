import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Postgres, startPostgres } from './postgres.ts'

const MODULE = join(import.meta.dirname, 'postgres.ts')

let room: string
let folder: string
let postgres: Postgres | undefined

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'throughline-postgres-'))
  await chmod(room, 0o711)
  // A blank, a quote and a letter outside ASCII: each has broken a supervisor before.
  folder = join(room, "Maya's Überblick")
})
afterEach(async () => {
  await postgres?.stop()
  postgres = undefined
})
afterAll(() => rm(room, { recursive: true, force: true }))

test('the first start makes a cluster that flushes, checks its pages and knows our role as an ordinary one', async () => {
  postgres = await start()
  expect(await setting('fsync')).toBe('on')
  expect(await setting('data_checksums')).toBe('on')
  expect(await setting('server_encoding')).toBe('UTF8')
  expect(
    await ask('select rolsuper or rolcreaterole or rolcreatedb as v from pg_roles where rolname = current_user'),
  ).toBe(false)
  expect(await ask("select 'Zebra' < 'ähre' as v")).toBe(true)
  await ask('create table kept (word text)')
  await ask("insert into kept values ('acknowledged')")
})

test('statements are counted, for whoever wants to see them', async () => {
  postgres = await start()
  await ask('create extension pg_stat_statements', postgres.adminUrl)
  expect(await ask('select count(*) > 0 as v from pg_stat_statements', postgres.adminUrl)).toBe(true)
})

test('the second start finds what was written, at the same address', async () => {
  const { port } = await secrets()
  postgres = await start()
  expect(await ask('select word as v from kept')).toBe('acknowledged')
  expect(new URL(postgres.url).port).toBe(`${port}`)
})

test('passwords are for us alone, and needed', async () => {
  postgres = await start()
  expect((await stat(join(folder, 'postgres.json'))).mode & 0o777).toBe(0o600)
  const stranger = new URL(postgres.url)
  stranger.password = 'guess'
  await expect(ask('select 1 as v', stranger.href)).rejects.toThrow('password authentication failed')
})

test('a killed database server comes back by itself, at the same address, with everything acknowledged', async () => {
  postgres = await start()
  const before = postgres.pid()
  await ask("insert into kept values ('just before')")
  const back = new Promise<void>((resolve) => postgres?.onRestart(resolve))
  process.kill(before, 'SIGKILL')
  await back
  expect(postgres.pid()).not.toBe(before)
  expect(await ask('select count(*)::int as v from kept')).toBe(2)
})

test('a stop leaves no process and no lock file', async () => {
  const running = await start()
  const pid = running.pid()
  await running.stop()
  expect(await isAlive(pid)).toBe(false)
  expect(await readdir(join(folder, 'postgres'))).not.toContain('postmaster.pid')
})

test('an orphan is stopped, and a new server takes its place', async () => {
  const orphan = await startElsewhere()
  // Without the sentinel the orphan stays, as it does where there is no shell.
  for (const pid of await sentinelsOf(orphan.server)) process.kill(pid, 'SIGKILL')
  orphan.child.kill('SIGKILL')
  await once(orphan.child, 'exit')
  expect(await isAlive(orphan.server)).toBe(true)
  const said: string[] = []
  postgres = await startPostgres({ folder, log: (line) => said.push(line) })
  expect(said).toEqual(['Stopped the database server that an earlier run had left behind.'])
  expect(await isAlive(orphan.server)).toBe(false)
  expect(await ask('select count(*)::int as v from kept')).toBe(2)
})

test('who is killed does not leave the database running', async () => {
  const orphan = await startElsewhere()
  orphan.child.kill('SIGKILL')
  await expect.poll(() => isAlive(orphan.server), { timeout: 10_000 }).toBe(false)
})

test.each([
  ['empty', ''],
  ['of a number that something else bears now', `${process.pid}\n`],
])('a lock file that is %s does not keep it from starting', async (_, text) => {
  await writeFile(join(folder, 'postgres', 'postmaster.pid'), text)
  postgres = await start()
  expect(await ask('select 1 as v')).toBe(1)
})

test('lost passwords are made anew', async () => {
  await rm(join(folder, 'postgres.json'))
  postgres = await start()
  expect(await ask('select count(*)::int as v from kept')).toBe(2)
})

test('a first start that was killed in the middle leaves nothing half', async () => {
  const fresh = join(room, 'fresh')
  const child = spawnStart(fresh)
  await expect
    .poll(() => readdir(fresh).catch(() => []), { interval: 5 })
    .toContainEqual(expect.stringMatching(/draft-/))
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await readdir(fresh)).not.toContain('postgres')
  const second = await startPostgres({ folder: fresh, log: () => undefined, fsync: false })
  expect(await ask('select 1 as v', second.url)).toBe(1)
  await second.stop()
  expect((await readdir(fresh)).sort()).toEqual(['postgres', 'postgres.json', 'postgres.log'])
})

function start(): Promise<Postgres> {
  return startPostgres({ folder, log: () => undefined })
}

async function ask(query: string, url = postgres?.url): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows[0]?.v
  } finally {
    await client.end()
  }
}

function setting(name: string): Promise<unknown> {
  return ask(`select current_setting('${name}') as v`)
}

async function secrets(): Promise<{ port: number }> {
  return JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8'))
}

function spawnStart(where: string) {
  const script = `import { startPostgres } from ${JSON.stringify(MODULE)}
    const postgres = await startPostgres({ folder: ${JSON.stringify(where)}, log: console.error })
    console.log(postgres.pid())`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function startElsewhere() {
  const child = spawnStart(folder)
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  return { child, server: Number(line) }
}

/** A zombie is not: whoever should take note of its death is only slow. */
async function isAlive(pid: number): Promise<boolean> {
  const state = await listed('-p', `${pid}`, '-o', 'stat=')
  return state.trim() !== '' && !state.trim().startsWith('Z')
}

async function sentinelsOf(server: number): Promise<number[]> {
  const lines = (await listed('-axww', '-o', 'pid=,command=')).split('\n')
  return lines
    .filter((line) => line.includes(`throughline-sentinel ${server} `))
    .map((line) => Number.parseInt(line, 10))
}

async function listed(...args: string[]): Promise<string> {
  const { stdout } = spawn('ps', args)
  return (await stdout.setEncoding('utf8').toArray()).join('')
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from './postgres/port.ts'
import { unreachable } from './unreachable.ts'

const MAIN = join(import.meta.dirname, '..', 'main.ts')
let data: string

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'throughline-unreachable-'))
})
afterAll(() => rm(data, { recursive: true, force: true }))

async function serve(env: Record<string, string>) {
  const server = spawn(process.execPath, [MAIN, 'serve'], {
    env: { PATH: process.env.PATH, THROUGHLINE_DATA: data, HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      said += piece
    })
  const [code] = await once(server, 'close')
  return { code, said: said.trim() }
}

test('a database that nobody runs is one clear line, without the password, and no reason to try again', async () => {
  const port = await freePort()
  const DATABASE_URL = `postgres://okr:secret@localhost:${port}/okr`
  const { code, said } = await serve({ PORT: String(await freePort()), DATABASE_URL })
  expect(said.split('\n').at(-1)).toBe(
    `DATABASE_URL: nothing listens at localhost:${port}. Start PostgreSQL there, or leave it out for the embedded one.`,
  )
  expect(said).not.toMatch(/ECONNREFUSED|secret| at .*\.ts/)
  expect(code).toBe(78)
})

test('a port that is taken is noticed before there is a database', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, said } = await serve({ PORT: String(port) })
  other.close()
  expect(said).toMatch(`PORT=${port} is taken by another program.`)
  expect(code).toBe(78)
  expect(await readdir(data)).not.toContain('postgres')
})

test.each([
  ['ENOTFOUND', 'there is no host db.example.'],
  ['28P01', 'db.example:5432 does not let okr in.'],
  ['3D000', 'at db.example:5432 there is no database goals.'],
])('%s: %s', (code, words) => {
  expect(unreachable({ code }, 'postgres://okr:secret@db.example/goals')?.text).toContain(words)
})

test('what happens later, or is a defect of ours, is another matter', () => {
  expect(unreachable({ code: '57P01' }, 'postgres://okr@db.example/goals')).toBe(null)
})

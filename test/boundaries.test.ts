import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

/** For each room an import it must refuse and one it must allow: a fence that refuses everything proves nothing. */
const ROOMS = [
  { room: 'domain', refused: '#store/database.ts', allowed: './id.ts' },
  { room: 'domain', refused: '../store/database.ts', allowed: './id.ts' },
  { room: 'coach', refused: 'zod', allowed: '#domain/id.ts' },
  { room: 'operations', refused: 'pg', allowed: '#domain/id.ts' },
  { room: 'operations/declared', refused: '#store/database.ts', allowed: 'zod' },
  { room: 'store', refused: '#operations/operation.ts', allowed: 'kysely' },
  { room: 'platform', refused: '#domain/id.ts', allowed: '#domain/problem.ts' },
  { room: 'jobs', refused: '#api/app.ts', allowed: '#operations/operation.ts' },
  { room: 'api', refused: 'pg', allowed: 'fastify' },
  { room: 'mcp', refused: '#store/database.ts', allowed: '#operations/operation.ts' },
  { room: 'client', refused: '#operations/operation.ts', allowed: '#operations/declared/catalogue.ts' },
  { room: 'cli', refused: '#operations/operation.ts', allowed: 'commander' },
  { room: 'web', refused: 'node:fs', allowed: 'react' },
  { room: 'web', refused: '#operations/declared/catalogue.ts', allowed: '#client/client.ts' },
  { room: 'words', refused: '#domain/id.ts', allowed: './en.ts' },
]

test('every room refuses what it may not import, and nothing else', async () => {
  const planted = ROOMS.map((each, i) => ({ ...each, files: plantedIn(each.room, i) }))
  const made: string[] = []
  try {
    for (const { room, refused, allowed, files } of planted) {
      made.push(...(await makeFolder(join(ROOT, 'src', room))), files.refused, files.allowed)
      await writeFile(join(ROOT, files.refused), `import '${refused}'\n`)
      await writeFile(join(ROOT, files.allowed), `import '${allowed}'\n`)
    }
    const reported = await restrictedImports(planted.flatMap(({ files }) => [files.refused, files.allowed]))
    expect(reported.sort()).toEqual(planted.map(({ files }) => files.refused).sort())
  } finally {
    for (const path of made.reverse()) await rm(join(ROOT, path), { recursive: true, force: true })
  }
})

test('the API knows of the store, and operations of the platform, only what their types say', async () => {
  for await (const file of glob('src/{operations,api}/**/*.ts', { cwd: ROOT })) {
    if (file.endsWith('.test.ts')) continue
    const imports = (await readFile(join(ROOT, file), 'utf8')).matchAll(/^import (?!type )[^;]*? from '(#[^']+)'/gm)
    const rooms = [...imports].map(([, from]) => from ?? '')
    const acted = rooms.filter((from) => from.startsWith(file.startsWith('src/operations') ? '#platform/' : '#store/'))
    expect(acted, file).toEqual([])
  }
})

function plantedIn(room: string, index: number): { refused: string; allowed: string } {
  const name = `planted-${index}-${randomBytes(4).toString('hex')}`
  return { refused: join('src', room, `${name}-refused.ts`), allowed: join('src', room, `${name}-allowed.ts`) }
}

/** A room that has no file yet is made for the moment. */
async function makeFolder(folder: string): Promise<string[]> {
  if (existsSync(folder)) return []
  await mkdir(folder, { recursive: true })
  return [folder.slice(ROOT.length + 1)]
}

async function restrictedImports(files: string[]): Promise<string[]> {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const args = [
    biome,
    'lint',
    '--only=style/noRestrictedImports',
    '--reporter=json',
    '--max-diagnostics=none',
    ...files,
  ]
  const run = promisify(execFile)(process.execPath, args, { cwd: ROOT, maxBuffer: 16 << 20 })
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] }
  return diagnostics
    .filter((each) => each.category === 'lint/style/noRestrictedImports')
    .map((each) => each.location.path)
}

